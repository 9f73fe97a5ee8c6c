import { fixedNumberOf, spellingsOf } from "#core/barcode/spellings.ts";
import type { ItemMatch } from "#core/catalog/item.ts";
import type { CatalogStore } from "#main/till/ports/catalog-store.ts";

type Lookup = Pick<CatalogStore, "findByBarcode">;

/** The item of a barcode, whichever length of its number the catalogue was given. */
export function findByAnySpelling(catalog: Lookup, barcode: string): ItemMatch | null {
  for (const spelling of spellingsOf(barcode)) {
    const match = catalog.findByBarcode(spelling);
    if (match !== null) return match;
  }
  return null;
}

/** The item of a GTIN-14; a weighed one may be listed under its fixed number instead. */
export function findByGtin(catalog: Lookup, gtin: string): ItemMatch | null {
  const match = findByAnySpelling(catalog, gtin);
  if (match !== null) return match;
  const fixedNumber = fixedNumberOf(gtin);
  const fixed = fixedNumber === null ? null : findByAnySpelling(catalog, fixedNumber);
  return fixed?.item.unit === "kg" ? fixed : null;
}
