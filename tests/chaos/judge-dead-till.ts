import { join } from "node:path";
import Database from "better-sqlite3";
import type { Printed } from "./till-words.ts";

/** What became of the sales of a till that never came back. */
export interface DeadTillVerdict {
  /** Entries it was told were kept elsewhere, by the relay or by head office. */
  readonly kept: number;
  /** Of them those that head office had not acknowledged to it: only the relay had said so. */
  readonly byRelayAlone: number;
  /** Papers among them. */
  readonly papers: number;
  /** Entries it was told were kept, and head office does not have, or not so. Must be 0. */
  readonly lost: number;
  readonly findings: readonly string[];
}

interface KeptRow {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly isByRelayAlone: number;
}

/**
 * A relay's word outlives the till: everything up to `relay_acked` reaches head office, though the disk it was written to
 * is read by nobody but this judge any more.
 */
export function judgeDeadTill(facts: {
  readonly dataDir: string;
  readonly officeDb: string;
  readonly storeCode: string;
  readonly terminalId: string;
  readonly printed: readonly Printed[];
}): DeadTillVerdict {
  const { dataDir, officeDb, storeCode, terminalId, printed } = facts;
  const disk = new Database(join(dataDir, "sales.db"), { readonly: true });
  const office = new Database(officeDb, { readonly: true });
  try {
    const kept = disk
      .prepare<[], KeptRow>(
        `SELECT journal.epoch AS epoch, seq, lower(hex(hash)) AS hash, seq > hq_acked AS isByRelayAlone
         FROM journal JOIN sync_positions USING (epoch) WHERE seq <= max(hq_acked, relay_acked)`,
      )
      .all();
    const there = office
      .prepare<[string, string, string, number], string>(
        "SELECT hash FROM journal_events WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq = ?",
      )
      .pluck();
    const lost = kept.filter(({ epoch, seq, hash }) => there.get(storeCode, terminalId, epoch, seq) !== hash);
    const hashes = new Set(kept.map(({ hash }) => hash));
    return {
      ...{ kept: kept.length, byRelayAlone: kept.filter((row) => row.isByRelayAlone === 1).length },
      papers: printed.filter(({ hash }) => hashes.has(hash)).length,
      lost: lost.length,
      findings: lost.map(({ epoch, seq }) => `${terminalId} was told that ${epoch} ${seq} is kept, and it is gone`),
    };
  } finally {
    disk.close();
    office.close();
  }
}
