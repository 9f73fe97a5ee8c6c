import type { WireEntry } from "#core/journal/wire-entry.ts";
import { assert } from "#core/result.ts";
import type { EpochPosition, Outbox } from "#main/till/ports/outbox.ts";
import type { Journal } from "./journal.ts";
import { readEntries } from "./read-entries.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PositionRow {
  readonly epoch: string;
  readonly acked: number;
  readonly lastSeq: number;
  readonly forkedAt: number | null;
}

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
  const { positions, hashAt, isOurs } = sql;
  const read = readEntries(db);

  function ownHash(epoch: string, seq: number): string | null {
    if (seq === 0) return isOurs.get(epoch) === undefined ? null : noHash;
    const hash = hashAt.get(epoch, seq);
    return hash === undefined ? null : Buffer.from(hash).toString("hex");
  }

  function begun({ epoch, acked, forkedAt }: EpochPosition, limit: number): readonly WireEntry[] {
    // Entries before a fork belong to the journal, those from it on to the quarantine: never in one batch.
    const end = forkedAt === null || isBehindFork({ acked, forkedAt }) ? Number.MAX_SAFE_INTEGER : forkedAt;
    return read({ epoch, after: acked, end }, limit);
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
      change(() => sql.setAcked.run(seq, seq, seq, Buffer.from(hash, "hex"), epoch));
    },
    openEpoch(opening) {
      const { cause, previous, forks, lost, saleNumber, attemptNumber, alarm } = opening;
      const epoch = newId();
      change(() => {
        for (const { epoch: forked, seq } of forks) sql.setForked.run(seq, seq, seq, forked);
        for (const { epoch: ofLost, through } of lost) sql.setLost.run(ofLost, through);
        sql.setEpoch.run(epoch, saleNumber, saleNumber, attemptNumber);
        sql.addEpoch.run(epoch);
        if (alarm !== null) sql.setAlarm.run(alarm.kind, alarm.atMs, alarm.epoch, alarm.seq);
        journal.append({ kind: "epoch-opened", body: { previous, why: cause, alarm } });
        // Head office acts on nothing that stands behind a fork, and a customer waits for this word to have the money back.
        const givenUp = forks.flatMap((fork) => sql.givenUpFrom.all(fork.epoch, fork.seq));
        for (const body of givenUp) journal.append({ kind: "carried-abandoned", body: JSON.parse(body) });
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
  const hashAt = db
    .prepare<[string, number], Uint8Array>("SELECT hash FROM journal WHERE epoch = ? AND seq = ?")
    .pluck();
  const isOurs = db.prepare<[string], number>("SELECT 1 FROM sync_positions WHERE epoch = ?").pluck();
  // Where head office has lost what it once had, a relay has long put it away.
  const setAcked = db.prepare(`
    UPDATE sync_positions SET relay_acked = CASE WHEN ? < hq_acked THEN min(relay_acked, ?) ELSE relay_acked END,
      hq_acked = ?, hq_hash = ? WHERE epoch = ?`);
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
  const givenUpFrom = db
    .prepare<[string, number], string>(
      "SELECT CAST(body AS TEXT) FROM journal WHERE epoch = ? AND seq >= ? AND kind = 'carried-abandoned' ORDER BY seq",
    )
    .pluck();
  const lostThrough = db.prepare<[string], number>("SELECT through FROM lost_epochs WHERE epoch = ?").pluck();
  return {
    positions,
    hashAt,
    isOurs,
    setAcked,
    setForked,
    addEpoch,
    setEpoch,
    setAlarm,
    keepLost,
    setLost,
    givenUpFrom,
    lostThrough,
  };
}
