import type { ItemView } from "#contract/ipc/manager-view.ts";
import { emptyCart, type CartLine } from "#core/cart/cart.ts";
import { addFen, type Fen, subtractFen } from "#core/money/fen.ts";
import { divideHalfUp } from "#core/money/rounding.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { withPromotions } from "#core/promotion/evaluate.ts";
import { preparePromotions } from "#core/promotion/prepare.ts";
import type { Promotion } from "#core/promotion/promotion.ts";
import { always } from "#core/promotion/schedule.ts";
import { pieces, type Milli } from "#core/quantity/quantity.ts";

/** A basket as the till would price it under one promotion alone. */
export interface Example {
  readonly lines: readonly {
    readonly item: ItemView;
    readonly quantity: Milli;
    readonly grossFen: Fen;
    readonly savedFen: Fen;
  }[];
  readonly grossFen: Fen;
  readonly savedFen: Fen;
  readonly totalFen: Fen;
}

/** As many kinds of goods as an example needs to be understood. */
export const mostExampleItems = 3;

/** Most pieces of one kind in an example: enough for any threshold somebody would set on it. */
const mostPieces = 999;

/**
 * What a promotion does to goods of its own: as many as it takes to see it, reckoned by the very rules the till sells by. Its
 * hours, members and coupon are taken as given. Null without goods.
 */
export function exampleOf(promotion: Promotion, items: readonly ItemView[]): Example | null {
  const shown = items.slice(0, mostExampleItems);
  if (shown.length === 0) return null;
  const counts = countsFor(promotion, shown);
  const lines = shown.flatMap((item, index) => lineOf(item, counts[index] ?? 0, index));
  const prepared = preparePromotions([{ ...promotion, schedule: always, isMemberOnly: false, coupon: null }]);
  const cart = withPromotions({ ...emptyCart("example"), lines }, prepared, { date: "", weekday: 1, minute: 0 });
  const totals = priceCart(cart);
  return {
    lines: totals.lines.flatMap(({ grossFen, promotionFen }, index) => {
      const line = lines[index];
      const item = shown.find(({ sku }) => sku === line?.sku);
      if (line === undefined || item === undefined) return [];
      return [{ item, quantity: line.quantity, grossFen, savedFen: promotionFen }];
    }),
    ...{ grossFen: totals.grossFen, savedFen: totals.promotionFen },
    totalFen: subtractFen(totals.grossFen, addFen(totals.promotionFen)),
  };
}

/** One group and a piece beside it where it goes by groups; enough to reach the threshold; else one of each. */
function countsFor({ deal }: Promotion, items: readonly ItemView[]): readonly number[] {
  switch (deal.kind) {
    case "n-for-m":
    case "n-for-price":
      return spread(deal.count + 1, items.length);
    case "nth-off":
      return spread(deal.every + 1, items.length);
    case "spend-off":
    case "spend-percent": {
      const [first] = items;
      const each = first === undefined || first.priceFen <= 0 ? 1 : first.priceFen;
      const enough = divideHalfUp(deal.thresholdFen - (deal.thresholdFen % each), each) + 1;
      return [Math.min(enough, mostPieces)];
    }
    default:
      return items.map(() => 1);
  }
}

/** So many pieces over so many kinds, the first ones getting what does not go evenly. */
function spread(count: number, kinds: number): readonly number[] {
  return Array.from({ length: kinds }, (_, index) => Math.ceil((count - index) / kinds));
}

function lineOf(item: ItemView, count: number, index: number): readonly CartLine[] {
  if (count <= 0) return [];
  return [
    {
      ...{ id: `example-${index}`, sku: item.sku, nameZh: item.nameZh, nameEn: item.nameEn },
      ...{ categoryId: item.categoryId, taxClass: "", barcode: null, source: "tile", unit: item.unit },
      ...{ unitPriceFen: item.priceFen, quantity: pieces(count), labelAmountFen: null, discount: null },
    },
  ];
}
