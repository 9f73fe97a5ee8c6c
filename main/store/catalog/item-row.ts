import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import type { Unit } from "#core/quantity/quantity.ts";

export interface ItemRow {
  readonly sku: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly category_id: string;
  readonly unit: Unit;
  readonly price_fen: number;
  readonly tax_class: string;
  readonly scale_code: string | null;
  readonly is_favourite: 0 | 1;
  readonly is_open_price: 0 | 1;
  readonly min_price_fen: number | null;
  readonly max_price_fen: number | null;
}

/** The columns of an `ItemRow`, for the SELECTs. */
export const itemColumns =
  "sku, name_zh, name_en, category_id, unit, price_fen, tax_class, scale_code, is_favourite, is_open_price, min_price_fen, max_price_fen";

export function itemOf(row: ItemRow): Item {
  return {
    sku: row.sku,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    categoryId: row.category_id,
    unit: row.unit,
    priceFen: fen(row.price_fen),
    taxClass: row.tax_class,
    scaleCode: row.scale_code,
    isFavourite: row.is_favourite === 1,
    ...openPriceOf(row),
  };
}

/** Goods that are weighed by now have a price per kilogram, whatever they had before. */
function openPriceOf({ is_open_price, unit, min_price_fen, max_price_fen }: ItemRow): Pick<Item, "openPrice"> {
  if (is_open_price === 0 || unit === "kg") return {};
  const limit = (priceFen: number | null) => (priceFen === null ? null : fen(priceFen));
  return { openPrice: { minFen: limit(min_price_fen), maxFen: limit(max_price_fen) } };
}
