import type { IntentAnswer, IntentArgs } from "#contract/ipc/intents.ts";
import { mostShiftEvents, type ShiftDetailView, type ShiftRowView } from "#contract/ipc/shift-view.ts";
import type { Cashier } from "#core/access/role.ts";
import { fen, subtractFen } from "#core/money/fen.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { explainVariance } from "#core/shift/explain-variance.ts";
import { isBeyond } from "#core/shift/judge-count.ts";
import type { ShiftTotals } from "#core/shift/shift.ts";
import { recountShift } from "#core/shift/shift-totals.ts";
import { formatZNumber } from "#core/shift/z-report.ts";
import type { TaxSum } from "#core/tax/tax-sum.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { ShiftSummary } from "#main/till/ports/shift-store.ts";
import { permissionFor } from "#main/till/permission.ts";
import { managersOnly } from "#main/till/reading.ts";
import { columnsOf, layOutShiftReceipt, nameOf } from "#main/till/receipt/lay-out-receipt.ts";
import { xPaper } from "#main/till/shift/reports.ts";

export function readShifts(till: TillContext, args: IntentArgs<"shifts">): Outcome<readonly ShiftRowView[]> {
  const allowed = managersOnly(till);
  if (!allowed.ok) return allowed;
  return ok(till.deps.store.shifts(args.limit, args.before).map((summary) => rowOf(till, summary)));
}

/** One shift with all that was written down of it; for a manager, who may see what the count is blind to. */
export function readShift(till: TillContext, { shiftId }: IntentArgs<"shift-detail">): Outcome<ShiftDetailView> {
  const allowed = managersOnly(till);
  const { cashier } = till.state;
  if (!allowed.ok || cashier === null) return allowed.ok ? refuse("not-signed-in") : allowed;
  const { store } = till.deps;
  const found = store.shiftSummary(shiftId);
  if (found === null) return refuse("no-such-shift");
  const { shift, z } = found;
  const totals = store.shiftTotals(shiftId);
  const { events, isWhole } = store.shiftEvents(shiftId);
  const told = events.filter(({ kind }) => kind !== "sale");
  const difference = differenceOf(till, found);
  return ok({
    ...{ shift, totals, close: z?.close ?? null, closedByName: z?.closedByName ?? null },
    approvedByName: nameOf(till, z?.close.approval?.approvedBy ?? null),
    zNumber: z === null ? null : formatZNumber(z),
    differenceFen: found.differenceFen === null ? null : fen(found.differenceFen),
    counts: store.drawerCounts(shiftId),
    events: told.slice(-mostShiftEvents),
    eventsLeftOff: Math.max(0, told.length - mostShiftEvents),
    isRecounted: isWhole ? isSameSum(totals, recountShift(shift.floatFen, events)) : null,
    candidates: difference === null ? [] : explainVariance({ ...difference, events, floatFen: shift.floatFen }),
    corrections: store.shiftCorrections(shiftId),
    paper: paperOf(till, found, cashier),
  });
}

/**
 * What may have made a count differ, for whoever has been told that it does: a manager, or the shift's own cashier after a
 * count that stands.
 */
export function explainShift(
  till: TillContext,
  { shiftId }: IntentArgs<"explain-shift">,
): Outcome<IntentAnswer<"explain-shift">> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const found = till.deps.store.shiftSummary(shiftId);
  if (found === null) return refuse("no-such-shift");
  const isOwn = found.shift.openedBy === cashier.id;
  if (permissionFor(till, { kind: "see-shift-totals", isOwn }) !== "yes") return refuse("not-allowed");
  const difference = differenceOf(till, found);
  if (difference === null) return refuse("shift-not-closed");
  const { events } = till.deps.store.shiftEvents(shiftId);
  const candidates = explainVariance({ ...difference, events, floatFen: found.shift.floatFen });
  return ok({ differenceFen: difference.differenceFen, candidates });
}

/** A manager's later word on a closed shift, as an entry of its own. */
export function correctShift(till: TillContext, args: IntentArgs<"correct-shift">): Outcome {
  const { deps, state } = till;
  const { cashier } = state;
  if (cashier === null) return refuse("not-signed-in");
  if (permissionFor(till, { kind: "correct-shift" }) !== "yes") return refuse("not-allowed");
  const found = deps.store.shiftSummary(args.shiftId);
  if (found === null) return refuse("no-such-shift");
  if (found.shift.closedAt === null) return refuse("shift-not-closed");
  const { correctionId, shiftId, reason } = args;
  // The key was pressed twice.
  if (deps.store.shiftCorrections(shiftId).some((one) => one.correctionId === correctionId)) return done;
  deps.store.correctShift({
    ...{ correctionId, shiftId, reason, amountFen: fen(args.amountFen) },
    at: localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes),
    ...{ managerId: cashier.id, managerName: cashier.name },
  });
  till.changed("status");
  return done;
}

function rowOf(till: TillContext, summary: ShiftSummary): ShiftRowView {
  const { shift, z, place } = summary;
  const { store, config } = till.deps;
  const { shiftId, openedAt, openedByName, closedAt, businessDate } = shift;
  const { salesFen, saleCount } = z?.close.totals ?? store.shiftTotals(shiftId);
  const differenceFen = summary.differenceFen === null ? null : fen(summary.differenceFen);
  return {
    ...{ shiftId, openedAt, openedByName, closedAt, businessDate, salesFen, saleCount, differenceFen, place },
    zNumber: z === null ? null : formatZNumber(z),
    isOverLimit: differenceFen !== null && isBeyond(fen(config.shift.varianceLimitFen), differenceFen),
    correctionCount: store.shiftCorrections(shiftId).length,
  };
}

/** Of the closing, or while the shift is open of the last count that stands; null where nothing was told yet. */
function differenceOf(till: TillContext, { shift, z }: ShiftSummary) {
  if (z !== null) {
    const { countedCashFen, differenceFen } = z.close;
    return { countedCashFen, differenceFen };
  }
  const last = till.deps.store.drawerCounts(shift.shiftId).findLast(({ isFinal }) => isFinal);
  if (last === undefined) return null;
  const { countedCashFen, expectedCashFen } = last;
  return { countedCashFen, differenceFen: subtractFen(countedCashFen, expectedCashFen) };
}

function paperOf(till: TillContext, { shift, z }: ShiftSummary, cashier: Cashier): ShiftDetailView["paper"] {
  if (z === null) return xPaper(till, shift, cashier);
  return { columns: columnsOf(till), lines: layOutShiftReceipt(till, { kind: "z", z }) };
}

function isSameSum({ taxes = [], ...one }: ShiftTotals, { taxes: otherTaxes = [], ...other }: ShiftTotals): boolean {
  const sums = new Map<string, number>(Object.entries(other));
  return Object.entries(one).every(([name, sum]) => sums.get(name) === sum) && areSameTaxes(taxes, otherTaxes);
}

/** Both are by rate, highest first. */
function areSameTaxes(one: readonly TaxSum[], other: readonly TaxSum[]): boolean {
  return one.length === other.length && one.every((sum, index) => isSameTax(sum, other[index]));
}

function isSameTax(one: TaxSum, other: TaxSum | undefined): boolean {
  if (other === undefined) return false;
  const sums = new Map<string, number>(Object.entries(other));
  return Object.entries(one).every(([name, sum]) => sums.get(name) === sum);
}
