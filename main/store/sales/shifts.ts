import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

interface ShiftRow {
  readonly shift_id: string;
  readonly opened_at: string;
  readonly opened_by: string;
  readonly opened_by_name: string;
  readonly business_date: string;
  readonly float_fen: number;
  readonly closed_at: string | null;
}

type Shifts = Pick<SalesStore, "currentShift" | "openShift" | "closeShift" | "shiftTotals">;

/** Shifts: at most one is open, which the file itself enforces, and only an open one takes sales. */
export function shifts({ db, change }: SalesDatabase, journal: Journal, totals: Totals): Shifts {
  const current = db.prepare<[], ShiftRow>("SELECT * FROM shifts WHERE closed_at IS NULL");
  const insert = db.prepare(`
    INSERT INTO shifts (shift_id, opened_at, opened_by, opened_by_name, business_date, float_fen) VALUES (?, ?, ?, ?, ?, ?)`);
  const close = db.prepare(`
    UPDATE shifts SET closed_at = ?, closed_by = ?, counted_cash_fen = ?, difference_fen = ?
    WHERE shift_id = ? AND closed_at IS NULL`);

  return {
    currentShift() {
      const row = current.get();
      return row === undefined ? null : shiftOf(row);
    },
    openShift(shift) {
      assert(shift.closedAt === null, "a shift that opens is not closed");
      change(() => {
        assert(current.get() === undefined, "no other shift is open");
        const { shiftId, openedAt, openedBy, openedByName, businessDate, floatFen } = shift;
        insert.run(shiftId, openedAt, openedBy, openedByName, businessDate, floatFen);
        totals.startShift(shiftId);
        journal.append({ kind: "shift-opened", body: shift });
      });
    },
    closeShift(closing) {
      change(() => {
        const { shiftId, closedAt, closedBy, countedCashFen, differenceFen } = closing;
        const { expectedCashFen, salesFen, saleCount } = totals.ofShift(shiftId);
        const agrees =
          closing.totals.expectedCashFen === expectedCashFen &&
          closing.totals.salesFen === salesFen &&
          closing.totals.saleCount === saleCount;
        assert(agrees, "a shift closes on the totals of its sales");
        assert(differenceFen === countedCashFen - expectedCashFen, "the difference is counted less expected");
        const { changes } = close.run(closedAt, closedBy, countedCashFen, differenceFen, shiftId);
        assert(changes === 1, `shift ${shiftId} is open`);
        journal.append({ kind: "shift-closed", body: closing });
      });
      // The quiet moment of the day: fold the log into the file, so that the next start has nothing to replay.
      db.pragma("wal_checkpoint(TRUNCATE)");
    },
    shiftTotals(shiftId) {
      return totals.ofShift(shiftId);
    },
  };
}

function shiftOf(row: ShiftRow): Shift {
  return {
    shiftId: row.shift_id,
    openedAt: row.opened_at,
    openedBy: row.opened_by,
    openedByName: row.opened_by_name,
    businessDate: row.business_date,
    floatFen: fen(row.float_fen),
    closedAt: row.closed_at,
  };
}
