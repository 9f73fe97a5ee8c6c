import { addFen, type Fen, fen, minFen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { Tender } from "#core/sale/sale.ts";
import type { Attempt } from "./attempt.ts";
import { isFinished } from "./step-attempt.ts";

/** A sale being paid: what is done and the one attempt that is not. */
export interface TenderingState {
  readonly saleId: string;
  readonly totalFen: Fen;
  readonly tenders: readonly Tender[];
  /** At most one, and never a finished one. */
  readonly attempt: Attempt | null;
}

export type TenderFault =
  /** An attempt is not known yet: what is left to pay is not known either. */
  | { readonly kind: "attempt-unfinished" }
  | { readonly kind: "nothing-left-to-pay" }
  /** Not a positive amount, or cash over the limit. */
  | { readonly kind: "amount-out-of-range"; readonly mostFen: Fen }
  /** Only cash gives change: nothing else may cover more than what is left. */
  | { readonly kind: "more-than-left"; readonly leftFen: Fen };

/**
 * Most cash one tender takes, 50,000.00 yuan: above it a slip of the finger is likelier than a customer, and the law
 * asks for more than a till can record.
 */
export const maxCashFen = fen(5_000_000);

export function startTendering(saleId: string, totalFen: Fen): TenderingState {
  assert(totalFen >= 0, "a sale's total is never negative");
  return { saleId, totalFen, tenders: [], attempt: null };
}

/** What the finished tenders leave to pay; an unfinished attempt counts for nothing. Never negative. */
export function leftToPay(state: TenderingState): Fen {
  return subtractFen(state.totalFen, addFen(...state.tenders.map((tender) => tender.amountFen)));
}

/** The sale may be completed. */
export function isCovered(state: TenderingState): boolean {
  return state.attempt === null && leftToPay(state) === 0;
}

/**
 * Cash handed over: covers what is left, the rest is change; less than what is left is a part payment without change.
 * Refused while an attempt is unfinished, when nothing is left, or for an amount not within 0.01 yuan … `maxCashFen`.
 */
export function addCash(
  state: TenderingState,
  cash: { readonly tenderId: string; readonly receivedFen: Fen },
): Result<TenderingState, TenderFault> {
  if (state.attempt !== null) return fail({ kind: "attempt-unfinished" });
  const leftFen = leftToPay(state);
  if (leftFen === 0) return fail({ kind: "nothing-left-to-pay" });
  const { tenderId, receivedFen } = cash;
  if (receivedFen <= 0 || receivedFen > maxCashFen) return fail({ kind: "amount-out-of-range", mostFen: maxCashFen });
  const amountFen = minFen(receivedFen, leftFen);
  const changeFen = subtractFen(receivedFen, amountFen);
  return ok({ ...state, tenders: [...state.tenders, { kind: "cash", tenderId, amountFen, receivedFen, changeFen }] });
}

/**
 * A payment to the shop's printed code that the cashier has seen on the customer's phone: for what is left or a part of
 * it, never more. Nobody has verified it. `approvedBy` is the manager whose word it was; null where it needed none.
 */
export function addStaticCode(
  state: TenderingState,
  taking: { readonly tenderId: string; readonly amountFen: Fen; readonly approvedBy: string | null },
): Result<TenderingState, TenderFault> {
  const allowed = canStartAttempt(state, taking.amountFen);
  if (!allowed.ok) return allowed;
  return ok({ ...state, tenders: [...state.tenders, { kind: "static-code", ...taking }] });
}

/**
 * Takes back a tender that is the cashier's word alone, for a sale that is given up or paid otherwise: cash, or a
 * static-code taking. A payment by WeChat is refunded, never dropped.
 */
export function dropTender(state: TenderingState, tenderId: string): TenderingState {
  const tenders = state.tenders.filter((tender) => tender.kind === "wechat" || tender.tenderId !== tenderId);
  return { ...state, tenders };
}

/** What the cash keys of the tenders so far give back. */
export function changeOf(tenders: readonly Tender[]): Fen {
  return addFen(zeroFen, ...tenders.map((tender) => (tender.kind === "cash" ? tender.changeFen : zeroFen)));
}

/** What only the cashier's word says is paid. */
export function staticCodeOf(tenders: readonly Tender[]): Fen {
  return addFen(zeroFen, ...tenders.map((tender) => (tender.kind === "static-code" ? tender.amountFen : zeroFen)));
}

/** Whether `amountFen` may be asked for now, by an attempt or otherwise: one at a time, and never for more than what is left. */
export function canStartAttempt(state: TenderingState, amountFen: Fen): Result<Fen, TenderFault> {
  if (state.attempt !== null) return fail({ kind: "attempt-unfinished" });
  const leftFen = leftToPay(state);
  if (leftFen === 0) return fail({ kind: "nothing-left-to-pay" });
  if (amountFen > leftFen) return fail({ kind: "more-than-left", leftFen });
  return amountFen < 1 ? fail({ kind: "amount-out-of-range", mostFen: leftFen }) : ok(amountFen);
}

/**
 * The sale with its attempt as it stands now: a paid one becomes a tender, one that provably took nothing is dropped,
 * any other stays and blocks the next. Asserts that it is this sale's, and the same one while one is unfinished.
 */
export function withAttempt(state: TenderingState, attempt: Attempt): TenderingState {
  assert(attempt.saleId === state.saleId, "an attempt belongs to the sale that made it");
  assert(
    state.attempt === null || state.attempt.outTradeNo === attempt.outTradeNo,
    "a sale has at most one unfinished attempt",
  );
  if (!isFinished(attempt)) return { ...state, attempt };
  if (attempt.paid === null) return { ...state, attempt: null };
  const isKnown = state.tenders.some((tender) => tender.tenderId === attempt.tenderId);
  if (isKnown) return { ...state, attempt: null }; // the same settlement told twice
  assert(attempt.amountFen <= leftToPay(state), "an attempt never pays more than is left");
  return { ...state, attempt: null, tenders: [...state.tenders, tenderOf(attempt, attempt.paid)] };
}

function tenderOf(attempt: Attempt, paid: NonNullable<Attempt["paid"]>): Tender {
  return {
    kind: "wechat",
    tenderId: attempt.tenderId,
    amountFen: attempt.amountFen,
    method: attempt.kind,
    outTradeNo: attempt.outTradeNo,
    transactionId: paid.transactionId,
    payerTotalFen: paid.payerTotalFen,
    ...("proof" in paid ? { proof: paid.proof } : {}),
  };
}
