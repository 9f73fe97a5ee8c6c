import type { CashMove } from "#core/shift/cash-move.ts";
import type { DrawerCount, Shift, ShiftClose, ShiftCorrection, ShiftTotals } from "#core/shift/shift.ts";
import type { ShiftEvent } from "#core/shift/shift-event.ts";
import type { ZReport } from "#core/shift/z-report.ts";
import type { JournalDraft, PrintJob } from "./sales-store.ts";

/** A shift in a list; what it took is in its Z. */
export interface ShiftSummary {
  readonly shift: Shift;
  /** Null while it is open, and where it was closed before Z reports were kept. */
  readonly z: ZReport | null;
  /** Of its closing; null while it is open. */
  readonly differenceFen: number | null;
  /** Its place in the list, for the next page. */
  readonly place: number;
}

/** The part of sales.db that keeps shifts. */
export interface ShiftStore {
  currentShift(): Shift | null;
  openShift(shift: Shift): void;
  /** The shift's end, its journal entry and its Z with the next number: one transaction. Answers the Z. */
  closeShift(close: ShiftClose, closedByName?: string): ZReport;
  shiftTotals(shiftId: string): ShiftTotals;

  /** Cash that moves without a sale, with its journal entry, its totals and its slip. The same id again: what is stored. */
  moveCash(move: CashMove, slip: PrintJob | null): CashMove;
  cashMove(moveId: string): CashMove | null;
  /** The drawer is opened without a sale: its journal entry, counted in the open shift where there is one. */
  noteNoSale(entry: JournalDraft): void;

  /** Kept for ever, with its journal entry. Asserts that it is the next count of the open shift. */
  addDrawerCount(count: DrawerCount): void;
  /** In their order. */
  drawerCounts(shiftId: string): readonly DrawerCount[];

  /** What the journal says of a shift's cash, in its order; `isWhole` is false where there was more than is read. */
  shiftEvents(shiftId: string): { readonly events: readonly ShiftEvent[]; readonly isWhole: boolean };
  /** Newest first; `before` is the place of the last one of the page before. */
  shifts(limit: number, before: number | null): readonly ShiftSummary[];
  shiftSummary(shiftId: string): ShiftSummary | null;

  /** With its journal entry. Asserts a closed shift. */
  correctShift(correction: ShiftCorrection): void;
  /** In their order. */
  shiftCorrections(shiftId: string): readonly ShiftCorrection[];
}
