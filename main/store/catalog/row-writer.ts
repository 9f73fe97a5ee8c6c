import type Database from "better-sqlite3";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import { areSame, type Code } from "./codes.ts";
import type { ImportReport, ImportRow } from "./import-items.ts";
import { indexAgain, indexedThrough } from "./unindexed.ts";

/** Writes one item with its codes and how it is spoken; answers the codes it took from others. Its words are made by whoever fills the index. */
export function rowWriter(db: Database.Database): (row: ImportRow, sound: string) => ImportReport["movedBarcodes"] {
  // Two statements for what is one thing: an upsert with RETURNING keeps its row in a table of its own first.
  const insert = db.prepare(`
    INSERT INTO items (sku, name_zh, name_en, category_id, unit, price_fen, tax_class, scale_code, is_favourite, sound)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare(`
    UPDATE items SET name_zh = ?, name_en = ?, category_id = ?, unit = ?, price_fen = ?, tax_class = ?, scale_code = ?,
      is_favourite = ?, sound = ? WHERE item_id = ?`);
  const freeScaleCode = db.prepare("UPDATE items SET scale_code = NULL WHERE scale_code = ? AND sku <> ?");
  const knownAs = db.prepare<[string], { item_id: number; name_zh: string; name_en: string }>(
    "SELECT item_id, name_zh, name_en FROM items WHERE sku = ?",
  );
  const codesOf = db.prepare<[number], Code>("SELECT barcode, count FROM barcodes WHERE item_id = ?");
  const dropBarcodes = db.prepare("DELETE FROM barcodes WHERE item_id = ?");
  const ownerOf = db.prepare<[string], number>("SELECT item_id FROM barcodes WHERE barcode = ?").pluck();
  const skuOf = db.prepare<[number], string>("SELECT sku FROM items WHERE item_id = ?").pluck();
  const putBarcode = db.prepare("INSERT INTO barcodes (barcode, item_id, count) VALUES (?, ?, ?)");
  const takeBarcode = db.prepare("UPDATE barcodes SET item_id = ?, count = ? WHERE barcode = ?");
  const mark = db.prepare(indexAgain);
  const through = db.prepare<[], number>(indexedThrough).pluck();

  return ({ item, barcodes }, sound) => {
    const { sku, nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode } = item;
    if (scaleCode !== null) freeScaleCode.run(scaleCode, sku);
    const known = knownAs.get(sku);
    const isFavourite = item.isFavourite ? 1 : 0;
    const columns = [nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite, sound];
    if (known !== undefined) update.run(...columns, known.item_id);
    const itemId = known?.item_id ?? insert.run(sku, ...columns).lastInsertRowid;
    const codes = barcodes.map(({ barcode, count }) => ({ barcode: normalizeBarcode(barcode), count }));
    const hadCodes = known === undefined ? [] : codesOf.all(known.item_id);
    const isSame = known?.name_zh === nameZh && known.name_en === nameEn && areSame(hadCodes, codes);
    if (isSame) return [];
    if (hadCodes.length > 0) dropBarcodes.run(itemId);
    const moved = [];
    for (const { barcode, count } of codes) {
      const owner = ownerOf.get(barcode);
      if (owner === undefined) {
        putBarcode.run(barcode, itemId, count);
        continue;
      }
      if (owner !== itemId) moved.push({ barcode, fromSku: skuOf.get(owner) ?? "", toSku: sku });
      takeBarcode.run(itemId, count, barcode);
    }
    // Read with each row that was there: between two transactions the index may have grown. A new one is behind all others.
    if (known !== undefined && known.item_id <= (through.get() ?? 0)) mark.run(itemId);
    return moved;
  };
}
