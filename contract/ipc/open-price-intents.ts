import { z } from "zod";
import type { PriceLimits, TypedPriceFault } from "#core/catalog/open-price.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Milli } from "#core/quantity/quantity.ts";

/** 开放价: goods whose price the cashier types as they are rung up. */
export const openPriceSchemas = {
  /** Of one piece. */
  "type-price": z.strictObject({ priceFen: z.int().min(0).max(1_000_000_000) }),
  /** Nothing of the goods was in the sale: they are simply not rung up. */
  "leave-price": z.strictObject({}),
} as const;

/** The goods that wait for their price. */
export interface AskedPriceView extends PriceLimits {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly quantity: Milli;
  /** What the catalogue has, as advice beside the field; never taken by itself. */
  readonly usualFen: Fen;
}

export type PlainOpenPriceFault =
  /** Goods wait for their price already: they would be lost without a word. */
  | "price-asked"
  | "no-price-asked"
  /** The lower limit is above the upper one. */
  | "price-limits-crossed"
  /** What is weighed has a price per kilogram. */
  | "open-price-by-weight";

export type OpenPriceFault = TypedPriceFault;
