import type Database from "better-sqlite3";
import { knownBy, movesOf } from "#core/stock/stock-move.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";

/**
 * Keeps the levels: called inside the transaction that writes the entry, so that a sale and what it took from the shelf
 * are on disk together or not at all.
 */
export function stockLedger(db: Database.Database): (entry: JournalDraft, position: number) => void {
  const insert = db.prepare(
    "INSERT INTO stock_moves (sku, position, part, kind, quantity_milli) VALUES (?, ?, ?, ?, ?)",
  );
  const add = db.prepare(`
    INSERT INTO stock_levels (sku, level_milli) VALUES (?, ?)
    ON CONFLICT (sku) DO UPDATE SET level_milli = level_milli + excluded.level_milli`);
  const know = db.prepare(`
    INSERT INTO stock_levels (sku, is_known) VALUES (?, 1) ON CONFLICT (sku) DO UPDATE SET is_known = 1`);
  return (entry, position) => {
    let part = 0;
    for (const { sku, kind, quantityMilli } of movesOf(entry)) {
      insert.run(sku, position, (part += 1), kind, quantityMilli);
      add.run(sku, quantityMilli);
    }
    for (const sku of knownBy(entry)) know.run(sku);
  };
}
