import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen } from "#core/money/fen.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import { approve } from "#main/till/approval.ts";
import { openDrawerFor, withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { layOutCashSlip } from "#main/till/receipt/lay-out-receipt.ts";
import { slipOf } from "#main/till/shift/slips.ts";

/**
 * 补款, 支出, 缴存: on disk with its journal entry and its slip, then the drawer opens. More than the drawer holds does not
 * leave it. The same id again moves nothing twice.
 */
export async function moveCash(till: TillContext, args: IntentArgs<"move-cash">): Promise<Outcome> {
  const { deps, state } = till;
  if (deps.store.cashMove(args.moveId) !== null) return done;
  if (state.shift === null) return refuse("no-shift");
  const approval = await approve(
    till,
    { kind: "move-cash", move: args.kind, amountFen: fen(args.amountFen) },
    args.approvalPin,
  );
  if (!approval.ok) return approval;
  // A PIN takes a moment: the shift may have ended, and a second press may have come first.
  const { shift, cashier } = state;
  if (shift === null) return refuse("no-shift");
  if (cashier === null) return refuse("not-signed-in");
  if (deps.store.cashMove(args.moveId) !== null) return done;
  const { expectedCashFen } = deps.store.shiftTotals(shift.shiftId);
  if (args.kind !== "pay-in" && args.amountFen > expectedCashFen) return refuse("more-than-in-drawer");
  const move: CashMove = {
    ...{ moveId: args.moveId, shiftId: shift.shiftId, kind: args.kind, amountFen: fen(args.amountFen) },
    ...{ reason: args.reason, at: localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes) },
    ...{ cashierId: cashier.id, cashierName: cashier.name, approvedBy: approval.value },
  };
  deps.store.moveCash(move, slipOf(till, "cash-move", layOutCashSlip(till, move)));
  till.changed("status");
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  withoutFail(till, "open the drawer", () => openDrawerFor(till, move.kind, { moveId: move.moveId, why: move.reason }));
  return done;
}

/** The drawer without a sale: a manager's word, a reason, and an entry that the shift counts. */
export async function openDrawer(till: TillContext, args: IntentArgs<"open-drawer">): Promise<Outcome> {
  if (till.deps.isTraining === true) return refuse("drawer-off-training");
  if (till.deps.config.devices.printer?.drawer === undefined) return refuse("no-drawer");
  const approval = await approve(till, { kind: "open-drawer" }, args.approvalPin);
  if (!approval.ok) return approval;
  openDrawerFor(till, "no-sale", { why: args.reason, approvedBy: approval.value });
  return done;
}
