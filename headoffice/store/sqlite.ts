import Database from "better-sqlite3";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { OpenFault } from "./fault.ts";
import { groupCommit } from "./group-commit.ts";
import { codeOf, withRetries } from "./retry.ts";
import { places, type Sql, type SqlRow, type SqlValue, StoreUnavailable, type Tx } from "./sql.ts";
import { alone, type Turn } from "./turn.ts";

/** "TiHo" in the file's header (`PRAGMA application_id`). */
const applicationId = 0x54_69_48_6f;
/** The WAL-reset race was fixed here; older libraries can corrupt a live file. Source: sqlite.org/wal.html */
const oldestSafeSqlite = [3, 51, 3] as const;
/** Longest wait for another process that writes the same file, e.g. a second instance starting. Blocks this one. */
const busyTimeoutMs = 5_000;
/** At a millisecond or two each the last of them has waited as long as a till does before it tries again. */
const mostWaiting = 1_000;
/** Eight full uploads: the event loop is held up for a tenth of a second. */
const mostLargeTogether = 8;

/** How a thread that opens the file shares it with others, and what it writes. */
export interface SqliteShare {
  /** Among the threads of this process that open the same file. */
  readonly turn?: Turn;
  /** Pieces of work in one commit; as many full uploads as may hold up a thread where it is not said. */
  readonly together?: number;
}

/**
 * Opens or creates the file: one writer with WAL and synchronous=FULL, asserted, and one reader that sees committed rows
 * only. Nothing is written to a file of another program.
 */
export function openSqlite(path: string, share: SqliteShare = {}): Result<Sql, OpenFault> {
  let writer: Database.Database | undefined;
  try {
    writer = new Database(path, { timeout: busyTimeoutMs });
    assertLibrary(writer);
    const found = Number(writer.pragma("application_id", { simple: true }));
    const isEmpty = writer.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
    if (found !== applicationId && !(found === 0 && isEmpty)) {
      writer.close();
      return fail({ kind: "not-ours", where: path });
    }
    configure(writer);
    if (found !== applicationId) writer.pragma(`application_id = ${applicationId}`);
    return ok(sqlOver(writer, new Database(path, { readonly: true, timeout: busyTimeoutMs }), share));
  } catch (error) {
    writer?.close();
    if (codeOf(error).startsWith("SQLITE_NOTADB")) return fail({ kind: "not-ours", where: path });
    const isRefusal = codeOf(error).startsWith("SQLITE_") || error instanceof TypeError;
    if (!isRefusal || !(error instanceof Error)) throw error;
    return fail({ kind: "unwritable", where: path, detail: error.message });
  }
}

function sqlOver(writer: Database.Database, reader: Database.Database, share: SqliteShare): Sql {
  const { turn = alone, together = mostLargeTogether } = share;
  const tx = txOver(writer);
  const reads = txOver(reader);
  const [begin, commit, rollback] = ["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"].map((text) => writer.prepare(text));
  assert(begin !== undefined && commit !== undefined && rollback !== undefined, "three statements");
  const committed = groupCommit(
    {
      begin(isDurable) {
        setAndAssert(writer, "synchronous", isDurable ? "FULL" : "NORMAL", isDurable ? 2 : 1);
        begin.run();
      },
      commit: () => void commit.run(),
      isOpen: () => writer.inTransaction,
      rollback: () => void rollback.run(),
    },
    { mostWaiting, mostTogether: together },
    turn,
  );
  return {
    engine: "sqlite",
    rows: reads.rows,
    first: reads.first,
    transaction: (work, { isLong = false, mayBeLost = false } = {}) =>
      withRetries(async () => {
        try {
          return await committed(() => work(tx), { isAlone: isLong, mayBeLost });
        } catch (error) {
          throw troubleOf(error);
        }
      }, reasonOf),
    async close() {
      if (!writer.open) return;
      await committed(async () => undefined, { isAlone: true });
      reader.close();
      writer.close();
    },
  };
}

function txOver(db: Database.Database): Tx {
  const statements = new Map<string, Database.Statement<SqlValue[]>>();
  const prepared = (text: string): Database.Statement<SqlValue[]> => {
    let statement = statements.get(text);
    if (statement === undefined) {
      statement = db.prepare<SqlValue[]>(text);
      statements.set(text, statement);
    }
    return statement;
  };
  return {
    // The columns a text selects are named by whoever wrote it.
    rows: async <Row>(text: string, values: SqlRow = []) => prepared(text).all(...values) as readonly Row[],
    // As above.
    first: async <Row>(text: string, values: SqlRow = []) => prepared(text).get(...values) as Row | undefined,
    run: async (text, values = []) => prepared(text).run(...values).changes,
    async insert({ table, columns, tail = "" }, rows) {
      const statement = prepared(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places(columns)}) ${tail}`);
      let count = 0;
      for (const row of rows) count += statement.run(...row).changes;
      return count;
    },
  };
}

/** What a person can do something about is named; the retry loop must not repeat it. */
function troubleOf(error: unknown): unknown {
  const isDisk = /^SQLITE_(?:IOERR|FULL|READONLY|CANTOPEN)/.test(codeOf(error));
  return isDisk && error instanceof Error ? new StoreUnavailable("disk", error.message, { cause: error }) : error;
}

function reasonOf(error: unknown): StoreUnavailable["reason"] | null {
  return codeOf(error).startsWith("SQLITE_BUSY") ? "busy" : null;
}

function configure(db: Database.Database): void {
  // Of a new file; one that is there keeps its own. An entry of two kilobytes fills a page of 4 KiB badly: a quarter less is
  // written, logged and checksummed.
  db.pragma("page_size = 8192");
  setAndAssert(db, "journal_mode", "WAL", "wal");
  // After the WAL pragma, and at every open: the library falls back to NORMAL whenever it meets a WAL file.
  setAndAssert(db, "synchronous", "FULL", 2);
  // macOS only acknowledges a real flush with these; elsewhere they change nothing.
  setAndAssert(db, "fullfsync", "ON", 1);
  setAndAssert(db, "checkpoint_fullfsync", "ON", 1);
  setAndAssert(db, "foreign_keys", "ON", 1);
  setAndAssert(db, "trusted_schema", "OFF", 0);
  setAndAssert(db, "cell_size_check", "ON", 1);
  // 64 MiB: with the library's 2 MiB the pages of a few uploads are written and read again before their commit.
  setAndAssert(db, "cache_size", "-65536", -65_536);
  // 5 MiB of new pages, and what is committed together on top of them: with the library's 1,000 the log passes 8 MiB.
  setAndAssert(db, "wal_autocheckpoint", "640", 640);
}

function setAndAssert(db: Database.Database, pragma: string, value: string, expected: string | number): void {
  db.pragma(`${pragma} = ${value}`);
  const actual = db.pragma(pragma, { simple: true });
  assert(actual === expected, `${pragma} is ${expected}, got ${String(actual)}`);
}

function assertLibrary(db: Database.Database): void {
  const version = String(db.prepare("SELECT sqlite_version()").pluck().get());
  const parts = version.split(".").map(Number);
  const differs = oldestSafeSqlite.findIndex((part, index) => part !== parts[index]);
  const isSafe = differs === -1 || (parts[differs] ?? 0) > (oldestSafeSqlite[differs] ?? 0);
  assert(isSafe, `SQLite is ${oldestSafeSqlite.join(".")} or newer, got ${version}`);
}
