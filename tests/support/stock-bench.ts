import Database from "better-sqlite3";
import { join } from "node:path";
import { people } from "./bench-shop.ts";
import type { TillBench } from "./till-bench.ts";

/** What the file itself says: the kept level and what its moves add up to, by SQL that shares nothing with the till. */
export function levelsInFile(
  bench: TillBench,
): Readonly<Record<string, { readonly kept: number; readonly counted: number; readonly isKnown: boolean }>> {
  const db = new Database(join(bench.directory, "sales.db"), { readonly: true });
  try {
    const rows = db
      .prepare<[], { readonly sku: string; readonly kept: number; readonly counted: number; readonly known: number }>(`
        SELECT sku, level_milli AS kept, is_known AS known,
          (SELECT coalesce(sum(quantity_milli), 0) FROM stock_moves WHERE stock_moves.sku = stock_levels.sku) AS counted
        FROM stock_levels`)
      .all();
    return Object.fromEntries(
      rows.map(({ sku, kept, counted, known }) => [sku, { kept, counted, isKnown: known === 1 }]),
    );
  } finally {
    db.close();
  }
}

/** A level that nobody asked the till about; null where it is unknown. */
export async function levelOf(bench: TillBench, sku: string): Promise<number | null> {
  return (await bench.must("stock-item", { sku })).levelMilli;
}

export async function asManager(bench: TillBench): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

export async function sell(bench: TillBench, ...codes: readonly string[]): Promise<string> {
  for (const code of codes) await bench.scan(code);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 1_000_000 });
  await bench.must("next-sale", {});
  return bench.sales().at(-1)?.saleId ?? "none";
}

/** A delivery of one item, booked by a manager's word. */
export async function receive(bench: TillBench, sku: string, quantityMilli: number, receiptId: string): Promise<void> {
  await bench.must("begin-receipt", { receiptId });
  await bench.must("add-to-receipt", { receiptId, sku, quantityMilli });
  await bench.must("book-receipt", { receiptId, approvalPin: people.manager.pin });
}

/** Kinds of the last entries of the journal, newest last. */
export function lastKinds(bench: TillBench, count: number): readonly string[] {
  const db = new Database(join(bench.directory, "sales.db"), { readonly: true });
  try {
    const kinds = db.prepare<[number], string>("SELECT kind FROM journal ORDER BY position DESC LIMIT ?").pluck();
    return kinds.all(count).toReversed();
  } finally {
    db.close();
  }
}
