import { closeSync, fsyncSync, openSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { StoreFault } from "./fault.ts";

/** Codes by which the disk, the folder or another program refuses; any other error is a mistake of ours. */
const refusals = [
  "SQLITE_CANTOPEN",
  "SQLITE_IOERR",
  "SQLITE_READONLY",
  "SQLITE_FULL",
  "SQLITE_PERM",
  "SQLITE_BUSY",
  "EACCES",
  "EROFS",
  "ENOSPC",
];

/** What makes a database file one of ours, and how it promises to keep what it acknowledged. */
export interface FileKind {
  /** Four letters in the file's header (`PRAGMA application_id`). */
  readonly applicationId: number;
  /** `FULL` fsyncs every commit; `NORMAL` may lose the last ones on a power cut, right only for what can be built again. */
  readonly synchronous: "FULL" | "NORMAL";
}

/** The WAL-reset race was fixed here; older libraries can corrupt a live file. Source: sqlite.org/wal.html */
const oldestSafeSqlite = [3, 51, 3] as const;

/** Longest wait for a reader that holds the file, e.g. a backup tool: the main thread must not stall longer. */
const busyTimeoutMs = 2_000;

/**
 * Opens or creates the file with every setting asserted rather than hoped for. Nothing is written to a file that is not
 * ours: the application id is read before the first pragma that could change it.
 */
export function openConnection(path: string, kind: FileKind): Result<Database.Database, StoreFault> {
  let db: Database.Database;
  try {
    db = new Database(path, { timeout: busyTimeoutMs });
  } catch (error) {
    return fail(faultOf(path, error));
  }
  try {
    assertLibrary(db);
    const found = Number(db.pragma("application_id", { simple: true }));
    const isEmpty = db.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() === 0;
    // A power cut during the very first start may leave a file with a header and no table: that one is still new.
    if (found !== kind.applicationId && !(found === 0 && isEmpty)) {
      db.close();
      return fail({ kind: "not-ours", path, what: "program", found: hex(found), expected: hex(kind.applicationId) });
    }
    configure(db, kind);
    syncDirectoryOf(path);
    return ok(db);
  } catch (error) {
    db.close();
    return fail(faultOf(path, error));
  }
}

/** Makes names created, renamed or removed beside `path` survive a power cut. Windows cannot and need not: NTFS journals them. */
export function syncDirectoryOf(path: string): void {
  if (process.platform === "win32") return;
  const directory = openSync(dirname(path), "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** The fault an error of SQLite or of the file system means; an error that is neither is thrown on. */
export function faultOf(path: string, error: unknown): StoreFault {
  if (!(error instanceof Error)) throw error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) {
    return { kind: "damaged", path, detail: error.message };
  }
  // better-sqlite3 throws a TypeError without a code when the folder does not exist.
  const isMissingFolder = error instanceof TypeError && error.message.includes("directory does not exist");
  if (isMissingFolder) return { kind: "unwritable", path, code: "ENOENT", detail: error.message };
  if (!refusals.some((refusal) => code.startsWith(refusal))) throw error;
  return { kind: "unwritable", path, code, detail: error.message };
}

function configure(db: Database.Database, kind: FileKind): void {
  setAndAssert(db, "journal_mode", "WAL", "wal");
  // After the WAL pragma, and at every open: the library falls back to NORMAL whenever it meets a WAL file.
  setAndAssert(db, "synchronous", kind.synchronous, kind.synchronous === "FULL" ? 2 : 1);
  // macOS only acknowledges a real flush with these; elsewhere they change nothing.
  setAndAssert(db, "fullfsync", "ON", 1);
  setAndAssert(db, "checkpoint_fullfsync", "ON", 1);
  setAndAssert(db, "foreign_keys", "ON", 1);
  setAndAssert(db, "trusted_schema", "OFF", 0);
  setAndAssert(db, "cell_size_check", "ON", 1);
  setAndAssert(db, "mmap_size", "0", 0);
}

function setAndAssert(db: Database.Database, pragma: string, value: string, expected: string | number): void {
  db.pragma(`${pragma} = ${value}`);
  const actual = db.pragma(pragma, { simple: true });
  assert(actual === expected, `${pragma} is ${expected}, got ${String(actual)}`);
}

function assertLibrary(db: Database.Database): void {
  const version = String(db.prepare("SELECT sqlite_version()").pluck().get());
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor, oldestPatch] = oldestSafeSqlite;
  const isSafe =
    major > oldestMajor ||
    (major === oldestMajor && (minor > oldestMinor || (minor === oldestMinor && patch >= oldestPatch)));
  assert(isSafe, `SQLite is ${oldestSafeSqlite.join(".")} or newer, got ${version}`);
}

function hex(applicationId: number): string {
  return `0x${(applicationId >>> 0).toString(16).padStart(8, "0")}`;
}
