import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import type { CurrentPrices } from "./current-prices.ts";
import { restAfter, walPagesOfStep } from "./disk-steps.ts";
import { feedRows } from "./feed-rows.ts";
import type { FeedRowWithSound } from "./feed-sounds.ts";

/** Rows written before others get their turn: some milliseconds. */
const rowsAtOnce = 50;
/** Rows of a delta in one transaction: a step (disk-steps.ts). */
const rowsOfStep = 25;
/** Of the WAL, 32 MiB while a snapshot loads, as a million codes in any order touch every page again and again. */
const walPagesOfSnapshot = 8_192;
/** Rows taken away or prices settled per transaction. */
const changesAtOnce = 200;

/**
 * The catalogue as head office sends it. Used through a connection of its own, in a process of its own: a transaction lasts
 * over several turns of the event loop, while whoever else reads sees what was there before. A snapshot's page is one, that of
 * a delta several: up to any row it is what head office has said by then.
 */
export interface CatalogFeed {
  /** Everything up to here is in; 0 before the first row. */
  rev(): number;
  isSnapshot(): boolean;
  /** Begins at 0 again: what does not come in it is gone when it ends. */
  beginSnapshot(): void;
  /** Rows in the order of their rev, and the checkpoint behind those that are in. One page at a time. */
  apply(rows: readonly FeedRowWithSound[], through: number): Promise<void>;
  /** Takes away what the snapshot did not bring; an empty one takes nothing. */
  endSnapshot(): Promise<void>;
  /** Items and categories that are head office's. */
  liveCount(): number;
  settleDuePrices(): Promise<void>;
}

interface FeedState {
  readonly rev: number;
  readonly run: number;
  readonly is_snapshot: 0 | 1;
}

/** Applies head office's rows beside the till's own importer. */
export function catalogFeed(db: Database.Database, prices: CurrentPrices, now: () => number): CatalogFeed {
  const sql = statements(db);
  const { putIn, removeItem } = rowWriter(db, sql);

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
      const isSnapshot = state().is_snapshot === 1;
      db.pragma(`wal_autocheckpoint = ${isSnapshot ? walPagesOfSnapshot : walPagesOfStep}`);
      const step = isSnapshot ? Math.max(1, rows.length) : rowsOfStep;
      for (let from = 0; from === 0 || from < rows.length; from += step) {
        const some = rows.slice(from, from + step);
        const last = from + step < rows.length ? some.at(-1) : undefined;
        const beganMs = performance.now();
        await putIn(state().run, some, last?.row.rev ?? through);
        if (last !== undefined) await restAfter(beganMs);
      }
      prices.lookAgain();
    },
    async endSnapshot() {
      const { run } = state();
      if ((sql.live.get(run, run) ?? 0) > 0) {
        await inParts(() => {
          const gone = sql.staleItems.all(run, run, changesAtOnce);
          for (const itemId of gone) removeItem(itemId);
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

function rowWriter(db: Database.Database, sql: ReturnType<typeof statements>) {
  const rowsOf = feedRows(db);
  return {
    removeItem: rowsOf.removeItem,
    /** The rows and the checkpoint behind them: all of it or nothing. */
    async putIn(run: number, rows: readonly FeedRowWithSound[], through: number): Promise<void> {
      sql.beginPage.run();
      try {
        rowsOf.begin(run);
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          for (const row of rows.slice(from, from + rowsAtOnce)) rowsOf.put(row);
          await setImmediate();
        }
        sql.setRev.run(through);
        sql.commitPage.run();
      } catch (error) {
        // A full disk may have rolled back by itself.
        if (db.inTransaction) sql.rollbackPage.run();
        throw error;
      }
    },
  };
}

function statements(db: Database.Database) {
  return {
    beginPage: db.prepare("BEGIN IMMEDIATE"),
    commitPage: db.prepare("COMMIT"),
    rollbackPage: db.prepare("ROLLBACK"),
    state: db.prepare<[], FeedState>("SELECT rev, run, is_snapshot FROM feed"),
    setRev: db.prepare("UPDATE feed SET rev = ?"),
    begin: db.prepare("UPDATE feed SET rev = 0, run = run + 1, is_snapshot = 1"),
    end: db.prepare("UPDATE feed SET is_snapshot = 0"),
    live: db
      .prepare<[number, number], number>(
        `SELECT (SELECT count(*) FROM items WHERE feed_run = ?) + (SELECT count(*) FROM categories WHERE feed_run = ?)`,
      )
      .pluck(),
    // Two ranges of the index: `<>` would read the whole of it to find a handful.
    staleItems: db
      .prepare<[number, number, number], number>(
        `SELECT item_id FROM (SELECT item_id FROM items WHERE feed_run < ?
         UNION ALL SELECT item_id FROM items WHERE feed_run > ?) LIMIT ?`,
      )
      .pluck(),
    dropStaleCategories: db.prepare("DELETE FROM categories WHERE feed_run <> ?"),
    duePrices: db.prepare<[number, number], { sku: string; valid_from_ms: number; price_fen: number }>(
      "SELECT * FROM price_changes WHERE valid_from_ms <= ? ORDER BY valid_from_ms LIMIT ?",
    ),
    setPrice: db.prepare("UPDATE items SET price_fen = ? WHERE sku = ?"),
    dropPrice: db.prepare("DELETE FROM price_changes WHERE sku = ? AND valid_from_ms = ?"),
  };
}
