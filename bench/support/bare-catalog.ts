import { join } from "node:path";
import Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { indexWords } from "#main/store/catalog/index-words.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { sampleCatalog } from "./sample-catalog.ts";

/** As many as a page of the feed has. */
const rowsAtOnce = 1_000;

/**
 * The same rows, with their words ready, into a file of the same shape, a page in one transaction and nothing around it:
 * what SQLite alone takes. Milliseconds; making the words is not counted.
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
  const putWords = db.prepare("INSERT INTO search (rowid, head, zh, word, py, code) VALUES (?, ?, ?, ?, ?, ?)");
  const ready = function* () {
    for (const { item, barcodes } of sampleCatalog(count)) {
      const { sku, nameZh, nameEn } = item;
      const words = indexWords({ sku, nameZh, nameEn, barcodes: barcodes.map(({ barcode }) => barcode) });
      yield { item, barcodes, words };
    }
  };
  type Ready = typeof ready extends () => Generator<infer R> ? R : never;
  const write = db.transaction((rows: readonly Ready[]) => {
    for (const { item, barcodes, words } of rows) {
      const { sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite } = item;
      const { lastInsertRowid: id } = putItem.run(
        ...[sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite ? 1 : 0],
      );
      for (const { barcode, count: pieces } of barcodes) putBarcode.run(barcode, id, pieces);
      putWords.run(id, words.head, words.zh, words.word, words.py, words.code);
    }
  });
  let tookMs = 0;
  let page: Ready[] = [];
  const flush = (): void => {
    const beganMs = performance.now();
    write(page);
    tookMs += performance.now() - beganMs;
    page = [];
  };
  for (const row of ready()) {
    page.push(row);
    if (page.length === rowsAtOnce) flush();
  }
  if (page.length > 0) flush();
  db.close();
  return tookMs;
}
