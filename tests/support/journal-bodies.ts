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
