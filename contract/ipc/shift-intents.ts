import { z } from "zod";
import type { PaperView, ShiftDeskView, ShiftDetailView, ShiftRowView } from "#contract/ipc/shift-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { denominationsFen, mostPieces } from "#core/shift/cash-count.ts";
import type { Candidate } from "#core/shift/explain-variance.ts";
import type { ShiftClose } from "#core/shift/shift.ts";

const id = z.string().min(1).max(64);
const amountFen = z.int().min(0).max(1_000_000_000);
const approvalPin = z
  .string()
  .regex(/^\d{4,8}$/)
  .optional();
const reason = z.string().trim().min(1).max(40);
/** Notes and coins; they come to the total beside them, which main checks. */
const pieces = z
  .array(z.strictObject({ denominationFen: z.literal([...denominationsFen]), pieces: z.int().min(0).max(mostPieces) }))
  .max(denominationsFen.length)
  .optional();

/** The shift's drawer: opened, moved, counted, closed, and what a manager reads of it afterwards. */
export const shiftSchemas = {
  "open-shift": z.strictObject({ floatFen: amountFen, pieces }),
  /**
   * Gives a count, which is kept, and closes on it. Beyond the shop's limit it answers `count-again` once, then
   * `variance-over-limit`; with a reason and a manager's PIN it closes all the same.
   */
  "close-shift": z.strictObject({
    countedCashFen: amountFen,
    pieces,
    /** The counter stands by it and counts no second time. */
    isFinal: z.boolean().optional(),
    reason: reason.optional(),
    approvalPin,
  }),
  /** What the dialogs about the drawer need to know before anything is typed. */
  "shift-desk": z.strictObject({}),
  "move-cash": z.strictObject({
    /** Made when the dialog opens and kept for every press of its key: a second press moves nothing twice. */
    moveId: id,
    kind: z.enum(["pay-in", "pay-out", "safe-drop"]),
    amountFen: amountFen.min(1),
    reason,
    approvalPin,
  }),
  /** The drawer without a sale. */
  "open-drawer": z.strictObject({ reason, approvalPin }),
  /** The shift as it stands, as paper; printed where asked to. Changes nothing. */
  "x-report": z.strictObject({ print: z.boolean(), approvalPin }),
  /** What may have made the last final count differ; of the open shift, or of one that is closed. */
  "explain-shift": z.strictObject({ shiftId: id }),

  /** For a manager: shifts newest first, one of them, a word added to one, and its Z printed again. */
  shifts: z.strictObject({ limit: z.int().min(1).max(100), before: z.int().min(0).nullable() }),
  "shift-detail": z.strictObject({ shiftId: id }),
  "correct-shift": z.strictObject({
    /** As of `move-cash`. */
    correctionId: id,
    shiftId: id,
    amountFen: z.int().min(-1_000_000_000).max(1_000_000_000),
    reason,
  }),
  "reprint-z": z.strictObject({ shiftId: id }),
} as const;

export interface ShiftAnswers {
  "open-shift": { readonly floatFen: Fen };
  "close-shift": ShiftClose & { readonly zNumber: string };
  "shift-desk": ShiftDeskView;
  "x-report": PaperView;
  "explain-shift": { readonly differenceFen: Fen; readonly candidates: readonly Candidate[] };
  shifts: readonly ShiftRowView[];
  "shift-detail": ShiftDetailView;
}

/** Why a shift did not close, or its drawer did not move. */
export type PlainShiftFault =
  /** Off by more than the shop's limit; nothing more is told before the second count. */
  | "count-again"
  | "counted-too-often"
  | "count-differs-from-pieces"
  | "no-such-shift"
  | "shift-not-closed"
  | "shift-without-z"
  | "more-than-in-drawer";

export type ShiftFault = {
  readonly kind: "variance-over-limit";
  /** Counted minus expected: negative is missing. */
  readonly differenceFen: Fen;
  readonly expectedCashFen: Fen;
};
