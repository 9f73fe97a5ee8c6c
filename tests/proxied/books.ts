import assert from "node:assert/strict";
import type { LoadTill } from "#tests/capacity/load-till.ts";
import { ask } from "./postgres-pair.ts";

const entriesBefore = 2;
const entriesOfSale = 3;

/** Everything the tills rang up is in the database once: no entry missing, none twice, every sale and every day. */
export async function checkBooks(database: string, tills: readonly LoadTill[]): Promise<void> {
  const rows = await ask(
    database,
    `SELECT store_code || '-' || terminal_id AS key, COUNT(*)::int AS n, MAX(seq)::int AS top,
       COUNT(DISTINCT hash)::int AS hashes, COUNT(*) FILTER (WHERE kind = 'sale-completed')::int AS sales
     FROM journal_events GROUP BY store_code, terminal_id`,
  );
  const byKey = new Map(rows.map((row) => [row["key"], row]));
  for (const till of tills) {
    const key = `${till.place.storeCode}-${till.place.terminalId}`;
    const n = entriesBefore + till.saleCount() * entriesOfSale;
    assert.deepEqual(byKey.get(key), { key, n, top: n, hashes: n, sales: till.saleCount() });
    assert.ok(till.agreedAtMs() !== null, `${key} agrees with head office`);
  }
  const sold = tills.reduce((sum, till) => sum + till.saleCount(), 0);
  const [counted] = await ask(
    database,
    `SELECT (SELECT COUNT(*)::int FROM sales) AS sales, (SELECT COUNT(DISTINCT sale_id)::int FROM sales) AS ids,
       (SELECT SUM(sale_count)::int FROM day_totals) AS days, (SELECT COUNT(*)::int FROM review_items) AS flagged`,
  );
  assert.deepEqual(counted, { sales: sold, ids: sold, days: sold, flagged: 0 });
}

/** Entries that head office acknowledged and this database has not, or has otherwise. */
export async function acknowledgedAndLost(database: string, tills: readonly LoadTill[]): Promise<number> {
  let lost = 0;
  for (const till of tills) {
    const { storeCode, terminalId } = till.place;
    const { seq, hash } = till.acked();
    if (seq === 0) continue;
    const of = `store_code = '${storeCode}' AND terminal_id = '${terminalId}'`;
    const [held] = await ask(database, `SELECT COALESCE(MAX(seq), 0)::int AS top FROM journal_events WHERE ${of}`);
    lost += Math.max(0, seq - Number(held?.["top"]));
    const [at] = await ask(database, `SELECT hash FROM journal_events WHERE ${of} AND seq = ${seq}`);
    if (at !== undefined && at["hash"] !== hash) lost += 1;
  }
  return lost;
}
