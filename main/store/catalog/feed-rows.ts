import type Database from "better-sqlite3";
import type { FeedItem, FeedRow } from "#contract/wire/feed.ts";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import { assert } from "#core/result.ts";
import { areSame, type Code } from "./codes.ts";
import type { FeedRowWithSound } from "./feed-sounds.ts";
import { indexAgain, indexedThrough } from "./unindexed.ts";

interface KnownItem {
  readonly item_id: number;
  readonly name_zh: string;
  readonly name_en: string;
  readonly category_id: string;
  readonly scale_code: string | null;
  readonly is_favourite: 0 | 1;
  readonly feed_run: number;
}

export interface FeedRows {
  /** For every transaction, at its beginning; `run` marks its rows as of this reading. */
  begin(run: number): void;
  /** Makes the file say what the row says, inside the caller's transaction. */
  put(row: FeedRowWithSound): void;
  removeItem(itemId: number): void;
}

/** Writes rows of the feed. An item that is new costs a statement, and one for each code; of one that is known, only what has changed. */
export function feedRows(db: Database.Database): FeedRows {
  const sql = statements(db);
  let run = 0;
  /** Items up to here stand in the index. */
  let through = 0;
  /** Whether any price begins later: where none does, a million rows need not ask for theirs. */
  let hasPrices = false;
  /** Behind an item that is new there is mostly another: it is put in without a look for it. */
  let areNew = false;

  function indexItemAgain(itemId: number): void {
    if (itemId <= through) sql.indexAgain.run(itemId);
  }

  function removeItem(itemId: number): void {
    sql.dropBarcodes.run(itemId);
    sql.dropItem.run(itemId);
  }

  function putItem({ id: sku, value }: { id: string; value: FeedItem }, sound: string): void {
    const { nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode } = value;
    if (scaleCode !== null) sql.freeScaleCode.run(scaleCode, sku);
    const columns = [
      ...[nameZh, nameEn, unit, priceFen, taxClass, sound, value.openPrice === undefined ? 0 : 1],
      ...[value.openPrice?.minFen ?? null, value.openPrice?.maxFen ?? null],
    ];
    const listed = [categoryId, scaleCode, value.isFavourite ? 1 : 0, run];
    const codes = value.barcodes.map(({ barcode, count }) => ({ barcode: normalizeBarcode(barcode), count }));
    const before = areNew ? undefined : sql.known.get(sku);
    const added = before === undefined ? sql.addItem.run(...columns, ...listed, sku) : null;
    areNew = added?.changes === 1;
    if (added?.changes === 1) {
      const itemId = Number(added.lastInsertRowid);
      for (const { barcode, count } of codes) sql.putBarcode.run(barcode, itemId, count);
      // An id that a row had before it was taken away.
      return indexItemAgain(itemId);
    }
    const known = before ?? sql.known.get(sku);
    assert(known !== undefined, "an item that is not new is known");
    const { item_id: itemId } = known;
    sql.updateItem.run(...columns, itemId);
    if (!isListedAs(known, listed)) sql.listItem.run(...listed, itemId);
    // A price alone has changed most of the time.
    const hasCodes = areSame(sql.codesOf.all(itemId), codes);
    if (!hasCodes) {
      sql.dropBarcodes.run(itemId);
      for (const { barcode, count } of codes) sql.putBarcode.run(barcode, itemId, count);
    }
    if (!hasCodes || known.name_zh !== nameZh || known.name_en !== nameEn) indexItemAgain(itemId);
  }

  return {
    removeItem,
    begin(ofRun) {
      run = ofRun;
      through = sql.through.get() ?? 0;
      hasPrices = sql.anyPrice.get() !== undefined;
    },
    put({ row, sound }) {
      if (row.kind === "category") return putCategory(row);
      if (row.kind !== "item") return;
      if (hasPrices) sql.dropPrices.run(row.id);
      if (row.value === null) {
        const known = sql.known.get(row.id);
        return known === undefined ? undefined : removeItem(known.item_id);
      }
      assert(sound !== null, "an item comes with its sound");
      putItem({ id: row.id, value: row.value }, sound);
      putPrices(sql, row.id, row.value.pricesFrom);
      hasPrices ||= row.value.pricesFrom.length > 0;

      function putCategory({ id, value }: Extract<FeedRow, { kind: "category" }>): void {
        if (value === null) return void sql.dropCategory.run(id);
        sql.putCategory.run(id, value.nameZh, value.nameEn, value.colour, value.sort, run);
      }
    },
  };
}

/** Whether the indexes have it where it belongs. */
function isListedAs(known: KnownItem, listed: readonly unknown[]): boolean {
  const { category_id: categoryId, scale_code: scaleCode, is_favourite: isFavourite, feed_run: run } = known;
  return [categoryId, scaleCode, isFavourite, run].every((value, at) => value === listed[at]);
}

function putPrices(
  { putPrice }: Pick<ReturnType<typeof statements>, "putPrice">,
  sku: string,
  pricesFrom: FeedItem["pricesFrom"],
): void {
  for (const { validFrom, priceFen } of pricesFrom) {
    const fromMs = Date.parse(validFrom);
    // A time nobody can read begins never; the price of now is in the item.
    if (!Number.isNaN(fromMs)) putPrice.run(sku, fromMs, priceFen);
  }
}

function statements(db: Database.Database) {
  return {
    known: db.prepare<[string], KnownItem>(
      "SELECT item_id, name_zh, name_en, category_id, scale_code, is_favourite, feed_run FROM items WHERE sku = ?",
    ),
    codesOf: db.prepare<[number], Code>("SELECT barcode, count FROM barcodes WHERE item_id = ?"),
    addItem: db.prepare(`
      INSERT INTO items (name_zh, name_en, unit, price_fen, tax_class, sound, is_open_price, min_price_fen, max_price_fen,
        category_id, scale_code, is_favourite, feed_run, sku)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sku) DO NOTHING`),
    updateItem: db.prepare(`
      UPDATE items SET name_zh = ?, name_en = ?, unit = ?, price_fen = ?, tax_class = ?, sound = ?, is_open_price = ?,
        min_price_fen = ?, max_price_fen = ? WHERE item_id = ?`),
    // Apart: each of these is in an index, and SQLite writes that anew, a page for each, where a statement names it.
    listItem: db.prepare(
      "UPDATE items SET category_id = ?, scale_code = ?, is_favourite = ?, feed_run = ? WHERE item_id = ?",
    ),
    freeScaleCode: db.prepare("UPDATE items SET scale_code = NULL WHERE scale_code = ? AND sku <> ?"),
    // The last item named keeps a code.
    putBarcode: db.prepare("INSERT OR REPLACE INTO barcodes (barcode, item_id, count) VALUES (?, ?, ?)"),
    dropBarcodes: db.prepare("DELETE FROM barcodes WHERE item_id = ?"),
    indexAgain: db.prepare(indexAgain),
    through: db.prepare<[], number>(indexedThrough).pluck(),
    dropItem: db.prepare("DELETE FROM items WHERE item_id = ?"),
    anyPrice: db.prepare<[], number>("SELECT 1 FROM price_changes LIMIT 1").pluck(),
    dropPrices: db.prepare("DELETE FROM price_changes WHERE sku = ?"),
    putPrice: db.prepare("INSERT OR REPLACE INTO price_changes (sku, valid_from_ms, price_fen) VALUES (?, ?, ?)"),
    putCategory: db.prepare(`
      INSERT INTO categories (category_id, name_zh, name_en, colour, sort, feed_run) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (category_id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        colour = excluded.colour, sort = excluded.sort, feed_run = excluded.feed_run`),
    dropCategory: db.prepare("DELETE FROM categories WHERE category_id = ?"),
  };
}
