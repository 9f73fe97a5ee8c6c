import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import { places, type Sql, type SqlRow, type Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { SoundEntry } from "./check-batch.ts";
import { type BodyPlace, bodyAt, packBodies, placesOf, unpackBodies } from "./packed-bodies.ts";

/** Where an epoch stands; `ordinal` counts the epochs of a terminal in the order they were begun. */
export interface EpochTip {
  readonly seq: number;
  readonly hash: string;
  readonly ordinal: number;
}

/** An entry with the place in which it was taken in. */
export interface StoredEntry extends WireEntry {
  readonly batch: number;
  readonly receivedMs: number;
}

interface EntryRow {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly at_wall: string;
  readonly at_mono: number;
  readonly body: Uint8Array;
  readonly body_at: number | null;
  readonly body_length: number | null;
  readonly prev: string;
  readonly hash: string;
  readonly sig: string | null;
  readonly batch: number;
  readonly received_ms: number;
}

/** Before the first entry of an epoch. */
export const noHash = "0".repeat(64);

const entryColumns = [
  ...["store_code", "terminal_id", "epoch", "seq", "kind", "v", "at_wall", "at_mono", "body", "prev", "hash", "sig"],
  "received_ms",
] as const;

function entryValues(
  { storeCode, terminalId }: TerminalPlace,
  { epoch, seq, kind, v, atWall, atMono, prev, hash, sig }: SoundEntry,
  body: Uint8Array,
  receivedMs: number,
): SqlRow {
  return [storeCode, terminalId, epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig, receivedMs];
}

/** @param packed the bodies of just these entries, where somebody has packed them already */
export async function insertEntries(
  tx: Tx,
  place: TerminalPlace,
  entries: readonly SoundEntry[],
  { batch, receivedMs }: Pick<StoredEntry, "batch" | "receivedMs">,
  packed?: Uint8Array,
): Promise<void> {
  const bodies = entries.map(({ body }) => body);
  const bodyPlaces = placesOf(bodies);
  const columns = [...entryColumns, "batch", "body_at", "body_length"];
  const rows = entries.map((entry, index) => {
    const { at, length } = bodyPlaces[index] ?? nowhere;
    return [...entryValues(place, entry, noBody, receivedMs), batch, at, length];
  });
  const { storeCode, terminalId } = place;
  await tx.insert({ table: "upload_bodies", columns: ["store_code", "terminal_id", "batch", "packed"] }, [
    [storeCode, terminalId, batch, packed ?? packBodies(bodies)],
  ]);
  await tx.insert({ table: "journal_events", columns }, rows);
}

const noBody = new Uint8Array();
const nowhere: BodyPlace = { at: 0, length: 0 };

/** Set apart, whatever chain they are of; the same entry again is the same row. @returns how many are new */
export function insertQuarantined(
  tx: Tx,
  place: TerminalPlace,
  entries: readonly SoundEntry[],
  receivedMs: number,
): Promise<number> {
  return tx.insert(
    {
      ...{ table: "quarantined_entries", columns: entryColumns },
      tail: "ON CONFLICT (store_code, terminal_id, epoch, seq, hash) DO NOTHING",
    },
    entries.map((entry) => entryValues(place, entry, entry.body, receivedMs)),
  );
}

export function epochTip(
  sql: Pick<Sql, "first">,
  { storeCode, terminalId }: TerminalPlace,
  epoch: string,
): Promise<EpochTip | undefined> {
  return sql.first<EpochTip>(
    "SELECT seq, hash, ordinal FROM epochs WHERE store_code = ? AND terminal_id = ? AND epoch = ?",
    [storeCode, terminalId, epoch],
  );
}

/** Hashes of the entries from `first` to `last`, both of them included, by seq. */
export async function storedHashes(
  tx: Pick<Tx, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  epoch: string,
  [first, last]: readonly [first: number, last: number],
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx.rows<Pick<EntryRow, "seq" | "hash">>(
    `SELECT seq, hash FROM journal_events
     WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq BETWEEN ? AND ?`,
    [storeCode, terminalId, epoch, first, last],
  );
  return new Map(rows.map(({ seq, hash }) => [seq, hash]));
}

/** Entries of one epoch after `after`, in order. */
export async function entriesAfter(
  sql: Pick<Sql, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  epoch: string,
  after: number,
  limit: number,
): Promise<readonly StoredEntry[]> {
  const rows = await sql.rows<EntryRow>(
    `SELECT ${readColumns} FROM journal_events
     WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
    [storeCode, terminalId, epoch, after, limit],
  );
  return withBodies(sql, { storeCode, terminalId }, rows);
}

/** Entries of all epochs in the order they were taken in, after the one at (`batch`, `seq`). */
export async function entriesInOrder(
  sql: Pick<Sql, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  [batch, seq]: readonly [batch: number, seq: number],
  limit: number,
): Promise<readonly StoredEntry[]> {
  const rows = await sql.rows<EntryRow>(
    `SELECT ${readColumns} FROM journal_events
     WHERE store_code = ? AND terminal_id = ? AND (batch, seq) > (?, ?) ORDER BY batch, seq LIMIT ?`,
    [storeCode, terminalId, batch, seq, limit],
  );
  return withBodies(sql, { storeCode, terminalId }, rows);
}

/** What travels of it. */
export function wireEntryOf({ epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig }: StoredEntry): WireEntry {
  return { epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig };
}

const readColumns =
  "epoch, seq, kind, v, at_wall, at_mono, body, body_at, body_length, prev, hash, sig, batch, received_ms";

/** The rows' entries, with the bodies that lie among those of their uploads. */
async function withBodies(
  sql: Pick<Sql, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  rows: readonly EntryRow[],
): Promise<readonly StoredEntry[]> {
  const batches = [...new Set(rows.filter(({ body_at: at }) => at !== null).map(({ batch }) => batch))];
  const unpacked = new Map<number, Buffer>();
  if (batches.length > 0) {
    const found = await sql.rows<{ batch: number; packed: Uint8Array }>(
      `SELECT batch, packed FROM upload_bodies
       WHERE store_code = ? AND terminal_id = ? AND batch IN (${places(batches)})`,
      [storeCode, terminalId, ...batches],
    );
    for (const { batch, packed } of found) unpacked.set(batch, unpackBodies(packed));
  }
  return rows.map((row) => entryOfRow(row, unpacked.get(row.batch)));
}

function entryOfRow(row: EntryRow, unpacked: Buffer | undefined): StoredEntry {
  const { epoch, seq, kind, v, prev, hash, sig, batch, body_at: at, body_length: length } = row;
  const isPacked = at !== null && length !== null;
  assert(!isPacked || unpacked !== undefined, `the bodies of upload ${batch} are there`);
  const body = isPacked && unpacked !== undefined ? bodyAt(unpacked, { at, length }) : Buffer.from(row.body).toString();
  return {
    ...{ epoch, seq, kind, v, prev, hash, sig, batch, body },
    atWall: row.at_wall,
    atMono: row.at_mono,
    receivedMs: row.received_ms,
  };
}
