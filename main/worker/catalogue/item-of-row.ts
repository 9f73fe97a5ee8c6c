import type { ImportRow } from "#core/catalog/import/read-row.ts";
import type { Item } from "#core/catalog/item.ts";
import { areSameLimits } from "#core/catalog/open-price.ts";
import { fen } from "#core/money/fen.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";

/**
 * The item a row makes of the one that was there, or anew. What a list does not say stays: the English name, the category,
 * unit, tax class and scale code, whether it is a favourite, and its barcodes, those of one piece and of several.
 */
export function itemOfRow(row: ImportRow, before: ItemRecord | null, categoryId: string): ItemRecord {
  const packs = row.packs.length > 0 ? row.packs : (before?.codes.filter(({ count }) => count > 1) ?? []);
  const codes = new Map(packs.map(({ barcode, count }) => [barcode, count]));
  const pieces = before?.codes.flatMap(({ barcode, count }) => (count === 1 ? [barcode] : [])) ?? [];
  for (const barcode of row.barcodes.length > 0 ? row.barcodes : pieces) if (!codes.has(barcode)) codes.set(barcode, 1);
  return {
    item: {
      ...{ sku: row.sku, nameZh: row.nameZh, categoryId, priceFen: fen(row.priceFen) },
      nameEn: row.nameEn === "" ? (before?.item.nameEn ?? "") : row.nameEn,
      unit: row.unit ?? before?.item.unit ?? "piece",
      taxClass: row.taxClass ?? before?.item.taxClass ?? "standard",
      scaleCode: row.scaleCode ?? before?.item.scaleCode ?? null,
      isFavourite: row.isFavourite ?? before?.item.isFavourite ?? false,
      ...openPriceOf(row, before),
    },
    codes: [...codes].map(([barcode, count]) => ({ barcode, count })),
  };
}

/** As the row says it, or as it was; goods that are weighed have none. */
function openPriceOf({ openPrice, unit }: ImportRow, before: ItemRecord | null): Pick<Item, "openPrice"> {
  if (openPrice === false || (unit ?? before?.item.unit) === "kg") return {};
  const limits = openPrice ?? before?.item.openPrice;
  return limits === undefined ? {} : { openPrice: limits };
}

/** Whether writing `after` over `before` would change nothing. */
export function isSameItem(before: ItemRecord, after: ItemRecord): boolean {
  const one: Readonly<Record<string, unknown>> = { ...before.item };
  const isSame = Object.entries(after.item).every(([key, value]) => key === "openPrice" || one[key] === value);
  if (!isSame || !areSameLimits(before.item.openPrice, after.item.openPrice)) return false;
  if (before.codes.length !== after.codes.length) return false;
  const counts = new Map(before.codes.map(({ barcode, count }) => [barcode, count]));
  return after.codes.every(({ barcode, count }) => counts.get(barcode) === count);
}
