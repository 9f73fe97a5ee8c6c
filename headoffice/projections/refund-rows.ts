import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { RefundBody } from "./bodies.ts";
import { type DayShare, nothingOf } from "./day-totals.ts";
import { flagOverRefunds } from "./over-refunds.ts";
import type { ReviewNote, ReviewReason } from "./review.ts";

interface Outcome {
  readonly days: readonly DayShare[];
  readonly notes: readonly ReviewNote[];
}

const columns = `store_code, terminal_id, refund_no, epoch, seq, kind, sale_id, sale_number, tender_id, amount_fen, reason,
  cashier_id, approved_by, requested_at, state, business_date, sale_terminal_id`;

/**
 * A refund as its newest entry tells it. It counts once, on the day the money was given back and for the till that gave it;
 * a charge that no sale books was never among what the shop took and counts in no day.
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
  const soldBy = { storeCode: place.storeCode, terminalId: refund.soldBy ?? place.terminalId };
  await lockSeller(tx, place, soldBy);
  if (refund.check !== undefined) await endGrant(tx, place, refund.check.grantId, true);
  const stored = await tx.first<{ business_date: string | null }>(
    "SELECT business_date FROM refunds WHERE store_code = ? AND terminal_id = ? AND refund_no = ?",
    [place.storeCode, place.terminalId, refundNo],
  );
  if (stored !== undefined && isNew) return flagged("refund-no-repeated");
  if (stored !== undefined && stored.business_date !== null) return flagged("refund-given-twice");
  await tx.run(
    `INSERT INTO refunds (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (store_code, terminal_id, refund_no) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
       state = excluded.state, business_date = excluded.business_date`,
    [
      ...[place.storeCode, place.terminalId, refundNo, epoch, seq, kind, refund.saleId, refund.saleNumber],
      ...[refund.tenderId, amountFen, refund.reason, refund.cashierId, refund.approvedBy, refund.requestedAt],
      ...[refund.state, given?.businessDate ?? null, soldBy.terminalId],
    ],
  );
  if (kind === "charge") return { days: [], notes: [] };
  await flagOverRefunds(tx, soldBy, refund.saleId);
  if (given === null) return { days: [], notes: [] };
  return { days: [{ ...nothingOf(given.businessDate), refundCount: 1, refundFen: amountFen }], notes: [] };
}

/** A grant that was used, or was not needed, counts no more by itself. */
export async function endGrant(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  grantId: string,
  isByRefund = false,
): Promise<void> {
  await tx.run(
    `INSERT INTO refund_grant_ends (store_code, terminal_id, grant_id, by_refund) VALUES (?, ?, ?, ?)
     ON CONFLICT (store_code, terminal_id, grant_id) DO NOTHING`,
    [storeCode, terminalId, grantId, isByRefund ? 1 : 0],
  );
}

/**
 * Whoever looks at what is given back of a sale holds the row of the till that sold it: its own upload has that row anyway,
 * so none of them misses what another has under way. Two tills that give each other's sales back may wait for one another;
 * the database ends one of the two, and that is done again.
 */
async function lockSeller(tx: Tx, place: TerminalPlace, { storeCode, terminalId }: TerminalPlace): Promise<void> {
  if (terminalId === place.terminalId) return;
  await lockTill(tx, { storeCode, terminalId });
}

/** @returns false where there is no such till */
export async function lockTill(tx: Tx, { storeCode, terminalId }: TerminalPlace): Promise<boolean> {
  const count = await tx.run(
    "UPDATE terminals SET batch_count = batch_count WHERE store_code = ? AND terminal_id = ?",
    [storeCode, terminalId],
  );
  return count > 0;
}
