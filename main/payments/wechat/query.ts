import type { Fen } from "#core/money/fen.ts";
import type { QueryAnswer } from "#core/tender/gateway-answer.ts";
import { ask, type GatewayLine } from "./ask.ts";
import { isCode, unknownOf } from "./classify.ts";
import { orderTarget } from "./order-target.ts";
import { readPayment, readTransaction } from "./transaction.ts";

/** States that say all there is to say; SUCCESS is read with its money. */
const plainStates: ReadonlyMap<string, QueryAnswer> = new Map<string, QueryAnswer>([
  ["NOTPAY", { kind: "not-paid" }],
  ["USERPAYING", { kind: "user-paying" }],
  ["PAYERROR", { kind: "pay-error" }],
  ["CLOSED", { kind: "closed" }],
  ["REVOKED", { kind: "revoked" }],
  ["REFUND", { kind: "refunded" }],
]);

/** What became of an attempt. May be asked as often as wanted; `not-found` is no proof that nothing was charged. */
export async function query(line: GatewayLine, outTradeNo: string, amountFen: Fen): Promise<QueryAnswer> {
  const mchid = encodeURIComponent(line.merchant.mchid);
  const reply = await ask(line, { method: "GET", target: `${orderTarget(outTradeNo)}?mchid=${mchid}` });
  if (reply.kind === "unknown") return reply;
  const { status, code } = reply;
  if (status === 202 || isCode(code, "USERPAYING")) return { kind: "user-paying" };
  if (status === 404 && isCode(code, "ORDER_NOT_EXIST")) return { kind: "not-found" };
  if (status !== 200) return unknownOf(status, code);
  const transaction = readTransaction(line, outTradeNo, reply.body);
  if (!transaction.ok) return { kind: "unknown", cause: transaction.fault, code };
  const state = transaction.value.trade_state;
  if (state !== "SUCCESS") return plainStates.get(state) ?? { kind: "unknown", cause: "unlisted-code", code: state };
  const payment = readPayment(transaction.value, amountFen);
  return payment.ok ? { kind: "paid", facts: payment.value } : { kind: "unknown", cause: payment.fault, code: state };
}
