import Database from "better-sqlite3";

/**
 * The disk refused a change and nothing of it remains.
 * `full`: no space; the same call may be made again once there is some.
 * `io`, `damaged`: what the disk holds is no longer known. This store refuses every further change; close it, open it
 * again and decide by the sale's id whether the last sale is in. Source: sqlite.org/c3ref/c_abort.html, fsync semantics.
 */
export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
  readonly kind: "full" | "io" | "damaged";
  /** SQLite's extended result code, such as SQLITE_IOERR_FSYNC. */
  readonly code: string;

  constructor(kind: "full" | "io" | "damaged", code: string, options: ErrorOptions) {
    super(`the sales store cannot write (${code})`, options);
    this.kind = kind;
    this.code = code;
  }
}

/** The refusal behind an error SQLite threw, or null where the error is ours. */
export function storeBrokenBy(error: unknown): StoreBroken | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  if (code.startsWith("SQLITE_FULL")) return new StoreBroken("full", code, { cause: error });
  if (code.startsWith("SQLITE_CORRUPT") || code.startsWith("SQLITE_NOTADB")) {
    return new StoreBroken("damaged", code, { cause: error });
  }
  const refusals = ["SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_NOMEM", "SQLITE_PERM"];
  if (refusals.some((prefix) => code.startsWith(prefix))) return new StoreBroken("io", code, { cause: error });
  // SQLITE_BUSY cannot happen with one writer, and a broken constraint is our own mistake: both stay loud.
  return null;
}
