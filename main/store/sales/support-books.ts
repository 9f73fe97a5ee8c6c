import Database from "better-sqlite3";
import { statSync } from "node:fs";

/** Longest wait while the till checkpoints its log. */
const busyTimeoutMs = 5_000;
/** Somebody's names are masked in the log; more people than this no shop has met. */
const mostNames = 500_000;

/** A file of the till as support is told of it: whether it is whole, its shape, and how much there is of what. */
export interface SupportBooks {
  readonly tables: readonly string[];
  /** What SQLite finds wrong with one table, at most so many. */
  problemsOf(table: string): number;
  bytes(): number;
  /** By the number of the last migration. */
  schemaVersion(): number;
  sqliteVersion(): string;
  countOf(table: string): number;
  /** Names, numbers and codes of everybody in it, so that they can be taken out elsewhere; never to be told. */
  personal(): readonly string[];
  close(): void;
}

/** Whether SQLite says that the file itself is damaged. */
export function isDamage(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && /^SQLITE_(?:CORRUPT|NOTADB)/.test(String(cause.code));
}

const mostProblems = 100;

/** Through a connection of its own that cannot write. Throws what SQLite throws: the job that asked for it ends. */
export function openSupportBooks(path: string): SupportBooks {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
  const has = (table: string): boolean => tables.includes(table);
  const quoted = (table: string): string => `"${table.replaceAll('"', '""')}"`;

  return {
    tables,
    problemsOf(table) {
      // A damaged page may end the look itself; that is a problem like those it would have told.
      try {
        // The pragma answers rows of one text.
        const rows = db.pragma(`quick_check(${quoted(table)})`) as readonly { readonly quick_check: string }[];
        return rows.filter(({ quick_check }) => quick_check !== "ok").slice(0, mostProblems).length;
      } catch (cause) {
        if (isDamage(cause)) return 1;
        throw cause;
      }
    },
    bytes: () => statSync(path).size,
    schemaVersion: () => Number(db.pragma("user_version", { simple: true })),
    sqliteVersion: () => String(db.prepare("SELECT sqlite_version()").pluck().get()),
    countOf: (table) =>
      Number(
        db
          .prepare(`SELECT count(*) FROM ${quoted(table)}`)
          .pluck()
          .get(),
      ),
    personal() {
      const columns = [
        ...(has("cashiers") ? ["SELECT name FROM cashiers"] : []),
        ...(has("members")
          ? ["SELECT name FROM members", "SELECT phone FROM members", "SELECT code FROM members"]
          : []),
      ];
      return columns.flatMap((sql) =>
        db
          .prepare<[number], string | null>(`${sql} LIMIT ?`)
          .pluck()
          .all(mostNames)
          .filter((text) => text !== null),
      );
    },
    close: () => void db.close(),
  };
}
