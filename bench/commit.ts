import { join } from "node:path";
import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { openConnection } from "#main/store/connection.ts";
import { migrate } from "#main/store/migrate.ts";
import { assembleSalesStore, salesFile, salesMigrations } from "#main/store/sales/open-sales-store.ts";
import { salesDatabase } from "#main/store/sales/sales-database.ts";
import { type BenchOptions, benchResult, type BenchResult, distributionOf } from "./result.ts";
import { commitBusy } from "./support/commit-busy.ts";
import { commitInTurns } from "./support/commit-in-turns.ts";
import { sampleCart, sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "./support/sample-sale.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";

const warmUpCount = 50;
const measuredCount = 500;

/** Lines of one sale: an ordinary basket. */
const lineCount = 5;

/** Rows one sale adds or replaces; read back from the store's file and written again by bare statements. */
const tables = [
  "meta",
  "journal",
  "sales",
  "sale_lines",
  "tenders",
  "stock_moves",
  "stock_levels",
  "day_totals",
  "hour_totals",
  "shift_totals",
  "report_totals",
  "sold_items",
  "print_jobs",
] as const;

/**
 * A durable sale through the store against one bare transaction that writes the very same rows and bytes with the same
 * settings into a file of the same shape. The two take turns, so that whatever else the machine does meets both.
 */
export async function run({ seeded }: BenchOptions): Promise<readonly BenchResult[]> {
  return seeded === null ? commitAlone() : [await commitInTurns(seeded), ...(await commitBusy(seeded))];
}

async function commitAlone(): Promise<readonly BenchResult[]> {
  return inScratchDirectory(async (directory) => {
    const ours = openFile(join(directory, "store.db"));
    const bare = openFile(join(directory, "bare.db"));
    let ids = 0;
    const newId = (): string => `0198c0de-0000-7000-8000-${String((ids += 1)).padStart(12, "0")}`;
    ours.prepare("INSERT INTO meta (id, terminal_id, epoch) VALUES (1, ?, ?)").run(sampleTerminalId, newId());
    const store = assembleSalesStore(salesDatabase(ours), { terminalId: sampleTerminalId, now: Date.now, newId });
    store.openShift(sampleShift);
    for (const table of ["shifts", ...tables]) copyRows(ours, bare, table, "1");
    const bareSale = bareSaleWriter(bare);
    const samples: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
    for (let index = 0; index < warmUpCount + measuredCount; index += 1) {
      const saleId = newId();
      const cart = sampleCart(saleId, lineCount);
      const draft = { cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: 0 } as const;
      store.saveDraft(draft);
      copyRows(ours, bare, "drafts", "1");
      const sale = sampleSale({ saleId, saleNumber: "-", lineCount, cart });
      const oursMs = timed(() =>
        store.commitSale(saleId, (saleNumber) => ({ ...sale, saleNumber }), null, sampleReceipt),
      );
      const rows = rowsOfLastSale(ours);
      const bareMs = timed(() => bareSale(rows, saleId));
      if (index < warmUpCount) continue;
      samples.ours.push(oursMs);
      samples.bare.push(bareMs);
    }
    assertSameRows(ours, bare);
    ours.close();
    bare.close();
    const [measured, limit] = [distributionOf(samples.ours), distributionOf(samples.bare)];
    const ratio = measured.p50 / limit.p50;
    return [benchResult({ name: "commit", unit: "ms", ...measured, limit: limit.p50, ratio, budget: { ratio: 2 } })];
  });
}

interface TableRow {
  readonly table: string;
  readonly values: readonly unknown[];
}

function openFile(path: string): Database.Database {
  const opened = openConnection(path, salesFile);
  assert(opened.ok, "a scratch file opens");
  const migrated = migrate(opened.value, { path, applicationId: salesFile.applicationId }, salesMigrations, () => {});
  assert(migrated.ok, "a scratch file takes its shape");
  return opened.value;
}

/** Everything the last sale wrote, in the order the store wrote it. */
function rowsOfLastSale(db: Database.Database): readonly TableRow[] {
  const lastSale = "number = (SELECT max(number) FROM sales)";
  const where: Readonly<Record<string, string>> = {
    journal: "position = (SELECT max(position) FROM journal)",
    print_jobs: "position = (SELECT max(position) FROM print_jobs)",
    sales: lastSale,
    sale_lines: lastSale,
    tenders: lastSale,
    stock_moves: "position = (SELECT max(position) FROM journal)",
  };
  return tables.flatMap((table) => readRows(db, table, where[table] ?? "1"));
}

/** What SQLite alone takes: statements prepared once, values at hand, one immediate transaction. */
function bareSaleWriter(db: Database.Database): (rows: readonly TableRow[], saleId: string) => void {
  const inserts = new Map<string, Database.Statement>(tables.map((table) => [table, putStatement(db, table)]));
  const removeDraft = db.prepare("DELETE FROM drafts WHERE sale_id = ?");
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  return (rows, saleId) => {
    begin.run();
    for (const { table, values } of rows) inserts.get(table)?.run(...values);
    removeDraft.run(saleId);
    commit.run();
  };
}

/** Totals and counters are there already and only change; replacing a row other rows point to is an upsert by hand. */
function putStatement(db: Database.Database, table: string): Database.Statement {
  // The columns of a table, as SQLite documents this pragma.
  const columns = db.pragma(`table_info(${table})`) as readonly { readonly name: string; readonly pk: number }[];
  const names = columns.map(({ name }) => name);
  const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const changes = names.filter((name) => !keys.includes(name)).map((name) => `${name} = excluded.${name}`);
  const isCounter = table === "meta" || table === "sold_items" || table === "stock_levels" || table.endsWith("_totals");
  const conflict = isCounter ? ` ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${changes.join(", ")}` : "";
  return db.prepare(`INSERT INTO ${table} VALUES (${names.map(() => "?").join(", ")})${conflict}`);
}

function readRows(db: Database.Database, table: string, where: string): readonly TableRow[] {
  const rows = db.prepare<[], unknown[]>(`SELECT * FROM ${table} WHERE ${where}`).raw().all();
  return rows.map((values) => ({ table, values }));
}

function copyRows(from: Database.Database, to: Database.Database, table: string, where: string): void {
  const put = putStatement(to, table);
  for (const { values } of readRows(from, table, where)) put.run(...values);
}

/** The comparison means nothing unless both did the same work. */
function assertSameRows(ours: Database.Database, bare: Database.Database): void {
  for (const table of [...tables, "drafts"]) {
    const [a, b] = [ours, bare].map((db) => JSON.stringify(readRows(db, table, "1")));
    assert(a === b, `both files hold the same ${table}`);
  }
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
