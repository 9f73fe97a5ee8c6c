import type { RecountPlace, StockDisagreement, StockStore } from "#main/till/ports/stock-store.ts";
import type { Journal } from "../journal.ts";
import type { SalesDatabase } from "../sales-database.ts";

/** Moves and items of one slice: a millisecond or two, however often an item was sold. */
const movesAtOnce = 1_000;
const itemsAtOnce = 100;
/** Named in the journal and kept; more is found again once these are mended. */
const mostFound = 100;

interface MoveRow {
  readonly position: number;
  readonly part: number;
  readonly quantity_milli: number;
}

/** Before every item: no number of an item is empty. */
const beginning: RecountPlace = { sku: "", position: 0, part: 0, sum: 0 };

type Recounts = Pick<StockStore, "recountStock" | "noteStockRecount" | "stockDisagreements" | "repairStock">;

/** Levels beside what their moves add up to. */
export function stockRecount({ db, change }: SalesDatabase, journal: Journal): Recounts {
  // Both, so that neither a level without moves nor moves without a level are passed over.
  const nextSku = db
    .prepare<[string, string], string | null>(`
      SELECT min(sku) FROM (SELECT * FROM (SELECT sku FROM stock_levels WHERE sku > ? ORDER BY sku LIMIT 1)
        UNION ALL SELECT * FROM (SELECT sku FROM stock_moves WHERE sku > ? ORDER BY sku LIMIT 1))`)
    .pluck();
  const someMoves = db.prepare<[string, number, number, number], MoveRow>(`
    SELECT position, part, quantity_milli FROM stock_moves WHERE sku = ? AND (position, part) > (?, ?)
    ORDER BY position, part LIMIT ?`);
  const wholeSum = db
    .prepare<[string], number>("SELECT coalesce(sum(quantity_milli), 0) FROM stock_moves WHERE sku = ?")
    .pluck();
  const kept = db.prepare<[string], number>("SELECT level_milli FROM stock_levels WHERE sku = ?").pluck();
  const found = db.prepare<[], string | null>("SELECT found FROM stock_settings").pluck();
  const setFound = db.prepare("UPDATE stock_settings SET found = ?");
  const setLevel = db.prepare(`
    INSERT INTO stock_levels (sku, level_milli) VALUES (?, ?)
    ON CONFLICT (sku) DO UPDATE SET level_milli = excluded.level_milli`);

  function disagreements(): readonly StockDisagreement[] {
    const text = found.get() ?? null;
    // Written below alone.
    return text === null ? [] : (JSON.parse(text) as readonly StockDisagreement[]);
  }

  return {
    recountStock(from) {
      const differing: StockDisagreement[] = [];
      let at = from ?? beginning;
      let left = movesAtOnce;
      for (let items = 0; items < itemsAtOnce && left > 0; items += 1) {
        const rows = someMoves.all(at.sku, at.position, at.part, left);
        const sum = rows.reduce((all, row) => all + row.quantity_milli, at.sum);
        const last = rows.at(-1);
        // More of the same item may follow; what is sold meanwhile comes at its end and is still met.
        if (rows.length === left && last !== undefined) {
          at = { sku: at.sku, position: last.position, part: last.part, sum };
          break;
        }
        left -= rows.length;
        const level = kept.get(at.sku) ?? 0;
        if (level !== sum) differing.push({ sku: at.sku, kept: level, counted: sum });
        const sku = nextSku.get(at.sku, at.sku) ?? null;
        if (sku === null) return { next: null, found: differing };
        at = { ...beginning, sku };
      }
      return { next: at, found: differing };
    },
    noteStockRecount(all) {
      const text = all.length === 0 ? null : JSON.stringify(all.slice(0, mostFound));
      if (text === (found.get() ?? null)) return;
      change(() => {
        setFound.run(text);
        if (text !== null)
          journal.append({ kind: "stock-disagreed", body: { foundCount: all.length, found: all.slice(0, mostFound) } });
      });
    },
    stockDisagreements: disagreements,
    repairStock(by) {
      change(() => {
        const repaired = disagreements();
        if (repaired.length === 0) return;
        for (const { sku } of repaired) setLevel.run(sku, wholeSum.get(sku) ?? 0);
        setFound.run(null);
        journal.append({ kind: "stock-repaired", body: { foundCount: repaired.length, found: repaired, by } });
      });
    },
  };
}
