import type { Fen } from "#core/money/fen.ts";
import type { Unit } from "#core/quantity/quantity.ts";
import type { PriceLimits } from "./open-price.ts";

/** A thing the shop sells, as the catalogue holds it. */
export interface Item {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly categoryId: string;
  readonly unit: Unit;
  /** Per piece, or per kilogram for `kg`. */
  readonly priceFen: Fen;
  readonly taxClass: string;
  /** The PLU a label scale prints into its barcodes; null for items that are not weighed. */
  readonly scaleCode: string | null;
  readonly isFavourite: boolean;
  /** 开放价: the cashier types what it costs, within these limits. Of goods sold by the piece alone; absent: `priceFen` is its price. */
  readonly openPrice?: PriceLimits;
}

/** What a barcode stands for: an item and how many of it (a carton's barcode counts 24). */
export interface ItemMatch {
  readonly item: Item;
  readonly barcode: string;
  /** Pieces per scan, at least 1. */
  readonly count: number;
}

export interface Category {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** 0–9, an index into the theme's palette. */
  readonly colour: number;
}
