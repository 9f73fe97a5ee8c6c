import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";

/** Why a person should look at an entry that was stored and acknowledged; known when it was taken in. */
export const intakeReasons = [
  "signature-of-other-key",
  "epoch-not-opened",
  "epoch-without-past",
  "epoch-past-missing",
  "epoch-past-differs",
  /** It follows an entry before the last one held here: the till has lost what came after. */
  "epoch-leaves-entries",
  /** The till has other bytes under a key that is stored here; nothing was overwritten. */
  "fork",
  /** A sale that stands behind a fork, whole and in no total, under the number of another that is stored here. */
  "sale-behind-fork",
] as const;

/** Found while the entry was read; found again, the same, when projections are built anew. */
export const readingReasons = [
  "unknown-kind",
  "unknown-version",
  "unreadable-body",
  "other-terminal",
  "sums-differ",
  "sale-id-repeated",
  "sale-number-repeated",
  /** Another till of the shop has rung up the sale as well. */
  "sold-by-two-tills",
  "refund-no-repeated",
  "refund-given-twice",
  /** More of a sale was given back than was paid, by this till or together with others. */
  "refund-over-sale",
  "shift-repeated",
  "shift-unknown",
  /** What became of a payment to the printed code that is not here, or had ended before. */
  "taking-unknown",
  /** A sale stands on a carried payment that is not there: never made, or given back. */
  "carried-not-paid",
  /** What it says of a carried payment is not what the order is: another amount, another till, a second word. */
  "carried-other-request",
  /** The till's calendar was set: its entries' times are not those of the day they were written on. */
  "clock-jumped",
] as const;

export type ReviewReason = (typeof intakeReasons)[number] | (typeof readingReasons)[number];

export interface ReviewNote {
  readonly epoch: string;
  readonly seq: number;
  readonly reason: ReviewReason;
  /** Names of fields and places; nothing of a customer. */
  readonly detail: string;
}

const mostDetail = 200;

/** Once per entry and reason; what was settled stays settled. */
export async function noteForReview(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  notes: readonly ReviewNote[],
  noticedMs: number,
): Promise<void> {
  if (notes.length === 0) return;
  await tx.insert(
    {
      table: "review_items",
      columns: ["store_code", "terminal_id", "epoch", "seq", "reason", "detail", "noticed_ms"],
      tail: "ON CONFLICT (store_code, terminal_id, epoch, seq, reason) DO NOTHING",
    },
    notes.map(({ epoch, seq, reason, detail }) => {
      return [storeCode, terminalId, epoch, seq, reason, detail.slice(0, mostDetail), noticedMs];
    }),
  );
}
