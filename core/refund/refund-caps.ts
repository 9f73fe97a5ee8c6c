import { addFen, type Fen, fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { TenderKind } from "#core/sale/sale.ts";
import type { RefundState } from "./refund.ts";

/** A paid part of a sale, as far as giving it back goes. */
export interface PaidTender {
  readonly tenderId: string;
  readonly kind: TenderKind;
  readonly amountFen: Fen;
  /** What the customer was charged after coupons; equal to `amountFen` for all but WeChat Pay. */
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
  /** Cash for what was paid by phone, while it can still go back the way it came. */
  | { readonly kind: "not-in-cash" }
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
  // Tills that could not ask each other may have given too much together; the file holds each of them to its own cap.
  return remaining < 0 ? zeroFen : remaining;
}

/** What can still be given back of the whole sale. */
export function remainingOfSale(tenders: readonly PaidTender[], refunds: readonly PastRefund[]): Fen {
  return addFen(...tenders.map((tender) => remainingOfTender(tender, refunds)));
}

/** What the gateway's rules leave of giving back one tender; cash and static codes, given back in cash, know none. */
export interface RefundOutlook {
  readonly blocked: "too-old" | "too-many" | null;
  /** Milliseconds since the epoch; null where nothing has to be waited for. */
  readonly notBeforeMs: number | null;
  /**
   * The shop may hand cash over for what was paid by phone: the gateway refunds it no more, or did not deliver one.
   * Cash is the easiest money to steal, so it is no matter of taste.
   */
  readonly mayGoInCash: boolean;
}

export function refundOutlook(tender: PaidTender, refunds: readonly PastRefund[], nowMs: number): RefundOutlook {
  if (tender.kind !== "wechat") return { blocked: null, notBeforeMs: null, mayGoInCash: true };
  const ofTender = refunds.filter((refund) => refund.tenderId === tender.tenderId);
  // Closed ones count as parts too: whether the gateway counts them is not written down, and 50 is plenty.
  const parts = ofTender.filter((refund) => refund.state !== "refused");
  const isOld = nowMs - tender.paidAtMs >= refundWindowMs;
  const blocked = parts.length >= mostRefundParts ? "too-many" : isOld ? "too-old" : null;
  const latestMs = Math.max(...parts.map((refund) => refund.requestedAtMs), Number.NEGATIVE_INFINITY);
  const notBeforeMs = Math.min(latestMs, nowMs) + refundSpacingMs; // a clock set back must not stretch it
  return {
    blocked,
    notBeforeMs: notBeforeMs > nowMs ? notBeforeMs : null,
    mayGoInCash: blocked !== null || ofTender.some((refund) => !isCounted(refund)),
  };
}

/**
 * Whether so much of this tender may be given back now. The gateway's limits bind what goes back through it; cash is
 * bound by what remains, and for a WeChat tender by `mayGoInCash`. `saleLimitFen` is what the returned goods are worth,
 * where that is less than what remains of the sale.
 */
export function checkRefund(
  asked: {
    readonly tenderId: string;
    readonly amountFen: Fen;
    readonly saleLimitFen?: Fen;
    readonly isInCash?: boolean;
  },
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
  const { blocked, notBeforeMs, mayGoInCash } = refundOutlook(tender, refunds, nowMs);
  if (tender.kind !== "wechat" || asked.isInCash === true)
    return mayGoInCash ? ok(tender) : fail({ kind: "not-in-cash" });
  if (blocked === "too-many") return fail({ kind: "too-many-parts", mostParts: mostRefundParts });
  if (blocked === "too-old") return fail({ kind: "too-old" });
  return notBeforeMs === null ? ok(tender) : fail({ kind: "too-soon", waitMs: notBeforeMs - nowMs });
}

/**
 * How an amount goes back over the tenders of a sale: the WeChat payments first, the way the money came, then, in
 * cash, static-code takings and cash; in the order given. Asserts no more than what remains.
 */
export function splitRefund(
  amountFen: Fen,
  tenders: readonly PaidTender[],
  refunds: readonly PastRefund[],
): readonly { readonly tenderId: string; readonly amountFen: Fen }[] {
  assert(amountFen >= 0 && amountFen <= remainingOfSale(tenders, refunds), "no more than what remains of the sale");
  const inOrder = [
    ...tenders.filter(({ kind }) => kind === "wechat"),
    ...tenders.filter(({ kind }) => kind === "static-code"),
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
