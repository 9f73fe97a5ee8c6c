import type { NativeAnswer } from "#core/tender/gateway-answer.ts";
import type { PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import { z } from "zod";
import { ask, type GatewayLine } from "#wechatpay/ask.ts";
import { refusalOf, unknownOf } from "#wechatpay/classify.ts";
import { beijingTime } from "#wechatpay/beijing-time.ts";
import { ordersTarget, partyFields } from "#wechatpay/party.ts";
import { billText } from "#wechatpay/text.ts";

/** Only a WeChat Pay address is drawn for the customer: a page of somebody else's must not reach the display. */
const openedSchema = z.object({ code_url: z.string().max(512).startsWith("weixin://wxpay/") });

/**
 * Opens an order the customer pays by scanning our QR. The same parameters may be posted again and give a new QR (the
 * old one dies); other parameters under the same number are refused, so `order` and `expiresAtMs` stay as first sent.
 */
export async function openNative(
  line: GatewayLine,
  notifyUrl: string,
  order: PaymentOrder,
  expiresAtMs: number,
): Promise<NativeAnswer> {
  const reply = await ask(line, {
    method: "POST",
    target: `${ordersTarget(line)}/native`,
    body: {
      ...partyFields(line),
      description: billText(order.description, order.outTradeNo),
      out_trade_no: order.outTradeNo,
      time_expire: beijingTime(expiresAtMs),
      notify_url: notifyUrl,
      amount: { total: order.amountFen, currency: "CNY" },
    },
  });
  if (reply.kind === "unknown") return reply;
  const { status, code } = reply;
  if (status !== 200) {
    const reason = refusalOf(status, code);
    return reason === null || code === null ? unknownOf(status, code) : { kind: "refused", reason, code };
  }
  const opened = openedSchema.safeParse(reply.body);
  if (!opened.success) return { kind: "unknown", cause: "unreadable", code };
  return { kind: "opened", codeUrl: opened.data.code_url };
}
