import { addFen, type Fen, fen, subtractFen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { RefundState } from "./refund.ts";

/** A paid part of a sale, as far as giving it back goes. */
export interface PaidTender {
  readonly tenderId: string;
  readonly kind: "cash" | "wechat";
  readonly amountFen: Fen;
  /** What the customer was charged after coupons; equal to `amountFen` for cash. */
  readonly payerTotalFen: Fen;
  /** When it was paid, milliseconds since the epoch. */
  readonly paidAtMs: number;
}

/** An earlier refund of the sale. One in cash is `succeeded` at once. */
export interface PastRefund {
  readonly tenderId: string;
  readonly amountFen: Fen;
  readonly state: RefundState;
  readonly requestedAtMs: number;
}

export type RefundCapFault =
  | { readonly kind: "unknown-tender" }
  | { readonly kind: "nothing-asked" }
  /** More than what remains; of the tender, or of the sale. */
  | { readonly kind: "over-tender"; readonly remainingFen: Fen }
  | { readonly kind: "over-sale"; readonly remainingFen: Fen }
  | { readonly kind: "too-many-parts"; readonly mostParts: number }
  | { readonly kind: "too-old" }
  /** Refunds of one order stand a minute apart. */
  | { readonly kind: "too-soon"; readonly waitMs: number };

/** WeChat Pay refund rules (4012556457): 50 parts, one minute apart, within a year of the payment. */
export const mostRefundParts = 50;
export const refundSpacingMs = 60_000;
/** 365 days: never longer than the gateway's year. */
export const refundWindowMs = 365 * 24 * 3_600_000;

/** What counts against the cap: everything that is, or may yet turn out to be, given back. */
export function isCounted(refund: Pick<PastRefund, "state">): boolean {
  return refund.state !== "closed" && refund.state !== "refused";
}

/** What can still be given back of one tender; never below zero. */
export function remainingOfTender(tender: PaidTender, refunds: readonly PastRefund[]): Fen {
  const given = refunds.filter((refund) => refund.tenderId === tender.tenderId && isCounted(refund));
  const remaining = subtractFen(tender.amountFen, addFen(...given.map((refund) => refund.amountFen)));
  assert(remaining >= 0, "no tender was ever refunded beyond what it covered");
  return remaining;
}

/** What can still be given back of the whole sale. */
export function remainingOfSale(tenders: readonly PaidTender[], refunds: readonly PastRefund[]): Fen {
  return addFen(...tenders.map((tender) => remainingOfTender(tender, refunds)));
}

/**
 * Whether so much of this tender may be given back now. The gateway's limits bind WeChat tenders only; cash is bound by
 * what remains. `saleLimitFen` is what the returned goods are worth, where that is less than what remains of the sale.
 */
export function checkRefund(
  asked: { readonly tenderId: string; readonly amountFen: Fen; readonly saleLimitFen?: Fen },
  tenders: readonly PaidTender[],
  refunds: readonly PastRefund[],
  nowMs: number,
): Result<PaidTender, RefundCapFault> {
  const tender = tenders.find((candidate) => candidate.tenderId === asked.tenderId);
  if (tender === undefined) return fail({ kind: "unknown-tender" });
  if (asked.amountFen <= 0) return fail({ kind: "nothing-asked" });
  const remainingFen = remainingOfTender(tender, refunds);
  if (asked.amountFen > remainingFen) return fail({ kind: "over-tender", remainingFen });
  const saleFen = asked.saleLimitFen ?? remainingOfSale(tenders, refunds);
  if (asked.amountFen > saleFen) return fail({ kind: "over-sale", remainingFen: saleFen });
  if (tender.kind === "cash") return ok(tender);

  // Closed ones count as parts too: whether the gateway counts them is not written down, and 50 is plenty.
  const parts = refunds.filter((refund) => refund.tenderId === tender.tenderId && refund.state !== "refused");
  if (parts.length >= mostRefundParts) return fail({ kind: "too-many-parts", mostParts: mostRefundParts });
  if (nowMs - tender.paidAtMs >= refundWindowMs) return fail({ kind: "too-old" });
  const latestMs = Math.max(...parts.map((refund) => refund.requestedAtMs), Number.NEGATIVE_INFINITY);
  const waitMs = Math.min(latestMs + refundSpacingMs - nowMs, refundSpacingMs); // a clock set back must not stretch it
  return waitMs > 0 ? fail({ kind: "too-soon", waitMs }) : ok(tender);
}

/**
 * How an amount goes back over the tenders of a sale: the WeChat payments first, the way the money came, then cash; in
 * the order given. Asserts no more than what remains.
 */
export function splitRefund(
  amountFen: Fen,
  tenders: readonly PaidTender[],
  refunds: readonly PastRefund[],
): readonly { readonly tenderId: string; readonly amountFen: Fen }[] {
  assert(amountFen >= 0 && amountFen <= remainingOfSale(tenders, refunds), "no more than what remains of the sale");
  const inOrder = [
    ...tenders.filter(({ kind }) => kind === "wechat"),
    ...tenders.filter(({ kind }) => kind === "cash"),
  ];
  let left: number = amountFen;
  return inOrder.flatMap((tender) => {
    const part = fen(Math.min(left, remainingOfTender(tender, refunds)));
    left -= part;
    return part > 0 ? [{ tenderId: tender.tenderId, amountFen: part }] : [];
  });
}

/**
 * What the customer's own side gets back of an order part of which a coupon paid: refund × payer total ÷ total, half
 * up, reckoned on what is given back so far, so that the parts sum to what was charged and none exceeds its refund. An
 * estimate for the screen; the gateway's `payer_refund` is what happened.
 */
export function payerRefund(
  order: Pick<PaidTender, "amountFen" | "payerTotalFen">,
  beforeFen: Fen,
  amountFen: Fen,
): Fen {
  assert(beforeFen + amountFen <= order.amountFen && beforeFen >= 0 && amountFen >= 0, "a refund is part of its order");
  const payerShare = (refundedFen: number) => scaleHalfUp(refundedFen, order.payerTotalFen, order.amountFen);
  return fen(payerShare(beforeFen + amountFen) - payerShare(beforeFen));
}
