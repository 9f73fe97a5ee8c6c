import type { Cart } from "#core/cart/cart.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { allocate, scaleHalfUp } from "#core/money/rounding.ts";
import type { PreparedPromotions } from "./prepare.ts";
import { type AppliedPromotion, type Deal, namedAs, type Promotion } from "./promotion.ts";

/**
 * The one of the promotions on the sale that saves most on what is left of the lines, or null; of equal ones the first by
 * id. What it takes off is shared out by what its goods still cost (largest remainder), and counted down in `leftFen`.
 * @param isAsked by place in `prepared.all`
 */
export function takeBestSpend(
  prepared: PreparedPromotions,
  isAsked: readonly boolean[],
  cart: Cart,
  leftFen: number[],
): AppliedPromotion | null {
  const worthFen = new Map<number, number>();
  for (const [index, line] of cart.lines.entries()) {
    for (const place of prepared.onSale(line)) {
      if (isAsked[place] === true) worthFen.set(place, (worthFen.get(place) ?? 0) + (leftFen[index] ?? 0));
    }
  }
  let best = { place: -1, savedFen: 0 };
  for (const [place, promotion] of prepared.all.entries()) {
    const savedFen = savedOn(promotion.deal, worthFen.get(place) ?? 0);
    if (savedFen > best.savedFen) best = { place, savedFen };
  }
  const promotion = prepared.all[best.place];
  if (promotion === undefined) return null;
  const of = cart.lines.map((line, index) => (prepared.onSale(line).includes(best.place) ? (leftFen[index] ?? 0) : 0));
  return shareOut(promotion, fen(best.savedFen), of, cart, leftFen);
}

function shareOut(
  promotion: Promotion,
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
  return { ...namedAs(promotion), level: "sale", shares };
}

function savedOn(deal: Deal, worthFen: number): number {
  if (worthFen === 0) return 0;
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
