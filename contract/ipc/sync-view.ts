import type { DaySide } from "../wire/agreement.ts";

/** How the till stands with head office, measured by the last answer and nothing else. */
export interface SyncView {
  /**
   * `alone`: no head office is configured. `not-enrolled`: configured, and a code is still to be entered.
   * `online`/`offline`: by the last answer. `stopped`: head office refuses this till; `trouble` says why.
   */
  readonly state: "alone" | "not-enrolled" | "online" | "offline" | "stopped";
  /** Since when `state` is what it is; milliseconds since 1970. */
  readonly sinceMs: number;
  /** Journal entries head office has not acknowledged. */
  readonly waiting: number;
  /** Of those, how many the shop's relay keeps: they survive this till. Null where the shop has no relay. */
  readonly withRelay: number | null;
  /** When both sides last agreed on every day that was compared; null: never yet. */
  readonly lastAgreedAtMs: number | null;
  /** Days on which the two sides differ, newest first; empty when they agree. */
  readonly disagreedDates: readonly string[];
  readonly trouble: SyncTrouble | null;
  /** A fork or a lost tail was met and a new epoch begun: stands until a manager has seen it. */
  readonly alarm: SyncAlarm | null;
  readonly officeName: string | null;
  /** Host of the configured address; never a path or a key. */
  readonly officeHost: string | null;
  /** What guards this till's key: `account` is no better than this user's files; null without a key. */
  readonly keyGuard: "key-store" | "account" | null;
}

export type SyncTrouble =
  | "revoked"
  | "unknown-terminal"
  | "bad-signature"
  | "wrong-clock"
  | "not-understood"
  | "wrong-office";

export interface SyncAlarm {
  readonly kind: "fork" | "tail-lost" | "broken-chain";
  readonly atMs: number;
  readonly epoch: string;
  readonly seq: number;
}

/** A day on both sides, for the manager's page. */
export interface AgreementDayView {
  readonly businessDate: string;
  readonly here: DaySide;
  /** null: head office has not said yet. */
  readonly there: DaySide | null;
  readonly isAgreed: boolean;
}
