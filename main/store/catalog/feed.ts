import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import type { FeedItem, FeedRow } from "#contract/wire/feed.ts";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { CatalogFeed } from "#main/till/ports/catalog-feed.ts";
import type { CurrentPrices } from "./current-prices.ts";
import type { ImportRow } from "./import-items.ts";

/** Rows per transaction: about two milliseconds of words and indexes, so that a scan in between waits for nobody. */
const rowsAtOnce = 10;
/** Rows taken away or prices settled per transaction: these make no words. */
const changesAtOnce = 200;

interface FeedState {
  readonly rev: number;
  readonly run: number;
  readonly is_snapshot: 0 | 1;
}

/** Applies head office's rows beside the till's own importer, with the checkpoint in the transaction of its rows. */
export function catalogFeed(db: Database.Database, prices: CurrentPrices, now: () => number): CatalogFeed {
  const sql = statements(db);

  function state(): FeedState {
    const row = sql.state.get();
    assert(row !== undefined, "feed has its one row");
    return row;
  }

  /** Runs `work` on a few until it has nothing left. */
  async function inParts(work: () => number): Promise<void> {
    const part = db.transaction(work);
    while (part.immediate() > 0) await setImmediate();
  }

  return {
    rev: () => state().rev,
    isSnapshot: () => state().is_snapshot === 1,
    beginSnapshot: () => void sql.begin.run(),
    async apply(rows, through) {
      // The dictionary of pinyin is loaded with the first rows, not with the till.
      const { rowWriter } = await import("./row-writer.ts");
      const put = putRow(sql, rowWriter(db));
      const part = db.transaction((some: readonly FeedRow[], rev: number) => {
        const { run } = state();
        for (const row of some) put(row, run);
        sql.setRev.run(rev);
      });
      for (let from = 0; from < rows.length || from === 0; from += rowsAtOnce) {
        const some = rows.slice(from, from + rowsAtOnce);
        const isLast = from + rowsAtOnce >= rows.length;
        part.immediate(some, isLast ? through : (some.at(-1)?.rev ?? through));
        await setImmediate();
      }
      prices.lookAgain();
    },
    async endSnapshot() {
      const { run } = state();
      if ((sql.live.get(run, run) ?? 0) > 0) {
        await inParts(() => {
          const gone = sql.staleItems.all(run, changesAtOnce);
          for (const itemId of gone) removeItem(sql, itemId);
          return gone.length;
        });
        sql.dropStaleCategories.run(run);
      }
      sql.end.run();
    },
    liveCount() {
      const { run } = state();
      return sql.live.get(run, run) ?? 0;
    },
    async settleDuePrices() {
      if (now() < prices.nextDueMs()) return;
      const nowMs = now();
      await inParts(() => {
        // Oldest first, so that the newest of one item is the one that stays.
        const due = sql.duePrices.all(nowMs, changesAtOnce);
        for (const { sku, valid_from_ms: fromMs, price_fen: priceFen } of due) {
          sql.setPrice.run(priceFen, sku);
          sql.dropPrice.run(sku, fromMs);
        }
        return due.length;
      });
      prices.lookAgain();
    },
  };
}

type Statements = ReturnType<typeof statements>;

function statements(db: Database.Database) {
  return {
    state: db.prepare<[], FeedState>("SELECT rev, run, is_snapshot FROM feed"),
    setRev: db.prepare("UPDATE feed SET rev = ?"),
    begin: db.prepare("UPDATE feed SET rev = 0, run = run + 1, is_snapshot = 1"),
    end: db.prepare("UPDATE feed SET is_snapshot = 0"),
    live: db
      .prepare<[number, number], number>(
        `SELECT (SELECT count(*) FROM items WHERE feed_run = ?) + (SELECT count(*) FROM categories WHERE feed_run = ?)`,
      )
      .pluck(),
    markItem: db.prepare("UPDATE items SET feed_run = ? WHERE sku = ?"),
    itemId: db.prepare<[string], number>("SELECT item_id FROM items WHERE sku = ?").pluck(),
    staleItems: db.prepare<[number, number], number>("SELECT item_id FROM items WHERE feed_run <> ? LIMIT ?").pluck(),
    dropItem: db.prepare("DELETE FROM items WHERE item_id = ?"),
    dropBarcodes: db.prepare("DELETE FROM barcodes WHERE item_id = ?"),
    dropWords: db.prepare("DELETE FROM search WHERE rowid = ?"),
    putCategory: db.prepare(`
      INSERT INTO categories (category_id, name_zh, name_en, colour, sort, feed_run) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (category_id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
        colour = excluded.colour, sort = excluded.sort, feed_run = excluded.feed_run`),
    dropCategory: db.prepare("DELETE FROM categories WHERE category_id = ?"),
    dropStaleCategories: db.prepare("DELETE FROM categories WHERE feed_run <> ?"),
    dropPrices: db.prepare("DELETE FROM price_changes WHERE sku = ?"),
    putPrice: db.prepare("INSERT OR REPLACE INTO price_changes (sku, valid_from_ms, price_fen) VALUES (?, ?, ?)"),
    duePrices: db.prepare<[number, number], { sku: string; valid_from_ms: number; price_fen: number }>(
      "SELECT * FROM price_changes WHERE valid_from_ms <= ? ORDER BY valid_from_ms LIMIT ?",
    ),
    setPrice: db.prepare("UPDATE items SET price_fen = ? WHERE sku = ?"),
    dropPrice: db.prepare("DELETE FROM price_changes WHERE sku = ? AND valid_from_ms = ?"),
  };
}

function putRow(sql: Statements, write: (row: ImportRow) => unknown) {
  return (row: FeedRow, run: number): void => {
    if (row.kind === "item") {
      sql.dropPrices.run(row.id);
      if (row.value === null) return dropSku(sql, row.id);
      write(importRow(row.id, row.value));
      sql.markItem.run(run, row.id);
      for (const { validFrom, priceFen } of row.value.pricesFrom) {
        const fromMs = Date.parse(validFrom);
        // A time nobody can read begins never; the price of now is in the item.
        if (!Number.isNaN(fromMs)) sql.putPrice.run(row.id, fromMs, priceFen);
      }
    } else if (row.kind === "category") {
      if (row.value === null) return void sql.dropCategory.run(row.id);
      const { nameZh, nameEn, colour, sort } = row.value;
      sql.putCategory.run(row.id, nameZh, nameEn, colour, sort, run);
    }
  };
}

function importRow(sku: string, value: FeedItem): ImportRow {
  const { nameZh, nameEn, categoryId, unit, priceFen, taxClass, scaleCode, isFavourite, barcodes } = value;
  const item = { sku, nameZh, nameEn, categoryId, unit, priceFen: fen(priceFen), taxClass, scaleCode, isFavourite };
  return { item, barcodes };
}

function dropSku(sql: Statements, sku: string): void {
  const itemId = sql.itemId.get(sku);
  if (itemId !== undefined) removeItem(sql, itemId);
}

function removeItem(sql: Statements, itemId: number): void {
  sql.dropBarcodes.run(itemId);
  sql.dropWords.run(itemId);
  sql.dropItem.run(itemId);
}
