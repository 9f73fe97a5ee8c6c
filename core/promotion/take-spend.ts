import { fen, type Fen } from "#core/money/fen.ts";
import { allocate, scaleHalfUp } from "#core/money/rounding.ts";
import type { LineGoods } from "./goods.ts";
import type { PreparedPromotions } from "./prepare.ts";
import { type AppliedPromotion, type Deal, namedAs, type Promotion } from "./promotion.ts";

/**
 * The one of the promotions on the sale that saves most on what is left of the lines, or null; of equal ones the first by
 * id. What it takes off is shared out by what its goods still cost (largest remainder), and counted down in `leftFen`.
 * @param isAsked by place in `prepared.all`
 */
export function takeBestSpend(
  { all }: Pick<PreparedPromotions, "all">,
  isAsked: readonly boolean[],
  lines: readonly LineGoods[],
  leftFen: number[],
): AppliedPromotion | null {
  if (!isAsked.includes(true)) return null;
  const worthFen = all.map(() => 0);
  for (const [index, { onSale }] of lines.entries()) {
    for (const place of onSale)
      if (isAsked[place] === true) worthFen[place] = (worthFen[place] ?? 0) + (leftFen[index] ?? 0);
  }
  let best = { place: -1, savedFen: 0 };
  for (const [place, promotion] of all.entries()) {
    const savedFen = savedOn(promotion.deal, worthFen[place] ?? 0);
    if (savedFen > best.savedFen) best = { place, savedFen };
  }
  const promotion = all[best.place];
  if (promotion === undefined) return null;
  return shareOut(promotion, fen(best.savedFen), placesWanted(lines, best.place), lines, leftFen);
}

/** Places of the lines it is off. */
function placesWanted(lines: readonly LineGoods[], promotion: number): readonly number[] {
  const places: number[] = [];
  for (const [place, { onSale }] of lines.entries()) if (onSale.includes(promotion)) places.push(place);
  return places;
}

function shareOut(
  promotion: Promotion,
  savedFen: Fen,
  places: readonly number[],
  lines: readonly LineGoods[],
  leftFen: number[],
): AppliedPromotion {
  const parts = allocate(
    savedFen,
    places.map((place) => leftFen[place] ?? 0),
  );
  const shares = places.flatMap((place, at) => {
    const [partFen = fen(0), goods] = [parts[at], lines[place]];
    if (partFen === 0 || goods === undefined) return [];
    leftFen[place] = (leftFen[place] ?? 0) - partFen;
    return [{ lineId: goods.line.id, quantity: goods.line.quantity, savedFen: partFen }];
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
