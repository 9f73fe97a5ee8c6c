import { type Fen, fen, maxFen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { PaidFacts, UnknownCause } from "#core/tender/gateway-answer.ts";
import { z } from "zod";
import type { GatewayLine } from "./ask.ts";
import { isOurParty, namesParty } from "./party.ts";

/** Fen on the wire: a JSON integer. */
const wireFen = z.int().min(0).max(maxFen);

/** One order as pay and query tell it. Unknown fields are allowed: the gateway adds some without notice. */
const transactionSchema = z.looseObject({
  out_trade_no: z.string(),
  trade_state: z.string().regex(/^[A-Z_]{1,32}$/u),
  transaction_id: z.string().min(1).max(32).optional(),
  success_time: z.string().min(1).max(64).optional(),
  amount: z.object({ total: wireFen, payer_total: wireFen.optional(), currency: z.string().optional() }).optional(),
});

export type Transaction = z.infer<typeof transactionSchema>;

/** The order in a verified body, when it is the one asked for: same number (null: not asked by number), same merchant and app. */
export function readTransaction(
  line: GatewayLine,
  outTradeNo: string | null,
  body: unknown,
): Result<Transaction, Extract<UnknownCause, "unreadable" | "mismatch">> {
  const parsed = transactionSchema.safeParse(body);
  if (!parsed.success || !namesParty(line, parsed.data)) return fail("unreadable");
  const isAsked = outTradeNo === null || parsed.data.out_trade_no === outTradeNo;
  return isAsked && isOurParty(line, parsed.data) ? ok(parsed.data) : fail("mismatch");
}

/** What a successful payment proves, when it is a payment of exactly `amountFen` in yuan. */
export function readPayment(
  transaction: Transaction,
  amountFen: Fen,
): Result<PaidFacts, Extract<UnknownCause, "unreadable" | "mismatch">> {
  const { amount, transaction_id: transactionId, success_time: successTime } = transaction;
  if (amount === undefined || transactionId === undefined || successTime === undefined) return fail("unreadable");
  const payerTotal = amount.payer_total ?? amount.total; // told only where a coupon may have helped
  const isWhole = amount.total === amountFen && payerTotal <= amount.total && (amount.currency ?? "CNY") === "CNY";
  return isWhole ? ok({ transactionId, payerTotalFen: fen(payerTotal), successTime }) : fail("mismatch");
}
