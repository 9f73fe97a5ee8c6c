import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { RefundBody } from "./bodies.ts";
import { type DayShare, nothingOf } from "./day-totals.ts";
import type { ReviewNote, ReviewReason } from "./review.ts";

interface Outcome {
  readonly days: readonly DayShare[];
  readonly notes: readonly ReviewNote[];
}

const columns = `store_code, terminal_id, refund_no, epoch, seq, kind, sale_id, sale_number, tender_id, amount_fen, reason,
  cashier_id, approved_by, requested_at, state, business_date`;

/**
 * A refund as its newest entry tells it. It counts once, on the day the money was given back; a charge that no sale books
 * was never among what the shop took and counts in no day.
 */
export async function projectRefund(
  tx: Tx,
  place: TerminalPlace,
  entry: Pick<WireEntry, "epoch" | "seq">,
  { refund, isNew }: { readonly refund: RefundBody; readonly isNew: boolean },
): Promise<Outcome> {
  const { epoch, seq } = entry;
  const { refundNo, kind, amountFen, given } = refund;
  const flagged = (reason: ReviewReason): Outcome => ({ days: [], notes: [{ epoch, seq, reason, detail: refundNo }] });
  const stored = await tx.first<{ business_date: string | null }>(
    "SELECT business_date FROM refunds WHERE store_code = ? AND terminal_id = ? AND refund_no = ?",
    [place.storeCode, place.terminalId, refundNo],
  );
  if (stored !== undefined && isNew) return flagged("refund-no-repeated");
  if (stored !== undefined && stored.business_date !== null) return flagged("refund-given-twice");
  await tx.run(
    `INSERT INTO refunds (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (store_code, terminal_id, refund_no) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
       state = excluded.state, business_date = excluded.business_date`,
    [
      ...[place.storeCode, place.terminalId, refundNo, epoch, seq, kind, refund.saleId, refund.saleNumber],
      ...[refund.tenderId, amountFen, refund.reason, refund.cashierId, refund.approvedBy, refund.requestedAt],
      ...[refund.state, given?.businessDate ?? null],
    ],
  );
  if (given === null || kind === "charge") return { days: [], notes: [] };
  return { days: [{ ...nothingOf(given.businessDate), refundCount: 1, refundFen: amountFen }], notes: [] };
}
