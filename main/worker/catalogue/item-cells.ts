import { imageFileName } from "#core/item-image/image-name.ts";
import { type ImportField } from "#core/catalog/import/columns.ts";
import type { Category } from "#core/catalog/item.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";
import type { CatalogueKey } from "./import-texts.ts";

/** Columns of an exported list that an import knows by their headings, in their order. */
const importedFields = [
  ...(["sku", "nameZh", "nameEn", "category", "unit", "price", "barcode", "pack", "taxClass", "scaleCode"] as const),
  ...(["favourite", "openPrice", "minPrice", "maxPrice"] as const),
] as const satisfies readonly ImportField[];

/** Behind them the file of the item's image in the till's folder of images; an import passes it over. */
export const exportedFields = [...importedFields, "image"] as const;

/** An item as the cells of a list that can be imported again. The price is in fen. */
export function cellsOfItem(
  { item, codes, image }: ItemRecord,
  categories: ReadonlyMap<string, Category>,
  text: (key: CatalogueKey) => string,
): Readonly<Record<Exclude<(typeof exportedFields)[number], "price">, string>> & { readonly priceFen: number } {
  const pieces = codes.filter(({ count }) => count === 1).map(({ barcode }) => barcode);
  const packs = codes.filter(({ count }) => count > 1).map(({ barcode, count }) => `${barcode}*${count}`);
  const category = categories.get(item.categoryId);
  return {
    ...{ sku: item.sku, nameZh: item.nameZh, nameEn: item.nameEn, category: category?.nameZh ?? item.categoryId },
    unit: text(item.unit === "kg" ? "unit.kg" : "unit.piece"),
    ...{ barcode: pieces.join(" "), pack: packs.join(" ") },
    ...{ taxClass: item.taxClass, scaleCode: item.scaleCode ?? "" },
    favourite: text(item.isFavourite ? "yes" : "no"),
    image: image === undefined ? "" : imageFileName(image),
    openPrice: text(item.openPrice === undefined ? "no" : "yes"),
    minPrice: limitText(item.openPrice?.minFen),
    maxPrice: limitText(item.openPrice?.maxFen),
    priceFen: item.priceFen,
  };
}

/** Yuan as an import reads it; empty for no limit. */
function limitText(limitFen: Fen | null | undefined): string {
  return limitFen === null || limitFen === undefined ? "" : formatYuan(limitFen).replaceAll(",", "");
}
