import Database from "better-sqlite3";
import type { WireEntry } from "#core/journal/wire-entry.ts";

interface Row {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly at_wall: string;
  readonly at_mono: number;
  readonly body: Uint8Array;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
  readonly sig: Uint8Array | null;
}

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
  const ofEpoch = db.prepare<[string], Row>(`SELECT ${columns} FROM journal WHERE epoch = ? ORDER BY seq`);
  const enrolled = db
    .prepare<[], Uint8Array>("SELECT body FROM journal WHERE kind = 'enrolled' ORDER BY position DESC LIMIT 1")
    .pluck()
    .get();
  return {
    ...{ terminalId, publicKey: enrolled === undefined ? null : publicKeyIn(enrolled) },
    *entries() {
      db.exec("BEGIN");
      try {
        for (const epoch of epochs.all()) for (const row of ofEpoch.iterate(epoch)) yield wireEntryOf(row);
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

function wireEntryOf(row: Row): WireEntry {
  const { epoch, seq, kind, v, body, prev, hash, sig } = row;
  return {
    ...{ epoch, seq, kind, v, atWall: row.at_wall, atMono: row.at_mono },
    // Bytes that are no UTF-8 are damage; it is the checker's to tell, so they are passed on as they can be.
    body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body),
    ...{ prev: hexOf(prev), hash: hexOf(hash) },
    sig: sig === null ? null : Buffer.from(sig).toString("base64url"),
  };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
