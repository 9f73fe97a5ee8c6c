import type Database from "better-sqlite3";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import type { CatalogBrowser, ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { itemColumns, itemOf, type ItemRow } from "./item-row.ts";

const mostTaxClasses = 100;
/** Items looked at for their tax classes between two pauses: some ms, where a million of them are a second in one piece. */
const itemsAtOnce = 20_000;

type RowWithId = ItemRow & { readonly item_id: number; readonly image: string | null };

/** Reads the catalogue for whoever edits it: the item's own price, not one that begins later. */
export function catalogBrowser(db: Database.Database): CatalogBrowser {
  const sql = statements(db);
  const record = (row: RowWithId): ItemRecord => ({
    ...{ item: itemOf(row), codes: sql.codes.all(row.item_id) },
    ...(row.image === null ? {} : { image: row.image }),
  });
  return {
    record(sku) {
      const row = sql.bySku.get(sku);
      return row === undefined ? null : record(row);
    },
    page: (categoryId, afterSku, limit) =>
      (categoryId === null
        ? sql.all.all(afterSku ?? "", limit)
        : sql.ofCategory.all(categoryId, afterSku ?? "", limit)
      ).map(itemOf),
    recordsAfter: (afterSku, limit) => sql.all.all(afterSku, limit).map(record),
    skuOfBarcode: (barcode) => sql.ofBarcode.get(normalizeBarcode(barcode)) ?? null,
    skuOfScaleCode: (scaleCode) => sql.ofScaleCode.get(scaleCode) ?? null,
    categories: () =>
      sql.categories.all().map(({ category_id: id, name_zh: nameZh, name_en: nameEn, colour }) => {
        return { id, nameZh, nameEn, colour };
      }),
    itemsIn: (categoryId) => sql.countIn.get(categoryId) ?? 0,
    async taxClasses(pause) {
      const found = new Set<string>();
      const last = sql.lastItem.get() ?? 0;
      for (let from = 0; from < last && found.size < mostTaxClasses; from += itemsAtOnce) {
        for (const name of sql.taxClasses.all(from, from + itemsAtOnce, mostTaxClasses)) found.add(name);
        await pause();
      }
      return [...found].slice(0, mostTaxClasses);
    },
  };
}

function statements(db: Database.Database) {
  const items = `SELECT item_id, image, ${itemColumns} FROM items`;
  return {
    bySku: db.prepare<[string], RowWithId>(`${items} WHERE sku = ?`),
    codes: db.prepare<[number], ItemRecord["codes"][number]>(
      "SELECT barcode, count FROM barcodes WHERE item_id = ? ORDER BY count, barcode",
    ),
    all: db.prepare<[string, number], RowWithId>(`${items} WHERE sku > ? ORDER BY sku LIMIT ?`),
    ofCategory: db.prepare<[string, string, number], RowWithId>(
      `${items} WHERE category_id = ? AND sku > ? ORDER BY sku LIMIT ?`,
    ),
    // A list asks it of a million codes: as a join it takes seven times as long.
    ofBarcode: db
      .prepare<[string], string>(
        "SELECT (SELECT sku FROM items WHERE items.item_id = barcodes.item_id) FROM barcodes WHERE barcode = ?",
      )
      .pluck(),
    ofScaleCode: db.prepare<[string], string>("SELECT sku FROM items WHERE scale_code = ?").pluck(),
    categories: db.prepare<[], { category_id: string; name_zh: string; name_en: string; colour: number }>(
      "SELECT category_id, name_zh, name_en, colour FROM categories ORDER BY sort",
    ),
    countIn: db.prepare<[string], number>("SELECT count(*) FROM items WHERE category_id = ?").pluck(),
    lastItem: db.prepare<[], number | null>("SELECT max(item_id) FROM items").pluck(),
    taxClasses: db
      .prepare<[number, number, number], string>(
        "SELECT DISTINCT tax_class FROM items WHERE item_id > ? AND item_id <= ? LIMIT ?",
      )
      .pluck(),
  };
}
