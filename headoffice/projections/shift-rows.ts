import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { ShiftClosedBody, ShiftOpenedBody } from "./bodies.ts";
import type { ReviewNote } from "./review.ts";

type Place = Pick<WireEntry, "epoch" | "seq">;

export async function openShift(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  { epoch, seq }: Place,
  shift: ShiftOpenedBody,
): Promise<readonly ReviewNote[]> {
  const { shiftId, openedAt, openedByName, businessDate, floatFen } = shift;
  const added = await tx.run(
    `INSERT INTO shifts (store_code, terminal_id, shift_id, opened_at, opened_by_name, business_date, float_fen)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store_code, terminal_id, shift_id) DO NOTHING`,
    [storeCode, terminalId, shiftId, openedAt, openedByName, businessDate, floatFen],
  );
  return added > 0 ? [] : [{ epoch, seq, reason: "shift-repeated", detail: shiftId }];
}

export async function closeShift(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  { epoch, seq }: Place,
  closing: ShiftClosedBody,
): Promise<readonly ReviewNote[]> {
  const { shiftId, closedAt, closedBy, countedCashFen, differenceFen } = closing;
  const closed = await tx.run(
    `UPDATE shifts SET closed_at = ?, closed_by = ?, counted_cash_fen = ?, difference_fen = ?
     WHERE store_code = ? AND terminal_id = ? AND shift_id = ? AND closed_at IS NULL`,
    [closedAt, closedBy, countedCashFen, differenceFen, storeCode, terminalId, shiftId],
  );
  return closed > 0 ? [] : [{ epoch, seq, reason: "shift-unknown", detail: shiftId }];
}
