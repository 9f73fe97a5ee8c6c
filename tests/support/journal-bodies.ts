import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** What the journal in `directory` says under one kind, oldest first, read from the file beside the till that writes it. */
export function journalBodies(directory: string, kind: string): readonly unknown[] {
  const db = new Database(join(directory, "sales.db"), { readonly: true });
  try {
    const bodies = db
      .prepare<[string], Uint8Array>("SELECT body FROM journal WHERE kind = ? ORDER BY position")
      .pluck();
    return bodies.all(kind).map((body): unknown => JSON.parse(new TextDecoder().decode(body)));
  } finally {
    db.close();
  }
}

export interface EntryOfTest {
  readonly kind: string;
  readonly body: unknown;
}

/** The whole journal in `directory`, oldest first. */
export function journalEntries(directory: string): readonly EntryOfTest[] {
  const db = new Database(join(directory, "sales.db"), { readonly: true });
  try {
    const rows = db.prepare<[], { kind: string; body: Uint8Array }>("SELECT kind, body FROM journal ORDER BY position");
    return rows.all().map(({ kind, body }) => ({ kind, body: JSON.parse(new TextDecoder().decode(body)) }));
  } finally {
    db.close();
  }
}

/** Whether sales.db or its log has this text in it anywhere. */
export function filesHold(directory: string, text: string): boolean {
  return ["sales.db", "sales.db-wal"]
    .map((name) => join(directory, name))
    .some((path) => existsSync(path) && readFileSync(path).includes(text));
}
