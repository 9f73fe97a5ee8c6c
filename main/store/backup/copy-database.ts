import { closeSync, fdatasyncSync, openSync, rmSync } from "node:fs";
import Database from "better-sqlite3";

/** Longest wait while the till checkpoints its log. */
const busyTimeoutMs = 5_000;
/** Pages a step: a quarter of a mebibyte, less than a millisecond of the disk. */
const pagesAtOnce = 64;
/** Put on the disk every so often, so that a sale's own flush never waits behind much of ours. */
const stepsBetweenSyncs = 16;

/**
 * A whole copy of a database that is in use, as it was at one moment, in small steps: one read transaction holds the
 * picture, so what is sold meanwhile neither comes in nor makes the copy begin again. What is at `to` is gone before. The
 * copy is a single file without a log beside it, on the disk when this returns. Throws what SQLite throws.
 * @param check called between two steps with how far it is, 0 to 1; what it throws ends the copy
 */
export async function copyDatabase(from: string, to: string, check: (share: number) => void): Promise<void> {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${to}${end}`, { force: true });
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  try {
    source.exec("BEGIN");
    source.prepare("SELECT count(*) FROM sqlite_schema").get();
    let steps = 0;
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        check(1 - remainingPages / Math.max(totalPages, 1));
        steps += 1;
        if (steps % stepsBetweenSyncs === 0) syncData(to);
        return pagesAtOnce;
      },
    });
  } finally {
    source.close();
  }
  const copy = new Database(to, { fileMustExist: true });
  copy.pragma("journal_mode = DELETE");
  copy.close();
  syncData(to);
}

function syncData(path: string): void {
  const file = openSync(path, "r+");
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
