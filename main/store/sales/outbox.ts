import { mostBatchBytes } from "#contract/wire/journal.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { EpochPosition, Outbox } from "#main/till/ports/outbox.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

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

interface PositionRow {
  readonly epoch: string;
  readonly acked: number;
  readonly lastSeq: number;
  readonly forkedAt: number | null;
}

/** Of an entry, beside its body and what JSON adds to it. */
const mostFrameBytes = 500;
/** Bodies up to this are estimated; almost all are. */
const mostEstimatedBytes = 4_096;
const noHash = "0".repeat(64);

export interface OutboxDeps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly newId: () => string;
}

/** The journal as the outbox it is: where head office stands in each epoch, and what comes next. */
export function outbox({ database, journal, newId }: OutboxDeps): Outbox {
  const { db, change } = database;
  const sql = statements(db);
  const { positions, after, hashAt, isOurs } = sql;

  function ownHash(epoch: string, seq: number): string | null {
    if (seq === 0) return isOurs.get(epoch) === undefined ? null : noHash;
    const hash = hashAt.get(epoch, seq);
    return hash === undefined ? null : Buffer.from(hash).toString("hex");
  }

  function begun({ epoch, acked, forkedAt }: EpochPosition, limit: number): readonly WireEntry[] {
    // Entries before a fork belong to the journal, those from it on to the quarantine: never in one batch.
    const end = forkedAt === null || isBehindFork({ acked, forkedAt }) ? Number.MAX_SAFE_INTEGER : forkedAt;
    const entries: WireEntry[] = [];
    let bytes = 0;
    for (const row of after.iterate(epoch, acked, end, limit)) {
      const entry = wireOf(row);
      bytes += bytesAsJson(entry.body, row.body.length) + mostFrameBytes;
      // One entry always goes: what is too large even alone is head office's to say.
      if (entries.length > 0 && bytes > mostBatchBytes) break;
      entries.push(entry);
    }
    return entries;
  }

  return {
    nextBatch(limit, withQuarantine) {
      const waiting = positions.all().filter(({ acked, lastSeq }) => acked < lastSeq);
      const next = waiting.find((one) => !isBehindFork(one)) ?? (withQuarantine ? waiting[0] : undefined);
      if (next === undefined) return null;
      return { epoch: next.epoch, entries: begun(next, limit), isQuarantine: isBehindFork(next) };
    },
    positions: () => positions.all(),
    hashAt: ownHash,
    advance({ epoch, seq, hash }) {
      assert(ownHash(epoch, seq) === hash, `what head office acknowledged of ${epoch} is our own entry ${seq}`);
      change(() => sql.setAcked.run(seq, Buffer.from(hash, "hex"), epoch));
    },
    openEpoch(opening) {
      const { cause, previous, forks, lost, saleNumber, attemptNumber, alarm } = opening;
      const epoch = newId();
      change(() => {
        for (const { epoch: forked, seq } of forks) sql.setForked.run(seq, seq, seq, forked);
        for (const { epoch: ofLost, through } of lost) sql.setLost.run(ofLost, through);
        sql.setEpoch.run(epoch, saleNumber, saleNumber, attemptNumber);
        sql.addEpoch.run(epoch);
        sql.setAlarm.run(alarm.kind, alarm.atMs, alarm.epoch, alarm.seq);
        journal.append({ kind: "epoch-opened", body: { previous, why: cause, alarm } });
      });
    },
    keepLost(entries) {
      change(() => {
        for (const entry of entries) sql.keepLost.run(entry.epoch, entry.seq, JSON.stringify(entry));
      });
    },
    lostThrough: (epoch) => sql.lostThrough.get(epoch) ?? 0,
  };
}

function isBehindFork({ acked, forkedAt }: Pick<EpochPosition, "acked" | "forkedAt">): boolean {
  return forkedAt !== null && acked + 1 >= forkedAt;
}

function statements(db: SalesDatabase["db"]) {
  // Few epochs, each found at both ends by its index.
  const positions = db.prepare<[], PositionRow>(`
    SELECT p.epoch, hq_acked AS acked, forked_at AS forkedAt,
      coalesce((SELECT max(seq) FROM journal WHERE journal.epoch = p.epoch), 0) AS lastSeq
    FROM sync_positions AS p LEFT JOIN journal AS first ON first.epoch = p.epoch AND first.seq = 1
    ORDER BY first.position`);
  const after = db.prepare<[string, number, number, number], Row>(
    "SELECT * FROM journal WHERE epoch = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT ?",
  );
  const hashAt = db
    .prepare<[string, number], Uint8Array>("SELECT hash FROM journal WHERE epoch = ? AND seq = ?")
    .pluck();
  const isOurs = db.prepare<[string], number>("SELECT 1 FROM sync_positions WHERE epoch = ?").pluck();
  const setAcked = db.prepare("UPDATE sync_positions SET hq_acked = ?, hq_hash = ? WHERE epoch = ?");
  const setForked = db.prepare(`
    UPDATE sync_positions SET forked_at = min(?, coalesce(forked_at, ?)), hq_acked = min(hq_acked, ? - 1) WHERE epoch = ?`);
  const addEpoch = db.prepare("INSERT INTO sync_positions (epoch) VALUES (?)");
  const setEpoch = db.prepare(`
    UPDATE meta SET epoch = ?, next_sale_number = max(next_sale_number, ? + 1),
      sale_number_floor = max(sale_number_floor, ?), next_attempt_number = max(next_attempt_number, ? + 1)`);
  const setAlarm = db.prepare("UPDATE sync_state SET alarm_kind = ?, alarm_at_ms = ?, alarm_epoch = ?, alarm_seq = ?");
  const keepLost = db.prepare("INSERT OR IGNORE INTO lost_entries (epoch, seq, entry) VALUES (?, ?, ?)");
  const setLost = db.prepare(
    "INSERT INTO lost_epochs (epoch, through) VALUES (?, ?) ON CONFLICT (epoch) DO UPDATE SET through = excluded.through",
  );
  const lostThrough = db.prepare<[string], number>("SELECT through FROM lost_epochs WHERE epoch = ?").pluck();
  return {
    positions,
    after,
    hashAt,
    isOurs,
    setAcked,
    setForked,
    addEpoch,
    setEpoch,
    setAlarm,
    keepLost,
    setLost,
    lostThrough,
  };
}

/**
 * Bytes of a body inside an upload, or a bound that is cheaper and enough: a body is JSON of our own, of which quotes and
 * backslashes alone become two bytes, and a hundred of these bounds stay within a batch.
 */
function bytesAsJson(body: string, length: number): number {
  return length <= mostEstimatedBytes ? length * 2 : Buffer.byteLength(JSON.stringify(body));
}

function wireOf(row: Row): WireEntry {
  const { epoch, seq, kind, v, at_wall: atWall, at_mono: atMono } = row;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  return {
    ...{ epoch, seq, kind, v, atWall, atMono },
    // What was hashed are the UTF-8 bytes of JSON of our own: every one of them is text.
    body: Buffer.from(row.body).toString("utf8"),
    ...{ prev: hex(row.prev), hash: hex(row.hash) },
    sig: row.sig === null ? null : Buffer.from(row.sig).toString("base64url"),
  };
}
