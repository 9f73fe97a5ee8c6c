import Database from "better-sqlite3";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { type JournalRow, wireOf } from "#main/store/sales/read-entries.ts";

export interface OpenJournal {
  readonly terminalId: string;
  /** Under which key the till was last enrolled, raw Ed25519 in base64url; null where it never was. */
  readonly publicKey: string | null;
  /** Oldest epoch first, as they stood at one moment: the till may sell meanwhile. */
  entries(): Generator<WireEntry>;
  close(): void;
}

/** Reads the journal of a sales.db beside the till that writes it. Throws where the file is none of a till. */
export function openJournal(path: string): OpenJournal {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  const terminalId = db.prepare<[], string>("SELECT terminal_id FROM meta").pluck().get();
  if (terminalId === undefined) throw new Error(`${path} belongs to no terminal yet`);
  // Files of tills that never signed have no column for it.
  const isSigning = db.prepare("SELECT 1 FROM pragma_table_info('journal') WHERE name = 'sig'").get() !== undefined;
  const columns = `epoch, seq, kind, v, at_wall, at_mono, body, prev, hash, ${isSigning ? "sig" : "NULL AS sig"}`;
  const epochs = db.prepare<[], string>("SELECT epoch FROM journal GROUP BY epoch ORDER BY min(position)").pluck();
  const ofEpoch = db.prepare<[string], JournalRow>(`SELECT ${columns} FROM journal WHERE epoch = ? ORDER BY seq`);
  const enrolled = db
    .prepare<[], Uint8Array>("SELECT body FROM journal WHERE kind = 'enrolled' ORDER BY position DESC LIMIT 1")
    .pluck()
    .get();
  return {
    ...{ terminalId, publicKey: enrolled === undefined ? null : publicKeyIn(enrolled) },
    *entries() {
      db.exec("BEGIN");
      try {
        for (const epoch of epochs.all()) for (const row of ofEpoch.iterate(epoch)) yield wireOf(row);
      } finally {
        db.exec("COMMIT");
      }
    },
    close: () => void db.close(),
  };
}

function publicKeyIn(body: Uint8Array): string | null {
  const told: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof told !== "object" || told === null || !("publicKey" in told)) return null;
  return typeof told.publicKey === "string" ? told.publicKey : null;
}
