import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PaperView, ShiftDeskView } from "#contract/ipc/shift-view.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { Cashier } from "#core/access/role.ts";
import { approve } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { managersOnly } from "#main/till/reading.ts";
import { columnsOf, layOutShiftReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { printSlip } from "#main/till/shift/slips.ts";

/** What the dialogs about the drawer know before anything is typed; the expected cash only where the shop shows it. */
export function readShiftDesk({ deps, state }: TillContext): Outcome<ShiftDeskView> {
  const { shift } = state;
  if (shift === null) return refuse("no-shift");
  const { blindCount, reasons } = deps.config.shift;
  const expectedCashFen = blindCount ? null : deps.store.shiftTotals(shift.shiftId).expectedCashFen;
  return ok({ expectedCashFen, countCount: deps.store.drawerCounts(shift.shiftId).length, reasons });
}

/** The open shift's figures as paper. It reads and prints, and changes nothing. */
export async function readXReport(till: TillContext, args: IntentArgs<"x-report">): Promise<Outcome<PaperView>> {
  const { deps, state } = till;
  if (state.shift === null) return refuse("no-shift");
  const isOwn = state.shift.openedBy === state.cashier?.id;
  const action = { kind: "read-x-report", isOwn, isBlind: deps.config.shift.blindCount } as const;
  const approval = await approve(till, action, args.approvalPin);
  if (!approval.ok) return approval;
  const { shift, cashier } = state;
  if (shift === null || cashier === null) return refuse("no-shift");
  if (args.print && deps.config.devices.printer === undefined) return refuse("no-printer");
  const paper = xPaper(till, shift, cashier);
  if (args.print) printSlip(till, "shift-report", paper.lines);
  return ok(paper);
}

export function xPaper(till: TillContext, shift: Shift, { name }: Cashier): PaperView {
  const { deps } = till;
  const totals = deps.store.shiftTotals(shift.shiftId);
  const takenAt = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
  const lines = layOutShiftReceipt(till, { kind: "x", shift, totals, takenAt, takenByName: name });
  return { columns: columnsOf(till), lines };
}

/** Prints a closed shift's Z again, marked 副本, with an entry in the journal. */
export function reprintZ(till: TillContext, { shiftId }: IntentArgs<"reprint-z">): Outcome {
  const allowed = managersOnly(till);
  if (!allowed.ok) return allowed;
  const { deps, state } = till;
  if (deps.config.devices.printer === undefined) return refuse("no-printer");
  const found = deps.store.shiftSummary(shiftId);
  if (found === null) return refuse("no-such-shift");
  if (found.z === null) return refuse("shift-without-z");
  const body = { shiftId, number: found.z.number, cashierId: state.cashier?.id };
  const lines = layOutShiftReceipt(till, { kind: "z", z: found.z }, true);
  printSlip(till, "shift-close", lines, { kind: "z-reprinted", body });
  return done;
}
