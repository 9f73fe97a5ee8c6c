import type { Item } from "#core/catalog/item.ts";
import { type Fen, fen, minFen } from "#core/money/fen.ts";
import { percentOf } from "#core/money/rounding.ts";
import { type Deal, isSaleLevel, type Promotion } from "#core/promotion/promotion.ts";
import { isOn, type ShopMoment } from "#core/promotion/schedule.ts";
import { type UnitPrice, unitPriceOf } from "./unit-price.ts";

/** What goods cost for everybody while a promotion is on. */
export interface LabelOffer {
  readonly nameZh: string;
  readonly nameEn: string;
  /** Of one piece or kilogram; null where only several together are cheaper: then its name says how. */
  readonly priceFen: Fen | null;
  /** YYYY-MM-DD, the last day; null is until further notice. */
  readonly lastDay: string | null;
}

/** A label on the shelf edge 价签: all that stands on it, before it has a paper or a language. */
export interface ShelfLabel {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Item["unit"];
  /** Of one piece, or of a kilogram. */
  readonly priceFen: Fen;
  readonly unitPrice: UnitPrice | null;
  /** The code of one piece; null where the goods have none. */
  readonly barcode: string | null;
  /** Lower than what everybody pays; null where members pay the same. */
  readonly memberPriceFen: Fen | null;
  readonly offer: LabelOffer | null;
}

/**
 * The label of an item as it costs now. Of the promotions only those stand on it that a customer before the shelf may rely
 * on: without a coupon, all day and every day of their time; of several the cheapest.
 * @param codes every code it is sold under; `count` 1 is the piece
 */
export function shelfLabel(
  item: Item,
  codes: readonly { readonly barcode: string; readonly count: number }[],
  promotions: readonly Promotion[],
  moment: ShopMoment,
): ShelfLabel {
  const { sku, nameZh, nameEn, unit, priceFen } = item;
  // What is agreed on at the till is lowered by no promotion: the label promises none.
  const isOpen = item.openPrice !== undefined;
  const onIt = promotions.filter((one) => !isOpen && isOnLabel(one, moment) && isFor(one, item));
  const offer = bestOffer(
    onIt.filter(({ isMemberOnly }) => !isMemberOnly),
    priceFen,
  );
  const memberFen = lowest(
    onIt.flatMap(({ deal, isMemberOnly }) => (isMemberOnly ? (priceUnder(deal, priceFen) ?? []) : [])),
  );
  const everybodyFen = offer?.priceFen ?? priceFen;
  return {
    ...{ sku, nameZh, nameEn, unit, priceFen, offer },
    unitPrice: unitPriceOf(item),
    barcode: codes.find(({ count }) => count === 1)?.barcode ?? null,
    memberPriceFen: memberFen !== null && memberFen < everybodyFen ? memberFen : null,
  };
}

function isOnLabel({ coupon, deal, schedule }: Promotion, moment: ShopMoment): boolean {
  const isAllDay = schedule.hours === null && schedule.weekdays.length === 0;
  return coupon === null && !isSaleLevel(deal) && isAllDay && isOn(schedule, moment);
}

function isFor({ scope, deal }: Promotion, { sku, categoryId, unit }: Item): boolean {
  // Weighed goods have no pieces to count.
  if (unit === "kg" && !isByOne(deal)) return false;
  return scope.kind === "all" || scope.skus.includes(sku) || scope.categoryIds.includes(categoryId);
}

function isByOne({ kind }: Deal): boolean {
  return kind === "percent-off" || kind === "amount-off" || kind === "fixed-price";
}

/** The cheapest that has a price of its own, else the first that takes several. */
function bestOffer(promotions: readonly Promotion[], priceFen: Fen): LabelOffer | null {
  const offers = promotions.flatMap(({ nameZh, nameEn, deal, schedule }): readonly LabelOffer[] => {
    const under = priceUnder(deal, priceFen);
    if (under !== null && under >= priceFen) return [];
    return [{ nameZh, nameEn, priceFen: under, lastDay: schedule.toDate }];
  });
  const cheapest = lowest(offers.flatMap((offer) => offer.priceFen ?? []));
  return offers.find((offer) => offer.priceFen === cheapest) ?? null;
}

/** What one costs under a deal, as the cart would reckon it for one; null where it takes several. */
function priceUnder(deal: Deal, priceFen: Fen): Fen | null {
  switch (deal.kind) {
    case "fixed-price":
      return minFen(deal.priceFen, priceFen);
    case "amount-off":
      return fen(Math.max(priceFen - deal.amountFen, 0));
    case "percent-off":
      return fen(priceFen - percentOf(priceFen, deal.basisPoints));
    default:
      return null;
  }
}

function lowest(prices: readonly Fen[]): Fen | null {
  return prices.reduce<Fen | null>((least, price) => (least === null ? price : minFen(least, price)), null);
}
