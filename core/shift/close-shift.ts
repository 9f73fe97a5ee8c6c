import { addFen, type Fen, subtractFen } from "#core/money/fen.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { Shift, ShiftClose, ShiftTotals } from "./shift.ts";

export type CloseShiftFault = { readonly kind: "already-closed" } | { readonly kind: "count-is-negative" };

/**
 * Closes a shift with the cash the cashier counted. A difference is a fact to record, never a reason to refuse: a shift
 * that cannot be closed stops the shop. Asserts that the drawer's expectation is the float plus the cash taken less the cash given back.
 */
export function closeShift(count: {
  readonly shift: Shift;
  readonly totals: ShiftTotals;
  readonly countedCashFen: Fen;
  /** RFC 3339 with the shop's offset. */
  readonly closedAt: string;
  /** Id of the cashier who counted. */
  readonly closedBy: string;
}): Result<ShiftClose, CloseShiftFault> {
  const { shift, totals, countedCashFen } = count;
  if (shift.closedAt !== null) return fail({ kind: "already-closed" });
  if (countedCashFen < 0) return fail({ kind: "count-is-negative" });
  assert(
    totals.expectedCashFen === subtractFen(addFen(shift.floatFen, totals.cashFen), totals.refundCashFen),
    "a drawer holds its float and the cash taken, less what was given back",
  );
  return ok({
    shiftId: shift.shiftId,
    closedAt: count.closedAt,
    closedBy: count.closedBy,
    totals,
    countedCashFen,
    differenceFen: subtractFen(countedCashFen, totals.expectedCashFen),
  });
}
