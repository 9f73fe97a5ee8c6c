import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { type FileKind, openConnection } from "#main/store/connection.ts";
import { type Migration, migrate } from "#main/store/migrate.ts";
import { people } from "#tests/support/bench-shop.ts";
import { openTillBench } from "#tests/support/till-bench.ts";
import { dayActs } from "./day-acts.ts";
import { dayGateway, dayRefunds } from "./day-till.ts";

/** A folder with the files of a till that has worked for a day. */
export async function workedFor(): Promise<{ readonly directory: string; readonly forget: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), "tillway-worked-"));
  const left = { note: () => {}, before: new Set<string>() };
  const bench = openTillBench({ directory, gateway: dayGateway(left), refunds: dayRefunds(left) });
  await bench.atWork();
  for (const { by, before, run } of dayActs) {
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people[by].id, pin: people[by].pin });
    const counter = { bench, press: bench.must, round: 1 };
    await before?.(counter);
    await run(counter);
  }
  bench.setAside();
  return { directory, forget: () => rmSync(directory, { recursive: true, force: true }) };
}

/**
 * Makes a file as an earlier version of the till left it: its shape of then, with what of today's rows that shape has room for.
 * Rows that it could not have had are left out.
 */
export function makeOldFile(
  path: string,
  version: number,
  kind: FileKind,
  migrations: readonly Migration[],
  today: string,
): void {
  const opened = openConnection(path, kind);
  assert(opened.ok, "an old file is made");
  const db = opened.value;
  const file = { path, applicationId: kind.applicationId };
  assert(migrate(db, file, migrations.slice(0, version), () => {}).ok, "it has its shape");
  db.pragma("foreign_keys = OFF");
  db.prepare("ATTACH ? AS today").run(today);
  // In one go: how it came to be is of no interest.
  db.exec("BEGIN");
  for (const table of tablesOf(db, "main")) if (tablesOf(db, "today").includes(table)) fill(db, table);
  db.exec("COMMIT; DETACH today");
  db.close();
}

function tablesOf(db: Database.Database, schema: "main" | "today"): readonly string[] {
  return db
    .prepare<[], string>(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all();
}

function fill(db: Database.Database, table: string): void {
  const known = new Set(infoOf(db, "today", table));
  const shared = infoOf(db, "main", table).filter((column) => known.has(column));
  if (shared.length === 0) return;
  const list = shared.map((column) => `"${column}"`).join(", ");
  try {
    db.exec(`INSERT OR IGNORE INTO main."${table}" (${list}) SELECT ${list} FROM today."${table}"`);
  } catch (cause) {
    // A trigger of then that speaks of what is not there: such rows were not, either.
    assert(cause instanceof Error && cause.message.length > 0, "only the file's own rules refuse a row");
  }
}

function infoOf(db: Database.Database, schema: "main" | "today", table: string): readonly string[] {
  return db
    .prepare<[], { readonly name: string }>(`PRAGMA ${schema}.table_info("${table}")`)
    .all()
    .map(({ name }) => name);
}
