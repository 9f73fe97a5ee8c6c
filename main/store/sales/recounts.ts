import type { RecountStore } from "#main/till/ports/reports.ts";
import type { Journal } from "./journal.ts";
import { sharesWriter } from "./report-totals.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** More days than anybody repairs in a day; the next ones come up as these go. */
const mostAlarms = 20;

/** What the recounts have found, and the way back to sums that agree. */
export function recounts({ db, change }: SalesDatabase, journal: Journal): RecountStore {
  const next = db
    .prepare<[number], string>(`
      SELECT business_date FROM day_totals LEFT JOIN recounts USING (business_date)
      WHERE coalesce(counted_at_ms, 0) < ? ORDER BY coalesce(counted_at_ms, 0), business_date DESC LIMIT 1`)
    .pluck();
  const foundOf = db.prepare<[string], string | null>("SELECT found FROM recounts WHERE business_date = ?").pluck();
  const note = db.prepare(`
    INSERT INTO recounts (business_date, counted_at_ms, found) VALUES (?, ?, ?)
    ON CONFLICT (business_date) DO UPDATE SET counted_at_ms = excluded.counted_at_ms, found = excluded.found`);
  const disagreed = db.prepare<[number], { readonly day: string; readonly foundCount: number }>(`
    SELECT business_date AS day, found ->> '$.foundCount' AS foundCount FROM recounts WHERE found IS NOT NULL
    ORDER BY business_date LIMIT ?`);
  const hasMoved = db
    .prepare<[string, number, string, number]>(`
      SELECT EXISTS (SELECT 1 FROM sales WHERE business_date = ? AND journal_position > ?)
        OR EXISTS (SELECT 1 FROM report_events WHERE business_date = ? AND position > ?)`)
    .pluck();
  const forget = db.prepare(`
    DELETE FROM report_totals WHERE business_date = ?
      AND dimension IN ('hour', 'tender', 'category', 'cashier', 'item', 'tax')`);
  const add = sharesWriter(db);

  return {
    nextRecount: (beforeMs) => next.get(beforeMs) ?? null,
    noteRecount(day, atMs, { foundCount, found }) {
      change(() => {
        const body = foundCount === 0 ? null : JSON.stringify({ foundCount, found });
        const isNew = body !== null && body !== (foundOf.get(day) ?? null);
        note.run(day, atMs, body);
        if (isNew) journal.append({ kind: "totals-disagreed", body: { businessDate: day, foundCount, found } });
      });
    },
    disagreedDays: () => disagreed.all(mostAlarms),
    repairTotals(day, atMs, { shares, upTo, foundCount, found }, by) {
      return change(() => {
        if (hasMoved.get(day, upTo, day, upTo) === 1) return false;
        forget.run(day);
        for (const share of shares) add(day, share);
        note.run(day, atMs, null);
        journal.append({ kind: "totals-repaired", body: { businessDate: day, foundCount, found, by } });
        return true;
      });
    },
  };
}
