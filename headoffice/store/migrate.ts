import { assert, fail, ok, type Result } from "#core/result.ts";
import type { OpenFault } from "./fault.ts";
import { codeOf } from "./retry.ts";
import type { Sql, Tx } from "./sql.ts";

/** One step of the database's shape: statements that run on every engine. Never changed once shipped. */
export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
  /** After them on SQLite alone: how it lays its rows. Tables, columns and keys stay those of every engine. */
  readonly onSqlite?: readonly string[];
}

/** Two instances that create the same table at once: PostgreSQL lets one of them fail on its catalogue. */
const createdMeanwhile = new Set(["23505", "42P07", "42710"]);
const mostCreateTries = 5;

/**
 * Brings the database to the newest version, each step in one transaction that first locks the row with the version: an
 * instance that starts at the same moment waits there and then finds the step done. Refuses a newer database untouched.
 */
export async function migrate(
  sql: Sql,
  where: string,
  migrations: readonly Migration[],
): Promise<Result<number, OpenFault>> {
  migrations.forEach(({ version }, index) => assert(version === index + 1, "migrations are numbered 1, 2, 3 …"));
  const newestKnown = migrations.length;
  await createVersionRow(sql);
  const row = await sql.first<{ version: number }>("SELECT version FROM office_schema WHERE id = 1");
  const found = row?.version ?? 0;
  if (found > newestKnown) return fail({ kind: "newer-schema", where, found, newestKnown });
  for (const { version, statements, onSqlite = [] } of migrations.slice(found)) {
    const step = async (tx: Tx): Promise<void> => {
      const advance = "UPDATE office_schema SET version = ? WHERE id = 1 AND version = ?";
      if ((await tx.run(advance, [version, version - 1])) === 0) return; // done by the other instance
      for (const statement of statements) await tx.run(statement);
      if (sql.engine === "sqlite") for (const statement of onSqlite) await tx.run(statement);
    };
    await sql.transaction(step, { isLong: true });
  }
  return ok(newestKnown);
}

async function createVersionRow(sql: Sql): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await sql.transaction(async (tx) => {
        await tx.run("CREATE TABLE IF NOT EXISTS office_schema (id BIGINT PRIMARY KEY, version BIGINT NOT NULL)");
        await tx.run("INSERT INTO office_schema (id, version) VALUES (1, 0) ON CONFLICT (id) DO NOTHING");
      });
      return;
    } catch (error) {
      if (count >= mostCreateTries || !createdMeanwhile.has(codeOf(error))) throw error;
    }
  }
}
