import { type Fen, subtractFen } from "#core/money/fen.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { PieceCount } from "./cash-count.ts";
import { expectedCash } from "./expected-cash.ts";
import type { Shift, ShiftClose, ShiftTotals } from "./shift.ts";

export type CloseShiftFault = { readonly kind: "already-closed" } | { readonly kind: "count-is-negative" };

/**
 * Closes a shift with the cash the cashier counted. A difference is a fact to record, never a reason to refuse: a shift
 * that cannot be closed stops the shop. Asserts that the drawer's expectation is what `expectedCash` says of its sums.
 */
export function closeShift(count: {
  readonly shift: Shift;
  readonly totals: ShiftTotals;
  readonly countedCashFen: Fen;
  readonly pieces: readonly PieceCount[] | null;
  /** RFC 3339 with the shop's offset. */
  readonly closedAt: string;
  /** Id of the cashier who counted. */
  readonly closedBy: string;
  /** Where the difference is beyond the shop's limit. */
  readonly approval: ShiftClose["approval"] | null;
}): Result<ShiftClose, CloseShiftFault> {
  const { shift, totals, countedCashFen, pieces, approval } = count;
  if (shift.closedAt !== null) return fail({ kind: "already-closed" });
  if (countedCashFen < 0) return fail({ kind: "count-is-negative" });
  assert(
    totals.expectedCashFen === expectedCash({ floatFen: shift.floatFen, ...totals }),
    "a drawer holds its float and what came in, less what was given back, paid out and put away",
  );
  return ok({
    shiftId: shift.shiftId,
    closedAt: count.closedAt,
    closedBy: count.closedBy,
    totals,
    countedCashFen,
    ...(pieces === null ? {} : { pieces }),
    differenceFen: subtractFen(countedCashFen, totals.expectedCashFen),
    ...(approval === null || approval === undefined ? {} : { approval }),
  });
}
