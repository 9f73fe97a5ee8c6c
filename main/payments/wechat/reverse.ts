import type { ReverseAnswer } from "#core/tender/gateway-answer.ts";
import { z } from "zod";
import { ask, type GatewayLine } from "#wechatpay/ask.ts";
import { unknownOf } from "#wechatpay/classify.ts";
import { isOurParty, namesParty, orderTarget, partyFields } from "#wechatpay/party.ts";

const reversedSchema = z.looseObject({ out_trade_no: z.string() });

/**
 * Takes a codepay attempt back: unpaid it is revoked, paid it is refunded. May be asked again and again, within 7 days
 * and no sooner than 15 s after the pay. `accepted` still has to be confirmed by a query.
 */
export async function reverse(line: GatewayLine, outTradeNo: string): Promise<ReverseAnswer> {
  const target = `${orderTarget(line, outTradeNo)}/reverse`;
  const reply = await ask(line, { method: "POST", target, body: partyFields(line) });
  if (reply.kind === "unknown") return reply;
  const { status, code } = reply;
  if (status === 200) {
    const reversed = reversedSchema.safeParse(reply.body);
    if (!reversed.success || !namesParty(line, reversed.data)) return { kind: "unknown", cause: "unreadable", code };
    const { data } = reversed;
    const isOurs = isOurParty(line, data) && data.out_trade_no === outTradeNo;
    return isOurs ? { kind: "accepted" } : { kind: "unknown", cause: "mismatch", code };
  }
  const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return isRefusal && code !== null ? { kind: "refused", code } : unknownOf(status, code);
}
