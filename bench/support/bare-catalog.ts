import { join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { sampleCatalog } from "./sample-catalog.ts";

/** As many as a page of the feed has. */
const rowsAtOnce = 1_000;

/**
 * The same rows into a file of the same shape, a page in one transaction and nothing around it: what SQLite alone takes.
 * Milliseconds.
 */
export function insertBare(directory: string, count: number): number {
  const path = join(directory, "bare.db");
  const shape = openCatalogStore({ path });
  assert(shape.ok, "a scratch file takes its shape");
  shape.value.close();
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = NORMAL");
  const putItem = db.prepare(`
    INSERT INTO items (sku, name_zh, name_en, category_id, unit, price_fen, tax_class, scale_code, is_favourite, feed_run)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`);
  const putBarcode = db.prepare("INSERT INTO barcodes (barcode, item_id, count) VALUES (?, ?, ?)");
  const write = db.transaction((rows: readonly ImportRow[]) => {
    for (const { item, barcodes } of rows) {
      const { sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite } = item;
      const { lastInsertRowid: id } = putItem.run(
        ...[sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite ? 1 : 0],
      );
      for (const { barcode, count: pieces } of barcodes) putBarcode.run(barcode, id, pieces);
    }
  });
  let tookMs = 0;
  let page: ImportRow[] = [];
  const flush = (): void => {
    const beganMs = performance.now();
    write(page);
    tookMs += performance.now() - beganMs;
    page = [];
  };
  for (const row of sampleCatalog(count)) {
    page.push(row);
    if (page.length === rowsAtOnce) flush();
  }
  if (page.length > 0) flush();
  db.close();
  return tookMs;
}
