import { assert } from "#core/result.ts";
import type { RelayOutbox } from "#main/till/ports/outbox.ts";
import { readEntries } from "./read-entries.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PositionRow {
  readonly epoch: string;
  readonly held: number;
  readonly end: number;
}

/** How far the shop's relay has the journal: beside head office's watermark, and never in its place. */
export function relayOutbox({ db, change }: SalesDatabase): RelayOutbox {
  const read = readEntries(db);
  const last = "coalesce((SELECT max(seq) FROM journal WHERE journal.epoch = p.epoch), 0)";
  // What stands behind a fork is for head office's quarantine and goes there by itself.
  const waiting = db.prepare<[], PositionRow>(`
    SELECT p.epoch, max(hq_acked, relay_acked) AS held, coalesce(forked_at, 9007199254740991) AS end
    FROM sync_positions AS p LEFT JOIN journal AS first ON first.epoch = p.epoch AND first.seq = 1
    WHERE max(hq_acked, relay_acked) < min(${last}, coalesce(forked_at, 9007199254740991) - 1)
    ORDER BY first.position LIMIT 1`);
  const hashAt = db
    .prepare<[string, number], Uint8Array>("SELECT hash FROM journal WHERE epoch = ? AND seq = ?")
    .pluck();
  const setKept = db.prepare("UPDATE sync_positions SET relay_acked = max(relay_acked, ?) WHERE epoch = ?");
  const atRelay = db
    .prepare<[], number>(`SELECT sum(max(0, min(relay_acked, ${last}) - hq_acked)) FROM sync_positions AS p`)
    .pluck();
  const relayOf = db.prepare<[], string | null>("SELECT relay_key FROM sync_state").pluck();
  const setRelay = db.prepare("UPDATE sync_state SET relay_key = ?");
  const forget = db.prepare("UPDATE sync_positions SET relay_acked = 0");
  return {
    useRelay(publicKey) {
      if (relayOf.get() === publicKey) return;
      change(() => {
        setRelay.run(publicKey);
        forget.run();
      });
    },
    nextForRelay(limit) {
      const next = waiting.get();
      return next === undefined ? [] : read({ epoch: next.epoch, after: next.held, end: next.end }, limit);
    },
    keptAtRelay({ epoch, seq, hash }) {
      const own = hashAt.get(epoch, seq);
      assert(own !== undefined && Buffer.from(own).toString("hex") === hash, "what a relay keeps is our own entry");
      change(() => setKept.run(seq, epoch));
    },
    atRelay: () => atRelay.get() ?? 0,
  };
}
