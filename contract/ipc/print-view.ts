import type { PrinterTrouble } from "#contract/devices/messages.ts";

/** What a piece of paper is. */
export type PrintKind =
  | "receipt"
  | "copy"
  | "shift-close"
  | "refund"
  | "report"
  | "labels"
  | "shift-report"
  | "cash-move"
  | "stock"
  /** What an old till had printed. */
  | "legacy";

/** One piece of paper in the list of prints; asked for, never pushed. */
export interface PrintJobView {
  readonly jobId: string;
  readonly kind: PrintKind;
  /** Of the sale it belongs to; null for a slip of its own. */
  readonly saleNumber: string | null;
  readonly state: "queued" | "sending" | "printed" | "unknown" | "failed" | "cancelled";
  /** Why it ended so, where the state does not say it. */
  readonly reason: "damaged" | "by-manager" | "printed-again" | "seen" | "spooled" | null;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** What the next job waits for; null where nothing is in the way, and for all others. */
  readonly waitsFor: PrinterTrouble | "not-connected" | null;
}
