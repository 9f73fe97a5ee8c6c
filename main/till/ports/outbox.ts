import type { DaySide } from "#contract/wire/agreement.ts";
import type { FeedRow } from "#contract/wire/feed.ts";
import type { SyncAlarm } from "#contract/ipc/sync-view.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { EpochCause, Mark } from "#core/sync/upload.ts";
import type { JournalDraft } from "./sales-store.ts";

/** Entries of one epoch, contiguous, from the first that head office has not acknowledged. */
export interface OutboxBatch {
  readonly epoch: string;
  readonly entries: readonly WireEntry[];
  /** They stand behind a fork: head office keeps them apart. */
  readonly isQuarantine: boolean;
}

/** An epoch of this journal, oldest first in a list. */
export interface EpochPosition {
  readonly epoch: string;
  readonly acked: number;
  readonly lastSeq: number;
  readonly forkedAt: number | null;
}

/** Why and from where a new epoch begins, and what must never be given again. */
export interface EpochOpening {
  /** `restored`: these are the books of a backup, put in place of others. */
  readonly cause: EpochCause | "restored";
  /** The last entry both sides have; null where they share none. */
  readonly previous: Mark | null;
  /** From these entries on our own are not those head office holds. */
  readonly forks: readonly { readonly epoch: string; readonly seq: number }[];
  /** Epochs of which head office holds more than this file, and how far that was looked at. */
  readonly lost: readonly { readonly epoch: string; readonly through: number }[];
  /** Highest sale and attempt numbers met in what head office holds; 0 for none. */
  readonly saleNumber: number;
  readonly attemptNumber: number;
  /** Null where a person has just said what is so. */
  readonly alarm: SyncAlarm | null;
}

/** The journal as it is sent, and where head office stands in it. Every change is fsynced when it returns. */
export interface Outbox {
  /**
   * At most `limit` entries and a mebibyte; null where nothing waits. What stands behind a fork comes after everything
   * else, and only where it is asked for. Reads no more than it answers.
   */
  nextBatch(limit: number, withQuarantine: boolean): OutboxBatch | null;
  positions(): readonly EpochPosition[];
  /** 64 zeros at 0; null where the epoch ends before, or is not of this file. */
  hashAt(epoch: string, seq: number): string | null;
  /** Head office has everything up to here, which may be less than it once had. Asserts that the hash is our own. */
  advance(to: Mark): void;
  /** Opens a new epoch with its first entry, its alarm, its numbers and what is known as lost, in one transaction. */
  openEpoch(opening: EpochOpening): void;
  /** Keeps what this file has lost; the same entry again changes nothing. It counts as known with the epoch it leads to. */
  keepLost(entries: readonly WireEntry[]): void;
  /** How far an epoch's lost entries are known; 0 for none. */
  lostThrough(epoch: string): number;
}

/** The journal as the shop's relay has it. What it keeps survives this till's death, and head office may have none of it. */
export interface RelayOutbox {
  /** Which relay it is, by its key: another one begins with nothing. */
  useRelay(publicKey: string): void;
  /** Entries of one epoch that neither head office nor the relay has, at most `limit` and a mebibyte; empty for none. */
  nextForRelay(limit: number): readonly WireEntry[];
  /** The relay has everything up to here. Asserts that the hash is our own. */
  keptAtRelay(to: Mark): void;
  /** Entries that head office has not acknowledged and the relay has. */
  atRelay(): number;
}

/** A till of the shop and the keys it signs, or signed, its receipts with. */
export interface KnownTill {
  readonly terminalId: string;
  readonly publicKeys: readonly string[];
  readonly isRevoked: boolean;
}

/** What the till knows of head office beside its journal. */
export interface SyncStore {
  office(): { readonly key: string; readonly name: string } | null;
  /** The key is pinned from now on, by whose word. */
  noteEnrolled(office: { readonly key: string; readonly name: string }, entry: JournalDraft): void;
  alarm(): SyncAlarm | null;
  noteAlarmSeen(entry: JournalDraft): void;
  lastAgreedAtMs(): number | null;
  /** The newest business days as this file has them, newest first. */
  daySides(limit: number): readonly DaySide[];
  /** Both sides of the days that were compared; `agreedAtMs` where they are the same on all of them. */
  keepAgreement(
    days: readonly { readonly here: DaySide; readonly there: DaySide | null }[],
    atMs: number,
    areAgreed: boolean,
  ): void;
  /** The newest business days with both sides as last compared; one that never was has ours as it is now. Newest first. */
  comparedDays(limit: number): readonly { readonly here: DaySide; readonly there: DaySide | null }[];
  feedRev(scope: "people" | "settings"): number;
  /** Rows and checkpoint in one transaction. `isWhole`: all there is, so whatever else came from head office is gone. */
  applyFeed(scope: "people" | "settings", rows: readonly FeedRow[], through: number, isWhole: boolean): void;
  officeSettings(): ReadonlyMap<string, string | number | boolean>;
  /** Whose receipts are the shop's, as head office last told; empty before it did. */
  shopTills(): readonly KnownTill[];
  keepShopTills(tills: readonly KnownTill[]): void;
}
