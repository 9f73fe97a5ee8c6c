import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { assert } from "#core/result.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";
import { openOfficeBench } from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { startPostgres } from "#tests/support/postgres.ts";
import { benchResult, type BenchResult, distributionOf } from "./result.ts";
import { inScratchDirectory } from "./support/scratch-directory.ts";

const warmUpCount = 10;
const measuredCount = 60;
/** Sales of five lines in one upload: a full one. */
const salesAtOnce = 100;

/** Every table an upload adds rows to, with the rows one batch adds; the two counters are written over. */
const tables = [
  ["journal_events", "seq BETWEEN ? AND ?"],
  ["sales", "seq BETWEEN ? AND ?"],
  ["sale_lines", "sale_id IN (SELECT sale_id FROM sales WHERE seq BETWEEN ? AND ?)"],
  ["tenders", "sale_id IN (SELECT sale_id FROM sales WHERE seq BETWEEN ? AND ?)"],
] as const;

interface Batch {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Writes rows in one durable transaction with nothing around it. */
interface Bare {
  write(batches: readonly Batch[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * An upload of a hundred sales, from its bytes to its acknowledgement (signature, nonce, chain, hashes, projections, commit),
 * beside a bare transaction that inserts the same rows into a database of the same shape. The two take turns.
 */
export async function run(): Promise<readonly BenchResult[]> {
  return inScratchDirectory(async (directory) => {
    const path = (name: string) => join(directory, `${name}.db`);
    const sqlite = await measure("sync-sqlite", { kind: "sqlite", path: path("ours") }, await bareSqlite(path("bare")));
    const server = await startPostgres();
    try {
      const [ours, bare] = [await server.createDatabase(), await server.createDatabase()];
      return [sqlite, await measure("sync-postgres", { kind: "postgres", url: ours }, await barePostgres(bare))];
    } finally {
      await server.close();
    }
  });
}

async function measure(name: string, database: DatabaseChoice, bare: Bare): Promise<BenchResult> {
  const bench = await openOfficeBench(database);
  const till = await bench.enrolledTill();
  openDay(till);
  const opening = await till.upload(till.entries);
  assert(opening.status === 200, "the day's beginning is taken in");
  const samples: { readonly ours: number[]; readonly bare: number[] } = { ours: [], bare: [] };
  for (let index = 0; index < warmUpCount + measuredCount; index += 1) {
    const first = till.entries.length;
    sell(till, salesAtOnce);
    const request = till.signedUpload(till.entries.slice(first));
    const startedAt = performance.now();
    const { statusCode, body } = await bench.app.inject(request);
    const oursMs = performance.now() - startedAt;
    assert(statusCode === 200, `a batch is taken in: ${body}`);
    const batches: Batch[] = [];
    for (const [table, where] of tables) {
      const rows = await bench.office.sql.rows(`SELECT * FROM ${table} WHERE ${where}`, [
        first + 1,
        till.entries.length,
      ]);
      batches.push({ table, columns: Object.keys(rows[0] ?? {}), rows: rows.map((row) => Object.values(row)) });
    }
    const bareStartedAt = performance.now();
    await bare.write(batches);
    const bareMs = performance.now() - bareStartedAt;
    if (index < warmUpCount) continue;
    samples.ours.push(oursMs);
    samples.bare.push(bareMs);
  }
  await bench.close();
  await bare.close();
  const [measured, limit] = [distributionOf(samples.ours), distributionOf(samples.bare)];
  const ratio = measured.p50 / limit.p50;
  return benchResult({ name, unit: "ms", ...measured, limit: limit.p50, ratio, budget: { ratio: 2.5 } });
}

async function shape(database: DatabaseChoice): Promise<void> {
  const store = await openStore(database);
  assert(store.ok, "a scratch database takes its shape");
  await store.value.close();
}

async function bareSqlite(path: string): Promise<Bare> {
  await shape({ kind: "sqlite", path });
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  const statements = new Map<string, Database.Statement>();
  const insert = ({ table, columns }: Batch) => {
    const text = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    const statement = statements.get(text) ?? db.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  const writeAll = db.transaction((batches: readonly Batch[]) => {
    for (const batch of batches) for (const row of batch.rows) insert(batch).run(...row);
  });
  return {
    async write(batches) {
      writeAll.immediate(batches);
    },
    async close() {
      db.close();
    },
  };
}

/** Rows a statement, as the wire and the server take them best here. */
const rowsAtOnce = 256;

async function barePostgres(url: string): Promise<Bare> {
  await shape({ kind: "postgres", url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    async write(batches) {
      await client.query("BEGIN");
      for (const { table, columns, rows } of batches) {
        for (let from = 0; from < rows.length; from += rowsAtOnce) {
          const some = rows.slice(from, from + rowsAtOnce);
          let place = 0;
          const tuples = some.map((row) => `(${row.map(() => `$${(place += 1)}`).join(", ")})`);
          await client.query(`INSERT INTO ${table} (${columns.join(", ")}) VALUES ${tuples.join(", ")}`, some.flat());
        }
      }
      await client.query("COMMIT");
    },
    close: () => client.end(),
  };
}
