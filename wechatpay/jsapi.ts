import { type KeyObject, sign } from "node:crypto";
import type { Fen } from "#core/money/fen.ts";
import type { RefusedReason } from "#core/tender/gateway-answer.ts";
import { z } from "zod";
import { ask, type GatewayLine } from "./ask.ts";
import { beijingTime } from "./beijing-time.ts";
import { isCode, refusalOf, type UnknownAnswer, unknownOf } from "./classify.ts";
import { ordersTarget, partyFields } from "./party.ts";
import { billText } from "./text.ts";

/** An order that is paid on a page inside WeChat. */
export interface JsapiOrder {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** The customer reads it in the bill. */
  readonly description: string;
  /** Milliseconds since the epoch; nobody can pay after it. The same on every try. */
  readonly expiresAtMs: number;
  /** The customer as this merchant's app knows them: for this one request, and kept nowhere. */
  readonly openid: string;
}

export type JsapiAnswer =
  | { readonly kind: "opened"; readonly prepayId: string }
  | { readonly kind: "already-paid" }
  /** The number is in use with other parameters: another customer's phone has opened it. */
  | { readonly kind: "other-parameters" }
  | { readonly kind: "refused"; readonly reason: RefusedReason; readonly code: string }
  | UnknownAnswer;

const openedSchema = z.object({ prepay_id: z.string().regex(/^[\w-]{1,64}$/u) });

/** Opens an order, or finds the one that the same parameters opened before. Source: WeChat Pay JSAPI (4012791856). */
export async function openJsapi(line: GatewayLine, notifyUrl: string, order: JsapiOrder): Promise<JsapiAnswer> {
  const reply = await ask(line, {
    method: "POST",
    target: `${ordersTarget(line)}/jsapi`,
    body: {
      ...partyFields(line),
      description: billText(order.description, order.outTradeNo),
      out_trade_no: order.outTradeNo,
      time_expire: beijingTime(order.expiresAtMs),
      notify_url: notifyUrl,
      amount: { total: order.amountFen, currency: "CNY" },
      payer: { openid: order.openid },
    },
  });
  if (reply.kind === "unknown") return reply;
  const { status, code } = reply;
  if (status === 200) {
    const opened = openedSchema.safeParse(reply.body);
    return opened.success
      ? { kind: "opened", prepayId: opened.data.prepay_id }
      : { kind: "unknown", cause: "unreadable", code };
  }
  if (isCode(code, "ORDERPAID")) return { kind: "already-paid" };
  if (isCode(code, "INVALID_REQUEST") || isCode(code, "OUT_TRADE_NO_USED")) return { kind: "other-parameters" };
  const reason = refusalOf(status, code);
  return reason === null || code === null ? unknownOf(status, code) : { kind: "refused", reason, code };
}

/** What the page hands to WeChat, as `getBrandWCPayRequest` names it. */
export interface BridgeParameters {
  readonly appId: string;
  /** Seconds since the epoch, as text. */
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: "RSA";
  readonly paySign: string;
}

/** Signed by the merchant, so that no page can have another order paid in its name. */
export function bridgeParameters(
  privateKey: KeyObject,
  { appid, prepayId }: { readonly appid: string; readonly prepayId: string },
  seconds: number,
  nonce: string,
): BridgeParameters {
  const prepay = `prepay_id=${prepayId}`;
  const message = `${appid}\n${seconds}\n${nonce}\n${prepay}\n`;
  const paySign = sign("sha256", Buffer.from(message), privateKey).toString("base64");
  return { appId: appid, timeStamp: String(seconds), nonceStr: nonce, package: prepay, signType: "RSA", paySign };
}
