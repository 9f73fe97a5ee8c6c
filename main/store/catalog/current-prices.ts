import type Database from "better-sqlite3";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { itemOf, type ItemRow } from "./item-row.ts";

/** Items with the price of this moment: tomorrow's arrived today, and begins on time without any network. */
export interface CurrentPrices {
  readonly itemOf: (row: ItemRow) => Item;
  /** After price changes were written or settled. */
  lookAgain(): void;
  /** When the next one begins, or began and is not settled; Infinity for none. Milliseconds since 1970. */
  nextDueMs(): number;
}

export function currentPrices(db: Database.Database, now: () => number): CurrentPrices {
  const first = db.prepare<[], number | null>("SELECT min(valid_from_ms) FROM price_changes").pluck();
  const due = db
    .prepare<[string, number], number>(
      "SELECT price_fen FROM price_changes WHERE sku = ? AND valid_from_ms <= ? ORDER BY valid_from_ms DESC LIMIT 1",
    )
    .pluck();
  let nextDueMs = first.get() ?? Infinity;
  return {
    itemOf(row) {
      const item = itemOf(row);
      const nowMs = now();
      // Most of the time nothing is due, and a scan pays one comparison.
      if (nowMs < nextDueMs) return item;
      const priceFen = due.get(row.sku, nowMs);
      return priceFen === undefined ? item : { ...item, priceFen: fen(priceFen) };
    },
    lookAgain() {
      nextDueMs = first.get() ?? Infinity;
    },
    nextDueMs: () => nextDueMs,
  };
}
