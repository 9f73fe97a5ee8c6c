import { type Fen, fen, isFen } from "#core/money/fen.ts";
import type { PaidFacts, PayAnswer, QueryAnswer, RefusedReason, ReverseAnswer } from "#core/tender/gateway-answer.ts";
import type { PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import { isCode, refusalOf, type UnknownAnswer } from "#wechatpay/classify.ts";
import { paymentCode, type Scene } from "../codepay.ts";
import { plainStates } from "#wechatpay/query.ts";
import { billText } from "#wechatpay/text.ts";
import { impossibleCode, type ProbeAnswer } from "../connection-test.ts";
import { askV2, type LineV2, type QuestionV2 } from "./ask-v2.ts";

/*
 * Payment-code pay over APIv2 (micropay, orderquery, reverse): the same promises as over v3. Source: WeChat Pay
 * v2/4011937125 and v2/4011937361.
 */

/** Takes `order` from the customer's scanned code. Posted once and never again. */
export async function payV2(line: LineV2, scene: Scene, order: PaymentOrder, authCode: string): Promise<PayAnswer> {
  if (!paymentCode.test(authCode)) return { kind: "refused", reason: "code-invalid", code: "NOT_A_PAYMENT_CODE" };
  const reply = await askV2(line, micropay(scene, order, authCode));
  if (reply.kind === "unknown") return reply;
  const { code, isDone, fields } = reply;
  if (isDone) return paidOf(fields, order.outTradeNo, order.amountFen);
  if (isCode(code, "USERPAYING")) return { kind: "user-paying" };
  const reason = refusalV2(code);
  return reason === null || code === null ? unknown(code) : { kind: "refused", reason, code };
}

/** Asks for a payment with a code no wallet shows, to see what the gateway says of everything else. */
export async function probeV2(line: LineV2, scene: Scene, outTradeNo: string): Promise<ProbeAnswer> {
  const order = { outTradeNo, amountFen: fen(1), description: "Tillway" };
  const reply = await askV2(line, micropay(scene, order, impossibleCode));
  return reply.kind === "unknown" ? reply : { kind: "signed", status: 200, code: reply.code, field: null };
}

function micropay(scene: Scene, order: PaymentOrder, authCode: string): QuestionV2 {
  const { id, outId } = scene.storeInfo;
  return {
    target: "/pay/micropay",
    isOnce: true,
    fields: {
      device_info: scene.deviceId,
      body: billText(order.description, order.outTradeNo),
      out_trade_no: order.outTradeNo,
      total_fee: String(order.amountFen),
      fee_type: "CNY",
      spbill_create_ip: "127.0.0.1", // wanted, unchecked; a till behind a router does not know its own
      auth_code: authCode,
      scene_info: JSON.stringify({ store_info: id === undefined ? { out_id: outId } : { id } }),
    },
  };
}

/** What became of an order, payment code or QR alike. */
export async function queryV2(line: LineV2, outTradeNo: string, amountFen: Fen): Promise<QueryAnswer> {
  const reply = await askV2(line, { target: "/pay/orderquery", fields: { out_trade_no: outTradeNo } });
  if (reply.kind === "unknown") return reply;
  const { code, isDone, fields } = reply;
  if (!isDone) return isCode(code, "ORDERNOTEXIST") ? { kind: "not-found" } : unknown(code);
  if (fields.get("out_trade_no") !== outTradeNo) return { kind: "unknown", cause: "mismatch", code: null };
  const state = fields.get("trade_state") ?? "";
  if (state === "SUCCESS") return paidOf(fields, outTradeNo, amountFen);
  return plainStates.get(state) ?? { kind: "unknown", cause: "unlisted-code", code: null };
}

/** Takes an attempt back; `recall` says whether the gateway wants to be asked again. */
export async function reverseV2(line: LineV2, outTradeNo: string): Promise<ReverseAnswer> {
  const fields = { out_trade_no: outTradeNo };
  const reply = await askV2(line, { target: "/secapi/pay/reverse", fields, withCertificate: true });
  if (reply.kind === "unknown") return reply;
  const { code, isDone } = reply;
  const wantsRecall = reply.fields.get("recall") === "Y";
  if (isDone) return wantsRecall ? unknown(code) : { kind: "accepted" };
  const isInDoubt = wantsRecall || code === null || isInDoubtV2(code);
  return isInDoubt ? unknown(code) : { kind: "refused", code };
}

/** A success of exactly this order: its number, its amount, in yuan. */
function paidOf(
  fields: ReadonlyMap<string, string>,
  outTradeNo: string,
  amountFen: Fen,
): { readonly kind: "paid"; readonly facts: PaidFacts } | UnknownAnswer {
  const total = wholeFen(fields.get("total_fee"));
  // Coupons make the customer pay less than the order; without any the field may be left out.
  const payerTotalFen = wholeFen(fields.get("cash_fee")) ?? total;
  const transactionId = fields.get("transaction_id") ?? "";
  const successTime = rfc3339(fields.get("time_end") ?? "");
  if (total === null || payerTotalFen === null || successTime === null || !/^[0-9A-Za-z]{1,32}$/u.test(transactionId)) {
    return { kind: "unknown", cause: "unreadable", code: null };
  }
  const isOurs = fields.get("out_trade_no") === outTradeNo && (fields.get("fee_type") ?? "CNY") === "CNY";
  const isWhole = total === amountFen && payerTotalFen <= total;
  return isOurs && isWhole
    ? { kind: "paid", facts: { transactionId, payerTotalFen, successTime } }
    : { kind: "unknown", cause: "mismatch", code: null };
}

/** Answers of v2 come with status 200; the code alone says that nothing happened. */
function refusalV2(code: string | null): RefusedReason | null {
  return refusalOf(400, code);
}

/** The gateway itself is in doubt, or the customer is just paying. */
function isInDoubtV2(code: string): boolean {
  return ["SYSTEMERROR", "BANKERROR", "USERPAYING"].some((doubt) => isCode(code, doubt));
}

function unknown(code: string | null): UnknownAnswer {
  const isTrouble = code !== null && ["SYSTEMERROR", "BANKERROR"].some((trouble) => isCode(code, trouble));
  return { kind: "unknown", cause: isTrouble ? "server-error" : "unlisted-code", code };
}

function wholeFen(text: string | undefined): Fen | null {
  if (text === undefined || !/^\d{1,10}$/u.test(text)) return null;
  return isFen(Number(text)) ? fen(Number(text)) : null;
}

/** `yyyyMMddHHmmss` in Beijing as RFC 3339. */
function rfc3339(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/u.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`;
}
