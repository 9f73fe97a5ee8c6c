import { type Result } from "#core/result.ts";
import type { OpenFault } from "./fault.ts";
import { migrate } from "./migrate.ts";
import { officeMigrations } from "./migrations/office-migrations.ts";
import { openPostgres } from "./postgres.ts";
import type { Sql } from "./sql.ts";
import { openSqlite, type SqliteShare } from "./sqlite.ts";

/** `path` of a file in a folder that exists; `url` as `postgres://user:password@host:port/database`. */
export type DatabaseChoice =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "postgres"; readonly url: string };

/** How this thread shares the database with others of this process. */
export interface Share extends SqliteShare {
  /** Most connections to PostgreSQL. */
  readonly connections?: number;
}

/** The database at its newest shape. */
export async function openStore(
  choice: DatabaseChoice,
  { connections, ...share }: Share = {},
): Promise<Result<Sql, OpenFault>> {
  const opened =
    choice.kind === "sqlite" ? openSqlite(choice.path, share) : await openPostgres(choice.url, connections);
  if (!opened.ok) return opened;
  const sql = opened.value;
  const where = choice.kind === "sqlite" ? choice.path : "the PostgreSQL database";
  const migrated = await migrate(sql, where, officeMigrations);
  if (migrated.ok) return opened;
  await sql.close();
  return migrated;
}
