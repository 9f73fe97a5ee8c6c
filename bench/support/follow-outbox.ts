import { statSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** What is left to send, read beside the till through a connection that cannot write. */
export interface OutboxFollower {
  waiting(): number;
  /** Entries head office has acknowledged. */
  sent(): number;
  /** Largest size of the file's WAL at any look so far. */
  mostWalBytes(): number;
  close(): void;
}

export function followOutbox(dataDir: string): OutboxFollower {
  const path = join(dataDir, "sales.db");
  const db = new Database(path, { readonly: true });
  const acked = db.prepare<[], number>("SELECT coalesce(sum(hq_acked), 0) FROM sync_positions").pluck();
  const written = db
    .prepare<[], number>(
      `SELECT sum(coalesce((SELECT max(seq) FROM journal WHERE journal.epoch = p.epoch), 0)) FROM sync_positions AS p`,
    )
    .pluck();
  let mostWalBytes = 0;
  const look = (): void => {
    mostWalBytes = Math.max(mostWalBytes, statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
  };
  return {
    waiting() {
      look();
      return (written.get() ?? 0) - (acked.get() ?? 0);
    },
    sent: () => acked.get() ?? 0,
    mostWalBytes: () => mostWalBytes,
    close: () => void db.close(),
  };
}
