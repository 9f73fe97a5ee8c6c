import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import type { Category, Item } from "#core/catalog/item.ts";
import { searchWords } from "./search-words.ts";

/** An item as an import brings it, with every code it is sold under. */
export interface ImportRow {
  readonly item: Item;
  readonly barcodes: readonly { readonly barcode: string; readonly count: number }[];
}

export interface ImportReport {
  readonly itemCount: number;
  /** Codes that belonged to another item before: the last item named keeps the code. */
  readonly movedBarcodes: readonly { readonly barcode: string; readonly fromSku: string; readonly toSku: string }[];
}

/** Items per transaction: about 20 ms, so that a scan in the middle of an import still answers within a frame. */
const batchSize = 100;

/** Writes the rows in short transactions, letting others run between them; an item with a known sku is replaced whole. */
export type ImportItems = (rows: Iterable<ImportRow>, onProgress: (itemsDone: number) => void) => Promise<ImportReport>;

export function importItems(db: Database.Database): ImportItems {
  const write = rowWriter(db);
  const writeBatch = db.transaction((batch: readonly ImportRow[]) => batch.flatMap(write));

  return async (rows, onProgress) => {
    const movedBarcodes: ImportReport["movedBarcodes"][number][] = [];
    let itemCount = 0;
    let batch: ImportRow[] = [];
    async function flush(): Promise<void> {
      movedBarcodes.push(...writeBatch.immediate(batch));
      itemCount += batch.length;
      batch = [];
      onProgress(itemCount);
      await setImmediate();
    }
    for (const row of rows) {
      batch.push(row);
      if (batch.length === batchSize) await flush();
    }
    if (batch.length > 0) await flush();
    return { itemCount, movedBarcodes };
  };
}

/** Replaces the categories; items keep the id of theirs. `sort` is their order here. */
export function importCategories(db: Database.Database): (categories: readonly Category[]) => void {
  const clear = db.prepare("DELETE FROM categories");
  const insert = db.prepare(
    "INSERT INTO categories (category_id, name_zh, name_en, colour, sort) VALUES (?, ?, ?, ?, ?)",
  );
  const replace = db.transaction((categories: readonly Category[]) => {
    clear.run();
    for (const [sort, { id, nameZh, nameEn, colour }] of categories.entries())
      insert.run(id, nameZh, nameEn, colour, sort);
  });
  return (categories) => replace.immediate(categories);
}

function rowWriter(db: Database.Database): (row: ImportRow) => ImportReport["movedBarcodes"] {
  const upsert = db
    .prepare<unknown[], number>(`
    INSERT INTO items (sku, name_zh, name_en, category_id, unit, price_fen, tax_class, scale_code, is_favourite)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (sku) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
      category_id = excluded.category_id, unit = excluded.unit, price_fen = excluded.price_fen,
      tax_class = excluded.tax_class, scale_code = excluded.scale_code, is_favourite = excluded.is_favourite
    RETURNING item_id`)
    .pluck();
  const freeScaleCode = db.prepare("UPDATE items SET scale_code = NULL WHERE scale_code = ? AND sku <> ?");
  const dropBarcodes = db.prepare("DELETE FROM barcodes WHERE item_id = ?");
  const ownerOf = db
    .prepare<[string], string>("SELECT sku FROM barcodes JOIN items USING (item_id) WHERE barcode = ?")
    .pluck();
  const putBarcode = db.prepare("INSERT OR REPLACE INTO barcodes (barcode, item_id, count) VALUES (?, ?, ?)");
  const index = db.prepare("INSERT OR REPLACE INTO search (rowid, head, zh, word, py, code) VALUES (?, ?, ?, ?, ?, ?)");

  return ({ item, barcodes }) => {
    const { sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode } = item;
    if (scaleCode !== null) freeScaleCode.run(scaleCode, sku);
    const itemId = upsert.get(
      ...[sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, item.isFavourite ? 1 : 0],
    );
    dropBarcodes.run(itemId);
    const codes = barcodes.map(({ barcode, count }) => ({ barcode: normalizeBarcode(barcode), count }));
    const moved = [];
    for (const { barcode, count } of codes) {
      const fromSku = ownerOf.get(barcode);
      if (fromSku !== undefined && fromSku !== sku) moved.push({ barcode, fromSku, toSku: sku });
      putBarcode.run(barcode, itemId, count);
    }
    const words = searchWords({ sku, nameZh, nameEn, barcodes: codes.map(({ barcode }) => barcode) });
    index.run(itemId, words.head, words.zh, words.word, words.py, words.code);
    return moved;
  };
}
