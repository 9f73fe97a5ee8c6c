import type { IntentArgs } from "#contract/ipc/intents.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { ok } from "#core/result.ts";
import { businessDate, localIso } from "#core/sale/business-date.ts";
import { closeShift as closeCounted } from "#core/shift/close-shift.ts";
import type { Shift, ShiftClose } from "#core/shift/shift.ts";
import type { TillContext } from "#main/till/context.ts";
import { withoutFail } from "#main/till/committing.ts";
import { isBegun } from "#main/till/drafts.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { closeDialog } from "#main/till/payment-state.ts";
import { permissionFor } from "#main/till/permission.ts";
import { layOutShiftReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { endWeighing } from "#main/till/weighing/weighing-state.ts";

export function openShift(till: TillContext, args: IntentArgs<"open-shift">): Outcome<{ readonly floatFen: Fen }> {
  const { deps, state } = till;
  if (state.cashier === null) return refuse("not-signed-in");
  if (state.shift !== null) return refuse("shift-already-open");
  const { utcOffsetMinutes, dayCutOffMinutes } = deps.config.store;
  const nowMs = deps.clock.now();
  const floatFen = fen(args.floatFen);
  const shift = {
    shiftId: deps.newId(),
    openedAt: localIso(nowMs, utcOffsetMinutes),
    openedBy: state.cashier.id,
    openedByName: state.cashier.name,
    businessDate: businessDate(nowMs, utcOffsetMinutes, dayCutOffMinutes),
    floatFen,
    closedAt: null,
  };
  deps.store.openShift(shift);
  state.shift = shift;
  withdrawNotices(till, (notice) => notice.kind === "scan-while-not-selling" && notice.why === "no-shift");
  till.changed("shift", "status");
  return ok({ floatFen });
}

/** Counts the drawer against what the shift took. Held sales and unsynced entries never stop it; the open basket does. */
export function closeShift(till: TillContext, args: IntentArgs<"close-shift">): Outcome<ShiftClose> {
  const { deps, state } = till;
  const { cashier, shift } = state;
  if (cashier === null) return refuse("not-signed-in");
  if (shift === null) return refuse("no-shift");
  const isOwn = shift.openedBy === cashier.id;
  if (permissionFor(till, { kind: "close-shift", isOwn }) !== "yes") return refuse("not-allowed");
  if (isBegun(state.draft)) return refuse("shift-has-open-sale");

  const counted = closeCounted({
    shift,
    totals: deps.store.shiftTotals(shift.shiftId),
    countedCashFen: fen(args.countedCashFen),
    closedAt: localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes),
    closedBy: cashier.id,
  });
  if (!counted.ok) return refuse("amount-out-of-range");
  const close = counted.value;
  deps.store.closeShift(close);
  state.shift = null;
  endWeighing(till);
  closeDialog(till);
  till.changed("shift", "status");
  deps.sync?.shiftClosed();
  withoutFail(till, "print the shift slip", () => printSlip(till, close, shift));
  return ok(close);
}

function printSlip(till: TillContext, close: ShiftClose, shift: Shift): void {
  const { deps } = till;
  if (deps.config.devices.printer === undefined) return;
  deps.store.enqueuePrint(
    {
      jobId: deps.newId(),
      saleId: null,
      kind: "shift-close",
      lines: JSON.stringify(layOutShiftReceipt(till, close, shift)),
      state: "queued",
      createdAtMs: deps.clock.now(),
    },
    null,
  );
  deps.receipts.wake();
}
