import type { Cart } from "#core/cart/cart.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { allocate, scaleHalfUp } from "#core/money/rounding.ts";
import type { AppliedPromotion, Deal, Promotion, Scope } from "./promotion.ts";

/**
 * The one of these promotions on the sale that saves most on what is left of the lines, or null; of equal ones the first by
 * id. What it takes off is shared out by what its goods still cost (largest remainder), and counted down in `leftFen`.
 */
export function takeBestSpend(
  promotions: readonly Promotion[],
  cart: Cart,
  leftFen: number[],
): AppliedPromotion | null {
  let best: { readonly promotion: Promotion; readonly savedFen: number; readonly of: readonly number[] } | null = null;
  for (const promotion of promotions) {
    const of = cart.lines.map((line, index) => (isIn(promotion.scope, line) ? (leftFen[index] ?? 0) : 0));
    const savedFen = savedOn(
      promotion.deal,
      of.reduce((total, worth) => total + worth, 0),
    );
    if (savedFen > (best?.savedFen ?? 0)) best = { promotion, savedFen, of };
  }
  return best === null ? null : shareOut(best.promotion, fen(best.savedFen), best.of, cart, leftFen);
}

function shareOut(
  { id, nameZh, nameEn }: Promotion,
  savedFen: Fen,
  of: readonly number[],
  cart: Cart,
  leftFen: number[],
): AppliedPromotion {
  const parts = allocate(savedFen, of);
  const shares = cart.lines.flatMap((line, index) => {
    const partFen = parts[index] ?? fen(0);
    if (partFen === 0) return [];
    leftFen[index] = (leftFen[index] ?? 0) - partFen;
    return [{ lineId: line.id, quantity: line.quantity, savedFen: partFen }];
  });
  return { promotionId: id, nameZh, nameEn, level: "sale", shares };
}

function savedOn(deal: Deal, worthFen: number): number {
  if (deal.kind === "spend-percent") {
    return worthFen < deal.thresholdFen ? 0 : scaleHalfUp(worthFen, deal.basisPoints, 10_000);
  }
  if (deal.kind !== "spend-off" || worthFen < deal.thresholdFen) return 0;
  const times = deal.isRepeated ? wholeTimes(worthFen, deal.thresholdFen) : 1;
  return Math.min(deal.amountFen * times, worthFen);
}

/** How often a threshold is reached in full. */
function wholeTimes(worthFen: number, thresholdFen: number): number {
  return scaleHalfUp(worthFen - (worthFen % thresholdFen), 1, thresholdFen);
}

function isIn(scope: Scope, line: Cart["lines"][number]): boolean {
  if (scope.kind === "all") return true;
  const isNamed = line.sku !== null && scope.skus.includes(line.sku);
  return isNamed || (line.categoryId !== null && scope.categoryIds.includes(line.categoryId));
}
