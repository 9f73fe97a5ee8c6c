import { rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";
import { type PostgresServer, startPostgres } from "#tests/support/postgres.ts";
import { enrolFleet } from "./enrol-fleet.ts";
import { type Instance, startInstance } from "./instance.ts";
import { type LoadTill, openLoadTill } from "./load-till.ts";
import { type Meter, openMeasuredLine } from "./measured-line.ts";

export type Engine = "sqlite" | "postgres";

export interface FleetChoice {
  readonly engine: Engine;
  /** One on SQLite: it has one writer. */
  readonly instances: number;
  readonly tills: number;
  readonly speed: number;
}

/** Head office in processes of its own, and thousands of enrolled tills in this one. */
export interface Fleet {
  readonly tills: readonly LoadTill[];
  readonly instances: readonly Instance[];
  readonly meter: Meter;
  databaseBytes(): Promise<number>;
  close(): Promise<void>;
}

export async function openFleet({ engine, instances: count, tills: most, speed }: FleetChoice): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-capacity-"));
  const server = engine === "postgres" ? await startPostgres() : null;
  const database = await databaseIn(folder, server);
  const enrolled = await enrolFleet(database, most);
  const instances: Instance[] = [];
  for (let index = 0; index < count; index += 1) instances.push(await startInstance(database, folder));
  const { ask, meter, close: closeLine } = openMeasuredLine(instances.map(({ port }) => port));
  const facts = { url: new URL("http://office.test"), ask, businessDate: today(), speed };
  const tills = await Promise.all(enrolled.map((till) => openLoadTill(till, facts)));
  return {
    ...{ tills, instances, meter },
    databaseBytes: () => bytesOf(database),
    async close() {
      await Promise.all(tills.map((till) => till.stop()));
      closeLine();
      await Promise.all(instances.map((instance) => instance.end()));
      await server?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function databaseIn(folder: string, server: PostgresServer | null): Promise<DatabaseChoice> {
  // The file's name is the program's own: `--data-dir` finds it there.
  if (server === null) return { kind: "sqlite", path: join(folder, "office.db") };
  return { kind: "postgres", url: await server.createDatabase() };
}

async function bytesOf(database: DatabaseChoice): Promise<number> {
  if (database.kind === "sqlite") {
    const db = new Database(database.path, { readonly: true });
    const [pages, size] = ["page_count", "page_size"].map((name) => Number(db.pragma(name, { simple: true })));
    db.close();
    return (pages ?? 0) * (size ?? 0);
  }
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>("SELECT pg_database_size(current_database()) AS bytes");
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
