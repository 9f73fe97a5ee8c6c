import { mostBatchBytes } from "#contract/wire/journal.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** A row of the table `journal`. */
export interface JournalRow {
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

/** Of an entry, beside its body and what JSON adds to it. */
const mostFrameBytes = 500;
/** Bodies up to this are estimated; almost all are. */
const mostEstimatedBytes = 4_096;
export interface EntryRange {
  readonly epoch: string;
  /** The last one before them. */
  readonly after: number;
  /** The first one behind them. */
  readonly end: number;
}

/** Entries of one epoch as they travel: at most `limit` and a mebibyte, but one where there is one. */
export function readEntries(db: SalesDatabase["db"]): (range: EntryRange, limit: number) => readonly WireEntry[] {
  const rows = db.prepare<[string, number, number, number], JournalRow>(
    "SELECT * FROM journal WHERE epoch = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?",
  );
  return ({ epoch, after, end }, limit) => {
    const entries: WireEntry[] = [];
    let bytes = 0;
    for (const row of rows.iterate(epoch, after, end, limit)) {
      const entry = wireOf(row);
      bytes += bytesAsJson(entry.body, row.body.length) + mostFrameBytes;
      // One entry always goes: what is too large even alone is head office's to say.
      if (entries.length > 0 && bytes > mostBatchBytes) break;
      entries.push(entry);
    }
    return entries;
  };
}

/**
 * Bytes of a body inside an upload, or a bound that is cheaper and enough: a body is JSON of our own, of which quotes and
 * backslashes alone become two bytes, and a hundred of these bounds stay within a batch.
 */
function bytesAsJson(body: string, length: number): number {
  return length <= mostEstimatedBytes ? length * 2 : Buffer.byteLength(JSON.stringify(body));
}

/** An entry as it travels and is exported. Bytes of a body that are no UTF-8 are damage, passed on as they can be. */
export function wireOf(row: JournalRow): WireEntry {
  const { epoch, seq, kind, v, at_wall: atWall, at_mono: atMono } = row;
  const hex = (bytes: Uint8Array): string => viewOf(bytes).toString("hex");
  return {
    ...{ epoch, seq, kind, v, atWall, atMono },
    // What was hashed are the UTF-8 bytes of JSON of our own: every one of them is text.
    body: viewOf(row.body).toString("utf8"),
    ...{ prev: hex(row.prev), hash: hex(row.hash) },
    sig: row.sig === null ? null : viewOf(row.sig).toString("base64url"),
  };
}

/** The same bytes, not a copy: a hundred entries are read beside a sale. */
function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
