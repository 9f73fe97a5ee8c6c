import { type Fen, fen, minFen, subtractFen } from "#core/money/fen.ts";
import {
  type PaidTender,
  type PastRefund,
  refundOutlook,
  remainingOfSale,
  splitRefund,
} from "#core/refund/refund-caps.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { TenderKind } from "#core/sale/sale.ts";

/** One payment of the sale, and how much of it goes back which way. */
export interface ReturnPart {
  readonly tenderId: string;
  /** What was paid with; static codes go back in cash. */
  readonly kind: TenderKind;
  readonly amountFen: Fen;
  /** From the drawer; false goes the way it came, through the gateway. */
  readonly inCash: boolean;
}

export interface ReturnPlan {
  /** What the returned goods were paid with. */
  readonly worthFen: Fen;
  /** What goes back for them: their worth, or less where money of the sale went back before without goods. */
  readonly amountFen: Fen;
  readonly parts: readonly ReturnPart[];
}

export type ReturnPlanFault =
  /** All the money of the sale is back already. */
  | { readonly kind: "nothing-left" }
  /** The gateway takes two refunds of one payment a minute apart. */
  | { readonly kind: "too-soon"; readonly waitMs: number };

/**
 * How the worth of returned goods goes back: to the original payments, WeChat Pay first, then from the drawer. What was
 * paid by phone leaves the drawer only where the gateway gives it back no more.
 */
export function planReturn(
  worthFen: Fen,
  paid: readonly PaidTender[],
  past: readonly PastRefund[],
  nowMs: number,
): Result<ReturnPlan, ReturnPlanFault> {
  const amountFen = minFen(worthFen, remainingOfSale(paid, past));
  // Goods that cost nothing come back for nothing.
  if (amountFen === 0 && worthFen > 0) return fail({ kind: "nothing-left" });
  const parts: ReturnPart[] = [];
  for (const { tenderId, amountFen: partFen } of splitRefund(amountFen, paid, past)) {
    const tender = paid.find((one) => one.tenderId === tenderId);
    if (tender === undefined) continue; // `splitRefund` names these tenders alone
    const { blocked, notBeforeMs } = refundOutlook(tender, past, nowMs);
    const inCash = tender.kind !== "wechat" || blocked !== null;
    if (!inCash && notBeforeMs !== null) return fail({ kind: "too-soon", waitMs: notBeforeMs - nowMs });
    parts.push({ tenderId, kind: tender.kind, amountFen: partFen, inCash });
  }
  return ok({ worthFen, amountFen, parts });
}

/** A return that is exchanged for new goods: what of it pays for them, and what goes back. */
export interface ExchangeSplit {
  /** Set against the new goods; never more than they cost. */
  readonly credit: readonly ReturnPart[];
  readonly creditFen: Fen;
  /** Given back, as in any return. */
  readonly back: readonly ReturnPart[];
  readonly backFen: Fen;
  /** What the customer still pays for the new goods. */
  readonly dueFen: Fen;
}

/**
 * Sets a return against what the new goods cost. What goes back is taken from the parts in their order, WeChat Pay first:
 * the drawer gives only what was cash. The credit is booked as cash out of and into the drawer at one moment, so no
 * counted note moves.
 */
export function splitExchange(plan: Pick<ReturnPlan, "amountFen" | "parts">, newGoodsFen: Fen): ExchangeSplit {
  const creditFen = minFen(plan.amountFen, newGoodsFen);
  const backFen = subtractFen(plan.amountFen, creditFen);
  let left: number = backFen;
  const back: ReturnPart[] = [];
  const credit: ReturnPart[] = [];
  for (const part of plan.parts) {
    const backPart = Math.min(left, part.amountFen);
    left -= backPart;
    if (backPart > 0) back.push({ ...part, amountFen: fen(backPart) });
    if (backPart < part.amountFen) credit.push({ ...part, amountFen: fen(part.amountFen - backPart), inCash: true });
  }
  return { credit, creditFen, back, backFen, dueFen: subtractFen(newGoodsFen, creditFen) };
}
