import { type Cart, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { type Milli, pieces } from "#core/quantity/quantity.ts";
import { preparePromotions } from "./prepare.ts";
import { evaluatePromotions } from "./evaluate.ts";
import type { AppliedPromotion, Deal, Promotion, Scope } from "./promotion.ts";
import { always, type ShopMoment } from "./schedule.ts";

/* Goods and promotions for tests. */

/** A Wednesday at noon. */
export const noon: ShopMoment = { date: "2026-11-25", weekday: 3, minute: 720 };

export function goods(
  sku: string,
  priceFen: number,
  quantity: Milli = pieces(1),
  changes: Partial<CartLine> = {},
): CartLine {
  return {
    ...{ id: `line-${sku}`, sku, nameZh: sku, nameEn: sku, categoryId: "drinks", taxClass: "standard" },
    ...{ barcode: null, source: "scan", unit: "piece", unitPriceFen: fen(priceFen), quantity },
    ...{ labelAmountFen: null, discount: null },
    ...changes,
  };
}

export function basket(...lines: readonly CartLine[]): Cart {
  return { ...emptyCart("sale-1"), lines };
}

export function promotion(id: string, deal: Deal, changes: Partial<Promotion> = {}): Promotion {
  return {
    ...{
      id,
      nameZh: id,
      nameEn: id,
      deal,
      scope: { kind: "all" },
      schedule: always,
      isMemberOnly: false,
      coupon: null,
    },
    ...changes,
  };
}

export const onSkus = (...skus: readonly string[]): Scope => ({ kind: "some", skus, categoryIds: [] });

export type Evaluate = (
  cart: Cart,
  promotions: readonly Promotion[],
  moment: ShopMoment,
) => readonly AppliedPromotion[];

export const evaluate: Evaluate = (cart, promotions, moment) =>
  evaluatePromotions(cart, preparePromotions(promotions), moment);

export function savedOf(applied: readonly AppliedPromotion[]): number {
  return applied.flatMap(({ shares }) => shares).reduce((total, { savedFen }) => total + savedFen, 0);
}
