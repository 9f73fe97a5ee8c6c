import type { IntentAnswer, IntentArgs } from "#contract/ipc/intents.ts";
import type { Cashier } from "#core/access/role.ts";
import { fen, subtractFen } from "#core/money/fen.ts";
import { fail, ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { PieceCount } from "#core/shift/cash-count.ts";
import { closeShift as closeCounted } from "#core/shift/close-shift.ts";
import { judgeCount } from "#core/shift/judge-count.ts";
import type { DrawerCount, Shift, ShiftClose } from "#core/shift/shift.ts";
import { formatZNumber } from "#core/shift/z-report.ts";
import { approveByPin } from "#main/till/approval.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { isBegun } from "#main/till/drafts.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog } from "#main/till/payment-state.ts";
import { permissionFor } from "#main/till/permission.ts";
import { layOutShiftReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { readPieces } from "#main/till/shift/pieces.ts";
import { printSlip } from "#main/till/shift/slips.ts";
import { endAskedPrice } from "#main/till/open-price/asked-price.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";

/** Far beyond any honest evening; from then on a manager's PIN comes with the count. */
const mostCounts = 50;

interface Closing {
  readonly cashier: Cashier;
  readonly shift: Shift;
}

/**
 * Counts the drawer against what the shift took. Held sales and unsynced entries never stop it, nor does a difference:
 * beyond the shop's limit it takes a second count, then a manager's PIN and a reason. The open basket stops it.
 */
export async function closeShift(
  till: TillContext,
  args: IntentArgs<"close-shift">,
): Promise<Outcome<IntentAnswer<"close-shift">>> {
  const asked = closable(till);
  if (!asked.ok) return asked;
  const { cashier, shift } = asked.value;
  const isOwn = shift.openedBy === cashier.id;
  const permission = permissionFor(till, { kind: "close-shift", isOwn });
  if (permission === "no") return refuse("not-allowed");
  const needsWordToClose = permission !== "yes";
  if (needsWordToClose && args.approvalPin === undefined) return refuse("approval-needed");
  const pieces = readPieces(args.pieces, args.countedCashFen);
  if (!pieces.ok) return pieces;

  const given = giveCount(till, asked.value, args, pieces.value);
  if (!given.ok) return given;
  const { count, earlier } = given.value;
  const verdict = judgeCount(count, earlier, fen(till.deps.config.shift.varianceLimitFen));
  if (verdict === "count-again") return refuse("count-again");
  const { reason } = args;
  if (verdict === "approve" && reason === undefined) {
    const { expectedCashFen, countedCashFen } = count;
    const differenceFen = subtractFen(countedCashFen, expectedCashFen);
    return fail({ kind: "variance-over-limit", differenceFen, expectedCashFen });
  }
  if (!needsWordToClose && verdict === "close") return finish(till, asked.value, count, null);

  if (args.approvalPin === undefined) return refuse("approval-needed");
  const manager = await approveByPin(till, args.approvalPin);
  if (!manager.ok) return manager;
  // A PIN takes a moment: what was approved is the drawer that was counted, and a sale may have come into it.
  const late = closable(till);
  if (!late.ok) return late;
  if (late.value.shift.shiftId !== shift.shiftId || hasMoved(till, count)) return refuse("count-again");
  const approval = verdict === "approve" ? { approvedBy: manager.value.id, reason: reason ?? "" } : null;
  return finish(till, late.value, count, approval);
}

/** Who would close which shift; nobody does over a basket that is begun. */
function closable({ state }: TillContext): Outcome<Closing> {
  const { cashier, shift } = state;
  if (cashier === null) return refuse("not-signed-in");
  if (shift === null) return refuse("no-shift");
  return isBegun(state.draft) ? refuse("shift-has-open-sale") : ok({ cashier, shift });
}

/** Keeps the count, unless it is the very one that the counter stands by already. */
function giveCount(
  till: TillContext,
  { cashier, shift }: Closing,
  args: IntentArgs<"close-shift">,
  pieces: readonly PieceCount[] | null,
): Outcome<{ readonly count: DrawerCount; readonly earlier: readonly DrawerCount[] }> {
  const { store, clock, config } = till.deps;
  const earlier = store.drawerCounts(shift.shiftId);
  const last = earlier.at(-1);
  const { expectedCashFen } = store.shiftTotals(shift.shiftId);
  const isSame = last?.countedCashFen === args.countedCashFen && last.expectedCashFen === expectedCashFen;
  if (last?.isFinal === true && isSame) return ok({ count: last, earlier: earlier.slice(0, -1) });
  if (earlier.length >= mostCounts && args.approvalPin === undefined) return refuse("counted-too-often");
  const count = {
    number: earlier.length + 1,
    shiftId: shift.shiftId,
    countedCashFen: fen(args.countedCashFen),
    pieces,
    expectedCashFen,
    // The second count is told what is missing, whatever it says.
    isFinal: args.isFinal === true || earlier.length > 0,
    at: localIso(clock.now(), config.store.utcOffsetMinutes),
    cashierId: cashier.id,
    cashierName: cashier.name,
  };
  store.addDrawerCount(count);
  till.changed("status");
  return ok({ count, earlier });
}

function hasMoved(till: TillContext, { shiftId, expectedCashFen }: DrawerCount): boolean {
  return till.deps.store.shiftTotals(shiftId).expectedCashFen !== expectedCashFen;
}

/** The end: one transaction by the shift's id, then the paper. */
function finish(
  till: TillContext,
  { cashier, shift }: Closing,
  count: DrawerCount,
  approval: ShiftClose["approval"] | null,
): Outcome<IntentAnswer<"close-shift">> {
  const { deps, state } = till;
  const counted = closeCounted({
    shift,
    totals: deps.store.shiftTotals(shift.shiftId),
    countedCashFen: count.countedCashFen,
    pieces: count.pieces,
    closedAt: localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes),
    closedBy: cashier.id,
    approval,
  });
  if (!counted.ok) return refuse("amount-out-of-range");
  const z = deps.store.closeShift(counted.value, cashier.name);
  state.shift = null;
  endWeighing(till);
  endAskedPrice(till);
  closeDialog(till);
  till.changed("shift", "status");
  deps.sync?.shiftClosed();
  withoutFail(till, "back up after the shift", () => deps.backups?.shiftClosed());
  withoutFail(till, "print the shift slip", () =>
    printSlip(till, "shift-close", layOutShiftReceipt(till, { kind: "z", z })),
  );
  return ok({ ...counted.value, zNumber: formatZNumber(z) });
}
