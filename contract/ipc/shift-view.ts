import type { Fen } from "#core/money/fen.ts";
import type { PaperColumns, PrintLine } from "#core/receipt/document.ts";
import type { Candidate } from "#core/shift/explain-variance.ts";
import type { DrawerCount, Shift, ShiftClose, ShiftCorrection, ShiftTotals } from "#core/shift/shift.ts";
import type { ShiftEvent } from "#core/shift/shift-event.ts";

/** A slip exactly as it prints, for drawing as paper. */
export interface PaperView {
  readonly columns: PaperColumns;
  readonly lines: readonly PrintLine[];
}

/** Asked for when a dialog about the drawer opens. */
export interface ShiftDeskView {
  /** Hidden while it is null: the count is blind. */
  readonly expectedCashFen: Fen | null;
  /** Counts that were given in this shift. */
  readonly countCount: number;
  /** The shop's own short lists; an empty one stands for the till's. */
  readonly reasons: {
    readonly payIn: readonly string[];
    readonly payOut: readonly string[];
    readonly safeDrop: readonly string[];
    readonly noSale: readonly string[];
  };
}

export interface ShiftRowView {
  readonly shiftId: string;
  readonly openedAt: string;
  readonly openedByName: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
  readonly businessDate: string;
  /** Null while it is open, and where it was closed before Z reports were kept. */
  readonly zNumber: string | null;
  readonly salesFen: Fen;
  readonly saleCount: number;
  readonly differenceFen: Fen | null;
  /** Beyond the shop's limit as it is set today. */
  readonly isOverLimit: boolean;
  readonly correctionCount: number;
  /** For the next page. */
  readonly place: number;
}

export interface ShiftDetailView {
  readonly shift: Shift;
  readonly totals: ShiftTotals;
  /** Null while it is open. */
  readonly close: ShiftClose | null;
  readonly closedByName: string | null;
  /** By whose word a difference beyond the limit was accepted. */
  readonly approvedByName: string | null;
  readonly zNumber: string | null;
  readonly differenceFen: Fen | null;
  readonly counts: readonly DrawerCount[];
  /** All but sales, oldest first; at most the last `mostShiftEvents` of them. */
  readonly events: readonly ShiftEvent[];
  readonly eventsLeftOff: number;
  /** Whether the journal, added up again, comes to the same totals; null where it is too long to be read here. */
  readonly isRecounted: boolean | null;
  readonly candidates: readonly Candidate[];
  readonly corrections: readonly ShiftCorrection[];
  /** The Z as it was printed; of an open shift the X. */
  readonly paper: PaperView;
}

/** What a person reads through; a shift has a few dozen events that are no sales. */
export const mostShiftEvents = 300;
