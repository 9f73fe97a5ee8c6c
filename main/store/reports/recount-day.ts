import type Database from "better-sqlite3";
import { addShares, columns, compareDays, type DaySums, type Disagreement } from "#core/report/recount.ts";
import type { Dimension } from "#core/report/shares.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import { countEntry } from "#main/store/sales/report-totals.ts";

/** Entries read between two breaths: a few milliseconds. */
const entriesAtOnce = 200;

interface EntryRow {
  readonly position: number;
  readonly kind: JournalKind;
  readonly body: string;
}

type KeptRow = Readonly<Record<string, string | number>> & { readonly dimension: Dimension; readonly key: string };

/**
 * Adds a business day up again from its journal and says where what is kept differs. Everything is read as it was at one
 * moment, whatever is sold meanwhile. `between` is called now and then with the share that is done; what it throws ends it.
 */
export async function recountDay(
  db: Database.Database,
  day: string,
  between: (share: number) => Promise<void>,
): Promise<{ readonly found: readonly Disagreement[]; readonly counted: DaySums; readonly upTo: number }> {
  db.exec("BEGIN");
  try {
    const { first, last, upTo } = placesOf(db, day);
    const next = db.prepare<[number, number], EntryRow>(`
      SELECT position, kind, CAST(body AS TEXT) AS body FROM journal WHERE position > ? AND position <= ?
        AND kind IN ('sale-completed', 'refund-settled', 'return-without-receipt', 'line-voided', 'sale-voided')
      ORDER BY position LIMIT ${entriesAtOnce}`);
    const counted: DaySums = new Map();
    for (let after = first - 1; ;) {
      const rows = next.all(after, last);
      if (rows.length === 0) break;
      for (const { position, kind, body } of rows) {
        after = position;
        const entry = countEntry({ kind, body: JSON.parse(body) as unknown });
        if (entry?.businessDate !== day) continue;
        addShares(counted, entry.shares);
      }
      await between((after - first) / Math.max(1, last - first));
    }
    return { found: compareDays(keptOf(db, day), counted), counted, upTo };
  } finally {
    db.exec("ROLLBACK");
  }
}

/** Where in the journal the day can be: from the last sale of a day before it to the first of one after it. */
function placesOf(
  db: Database.Database,
  day: string,
): { readonly first: number; readonly last: number; readonly upTo: number } {
  const place = (sql: string, otherwise: number): number =>
    db.prepare<[string], number | null>(sql).pluck().get(day) ?? otherwise;
  const end = db.prepare<[], number | null>("SELECT max(position) FROM journal").pluck().get() ?? 0;
  const of = (order: string, sign: string): string => `
    SELECT journal_position FROM sales WHERE business_date ${sign} ?
    ORDER BY business_date ${order}, number ${order} LIMIT 1`;
  const none = Number.MAX_SAFE_INTEGER;
  // A calendar that was set back has a day in two places: its own sales and events widen what is read.
  const own = "SELECT min(journal_position) FROM sales WHERE business_date = ?";
  const events = "SELECT min(position) FROM report_events WHERE business_date = ?";
  const first = Math.min(place(of("DESC", "<"), 0) + 1, place(own, none), place(events, none));
  const last = Math.max(
    place(of("ASC", ">"), end + 1) - 1,
    place(own.replace("min", "max"), 0),
    place(events.replace("min", "max"), 0),
  );
  return { first, last, upTo: end };
}

function keptOf(db: Database.Database, day: string): DaySums {
  const kept: DaySums = new Map();
  const names = columns.map((column) => `${snake(column)} AS ${column}`).join(", ");
  const rows = db
    .prepare<[string], KeptRow>(`
      SELECT dimension, key, ${names} FROM report_totals
      WHERE dimension IN ('hour', 'tender', 'category', 'cashier', 'item', 'tax') AND business_date = ?`)
    .all(day);
  // The columns are named just above, each as one of the sums.
  addShares(kept, rows as unknown as Parameters<typeof addShares>[1]);
  return kept;
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
