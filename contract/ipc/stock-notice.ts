import type { Unit } from "#core/quantity/quantity.ts";

/** What the till says about stock while it sells. */
export type StockNotice =
  /**
   * The books say that less of it is there than the sale wants. `stopId`: it is not in the cart, and only a manager's word
   * puts it there (`sell-short-stock`); null: it is sold, and the cashier knows.
   */
  | {
      readonly kind: "stock-short";
      readonly stopId: string | null;
      readonly sku: string;
      readonly nameZh: string;
      readonly nameEn: string;
      readonly unit: Unit;
      readonly levelMilli: number;
    }
  /** Levels are not what their moves add up to; the stock page says which. */
  | { readonly kind: "stock-disagreed"; readonly count: number };
