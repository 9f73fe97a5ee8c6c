import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Sql, SqlRow, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { SoundEntry } from "./check-batch.ts";

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

export function entryValues({ storeCode, terminalId }: TerminalPlace, entry: SoundEntry, receivedMs: number): SqlRow {
  const { epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig } = entry;
  return [storeCode, terminalId, epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig, receivedMs];
}

export async function insertEntries(
  tx: Tx,
  place: TerminalPlace,
  entries: readonly SoundEntry[],
  { batch, receivedMs }: Pick<StoredEntry, "batch" | "receivedMs">,
): Promise<void> {
  const columns = [...entryColumns, "batch"];
  const rows = entries.map((entry) => [...entryValues(place, entry, receivedMs), batch]);
  await tx.insert({ table: "journal_events", columns }, rows);
}

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
    entries.map((entry) => entryValues(place, entry, receivedMs)),
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
    `SELECT epoch, seq, kind, v, at_wall, at_mono, body, prev, hash, sig, batch, received_ms FROM journal_events
     WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?`,
    [storeCode, terminalId, epoch, after, limit],
  );
  return rows.map(entryOfRow);
}

/** Entries of all epochs in the order they were taken in, after the one at (`batch`, `seq`). */
export async function entriesInOrder(
  sql: Pick<Sql, "rows">,
  { storeCode, terminalId }: TerminalPlace,
  [batch, seq]: readonly [batch: number, seq: number],
  limit: number,
): Promise<readonly StoredEntry[]> {
  const rows = await sql.rows<EntryRow>(
    `SELECT epoch, seq, kind, v, at_wall, at_mono, body, prev, hash, sig, batch, received_ms FROM journal_events
     WHERE store_code = ? AND terminal_id = ? AND (batch, seq) > (?, ?) ORDER BY batch, seq LIMIT ?`,
    [storeCode, terminalId, batch, seq, limit],
  );
  return rows.map(entryOfRow);
}

/** What travels of it. */
export function wireEntryOf({ epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig }: StoredEntry): WireEntry {
  return { epoch, seq, kind, v, atWall, atMono, body, prev, hash, sig };
}

function entryOfRow(row: EntryRow): StoredEntry {
  const { epoch, seq, kind, v, prev, hash, sig, batch } = row;
  const body = Buffer.from(row.body).toString("utf8");
  return {
    ...{ epoch, seq, kind, v, prev, hash, sig, batch, body },
    atWall: row.at_wall,
    atMono: row.at_mono,
    receivedMs: row.received_ms,
  };
}
