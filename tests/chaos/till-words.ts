import type { SyncView } from "#contract/ipc/sync-view.ts";

/** A paper that a customer holds. */
export interface Printed {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: number;
  /** Of its journal entry, hex; the code on the paper. */
  readonly hash: string;
}

export type Standing = Pick<
  SyncView,
  "waiting" | "lastAgreedAtMs" | "disagreedDates" | "state" | "trouble" | "alarm" | "withRelay"
>;

/** What a selling till tells, a line each. */
export type TillWord =
  | { readonly kind: "ready" }
  | (Printed & { readonly kind: "printed" })
  | (Standing & { readonly kind: "standing" })
  /** Of a till that has a number of sales to make: it has made them. */
  | { readonly kind: "sold-out" };
