import { moveCash, openDrawer } from "#main/till/shift/cash-moves.ts";
import { closeShift } from "#main/till/shift/closing.ts";
import { openShift } from "#main/till/shift/opening.ts";
import { readShiftDesk, readXReport, reprintZ } from "#main/till/shift/reports.ts";
import { correctShift, explainShift, readShift, readShifts } from "#main/till/shift/shift-pages.ts";

/** The shift's drawer, and what a manager reads of it. */
export const shiftIntents = {
  "open-shift": { needs: "signed-in", run: openShift },
  "close-shift": { needs: "signed-in", run: closeShift },
  "shift-desk": { needs: "signed-in", run: readShiftDesk },
  "move-cash": { needs: "signed-in", run: moveCash },
  "open-drawer": { needs: "signed-in", run: openDrawer },
  "x-report": { needs: "signed-in", run: readXReport },
  "explain-shift": { needs: "signed-in", run: explainShift },
  shifts: { needs: "signed-in", run: readShifts },
  "shift-detail": { needs: "signed-in", run: readShift },
  "correct-shift": { needs: "signed-in", run: correctShift },
  "reprint-z": { needs: "signed-in", run: reprintZ },
} as const;
