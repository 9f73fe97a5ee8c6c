import Database from "better-sqlite3";

/** Longest wait for a process that is filling it. Milliseconds. */
const busyTimeoutMs = 5_000;

/** A whole copy of a catalogue that may be in use, page by page: a million goods do not stop the till. Throws what SQLite throws. */
export async function copyCatalog(from: string, to: string): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  try {
    await source.backup(to);
  } finally {
    source.close();
  }
}
