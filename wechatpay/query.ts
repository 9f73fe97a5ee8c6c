import type { Fen } from "#core/money/fen.ts";
import type { QueryAnswer } from "#core/tender/gateway-answer.ts";
import { ask, type GatewayLine, type SignedReply } from "./ask.ts";
import { isCode, unknownOf } from "./classify.ts";
import { merchantQuery, ordersTarget, orderTarget } from "./party.ts";
import { readPayment, readTransaction } from "./transaction.ts";

/** States that say all there is to say; SUCCESS is read with its money. */
export const plainStates: ReadonlyMap<string, QueryAnswer> = new Map<string, QueryAnswer>([
  ["NOTPAY", { kind: "not-paid" }],
  ["USERPAYING", { kind: "user-paying" }],
  ["PAYERROR", { kind: "pay-error" }],
  ["CLOSED", { kind: "closed" }],
  ["REVOKED", { kind: "revoked" }],
  ["REFUND", { kind: "refunded" }],
]);

/** What became of an attempt. May be asked as often as wanted; `not-found` is no proof that nothing was charged. */
export function query(line: GatewayLine, outTradeNo: string, amountFen: Fen): Promise<QueryAnswer> {
  return ask(line, { method: "GET", target: `${orderTarget(line, outTradeNo)}?${merchantQuery(line)}` }).then((reply) =>
    reply.kind === "unknown" ? reply : queryAnswer(line, reply, amountFen, { outTradeNo, transactionId: null }),
  );
}

/** The same by the gateway's own number, which only a payment that succeeded has. */
export async function queryById(line: GatewayLine, transactionId: string, amountFen: Fen): Promise<QueryAnswer> {
  const target = `${ordersTarget(line)}/id/${encodeURIComponent(transactionId)}?${merchantQuery(line)}`;
  const reply = await ask(line, { method: "GET", target });
  return reply.kind === "unknown" ? reply : queryAnswer(line, reply, amountFen, { outTradeNo: null, transactionId });
}

interface Asked {
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
}

function queryAnswer(line: GatewayLine, reply: SignedReply, amountFen: Fen, asked: Asked): QueryAnswer {
  const { status, code } = reply;
  if (status === 202 || isCode(code, "USERPAYING")) return { kind: "user-paying" };
  if (status === 404 && isCode(code, "ORDER_NOT_EXIST")) return { kind: "not-found" };
  if (status !== 200) return unknownOf(status, code);
  const transaction = readTransaction(line, asked.outTradeNo, reply.body);
  if (!transaction.ok) return { kind: "unknown", cause: transaction.fault, code };
  const { trade_state: state, transaction_id: told } = transaction.value;
  if (asked.transactionId !== null && told !== asked.transactionId) return { kind: "unknown", cause: "mismatch", code };
  if (state !== "SUCCESS") return plainStates.get(state) ?? { kind: "unknown", cause: "unlisted-code", code: state };
  const payment = readPayment(transaction.value, amountFen);
  return payment.ok ? { kind: "paid", facts: payment.value } : { kind: "unknown", cause: payment.fault, code: state };
}
