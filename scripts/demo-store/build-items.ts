import { readCatalogueLine } from "./catalogue-line.ts";
import type { CatalogueEntry } from "./catalogue-line.ts";
import { BarcodeAllocator, spread } from "./gtin.ts";
import type { DemoCategory, DemoItem } from "./item.ts";

const SKUS_PER_CATEGORY = 10_000;
const FIRST_SKU = 100_000;
const FIRST_SCALE_CODE = 10_001;
/** One item in twenty was printed with a second barcode when its package changed; a third of those with a third. */
const REPRINT_EVERY = 20;
const SECOND_REPRINT_EVERY = 60;

/**
 * Builds the demo store's items from the catalogue texts: same texts, same items, in the same order.
 * Throws with category and line number where a text cannot be read.
 */
export function buildItems(
  categories: readonly DemoCategory[],
  catalogueOf: (categoryId: string) => string,
): readonly DemoItem[] {
  const barcodes = new BarcodeAllocator();
  let weighed = 0;
  return [...categories]
    .sort((a, b) => a.sort - b.sort)
    .flatMap((category) =>
      readCatalogue(category.id, catalogueOf(category.id)).map((entry, index): DemoItem => {
        const sku = String(FIRST_SKU + (category.sort - 1) * SKUS_PER_CATEGORY + index + 1);
        const scaleCode = entry.size.isWeighed ? String(FIRST_SCALE_CODE + weighed++) : undefined;
        return numbered(entry, { sku, category: category.id, scaleCode }, barcodes);
      }),
    );
}

/** The items as the text of items.jsonl: one JSON object per line, a newline at the end. */
export function printItems(items: readonly DemoItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}

function readCatalogue(categoryId: string, text: string): readonly CatalogueEntry[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "" || line.startsWith("#")) return [];
    try {
      return readCatalogueLine(line);
    } catch (cause) {
      throw new Error(`catalogue/${categoryId}.txt line ${index + 1}`, { cause });
    }
  });
}

function numbered(
  entry: CatalogueEntry,
  place: { readonly sku: string; readonly category: string; readonly scaleCode: string | undefined },
  barcodes: BarcodeAllocator,
): DemoItem {
  const own = ownBarcodes(entry, place.sku, barcodes);
  const pack = entry.packCounts.map((count) => ({ barcode: barcodes.nextEan13(entry.brand), count }));
  return {
    sku: place.sku,
    zh: entry.zh,
    en: entry.en,
    category: place.category,
    unit: entry.size.isWeighed ? "kg" : "piece",
    priceFen: entry.priceFen,
    barcodes: own,
    taxClass: entry.taxClass,
    ...(pack.length > 0 && { pack }),
    ...(place.scaleCode !== undefined && { scaleCode: place.scaleCode }),
    ...(entry.isFavourite && { favourite: true }),
  };
}

function ownBarcodes(entry: CatalogueEntry, sku: string, barcodes: BarcodeAllocator): readonly string[] {
  if (entry.barcode === "none") return [];
  if (entry.barcode === "ean8") return [barcodes.nextEan8()];
  const prints = 1 + Number(spread(sku, REPRINT_EVERY) === 0) + Number(spread(sku, SECOND_REPRINT_EVERY) === 0);
  return Array.from({ length: prints }, () => barcodes.nextEan13(entry.brand));
}
