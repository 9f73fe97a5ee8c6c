import { assert } from "#core/result.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import type { DrawerCount, ShiftCorrection } from "#core/shift/shift.ts";
import type { ShiftStore } from "#main/till/ports/shift-store.ts";
import type { Journal } from "./journal.ts";
import type { Printing } from "./printing.ts";
import type { SalesDatabase } from "./sales-database.ts";
import type { Totals } from "./totals.ts";

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly printing: Printing;
}

type ShiftCash = Pick<
  ShiftStore,
  "moveCash" | "cashMove" | "noteNoSale" | "addDrawerCount" | "drawerCounts" | "correctShift" | "shiftCorrections"
>;

/** What a shift's drawer goes through beside sales and refunds; nothing of it is ever changed or taken away. */
export function shiftCash({ database, journal, totals, printing }: Deps): ShiftCash {
  const { db, change } = database;
  const body = (sql: string) => db.prepare<[string], string>(sql).pluck();
  const openShiftId = db.prepare<[], string>("SELECT shift_id FROM shifts WHERE closed_at IS NULL").pluck();
  const closedAt = db.prepare<[string], string | null>("SELECT closed_at FROM shifts WHERE shift_id = ?").pluck();
  const moved = body("SELECT body FROM cash_moves WHERE move_id = ?");
  const insertMove = db.prepare(
    "INSERT INTO cash_moves (position, move_id, shift_id, kind, amount_fen, body) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const counts = body("SELECT body FROM drawer_counts WHERE shift_id = ? ORDER BY number");
  const insertCount = db.prepare(
    "INSERT INTO drawer_counts (shift_id, number, counted_cash_fen, expected_cash_fen, body) VALUES (?, ?, ?, ?, ?)",
  );
  const corrections = body("SELECT body FROM shift_corrections WHERE shift_id = ? ORDER BY position");
  const insertCorrection = db.prepare(
    "INSERT INTO shift_corrections (position, correction_id, shift_id, body) VALUES (?, ?, ?, ?)",
  );

  function storedMove(moveId: string): CashMove | null {
    const stored = moved.get(moveId);
    // Written below alone.
    return stored === undefined ? null : (JSON.parse(stored) as CashMove);
  }

  return {
    moveCash(move, slip) {
      return change(() => {
        const stored = storedMove(move.moveId);
        if (stored !== null) return stored;
        const { moveId, shiftId, kind, amountFen } = move;
        assert(openShiftId.get() === shiftId, "cash moves in the shift that is open");
        const { position } = journal.append({ kind: "cash-moved", body: move });
        insertMove.run(position, moveId, shiftId, kind, amountFen, JSON.stringify(move));
        totals.addCashMove(move);
        if (slip !== null) printing.add(slip);
        return move;
      });
    },
    cashMove: storedMove,
    noteNoSale(entry) {
      change(() => {
        journal.append(entry);
        const shiftId = openShiftId.get();
        if (shiftId !== undefined) totals.addNoSale(shiftId);
      });
    },
    addDrawerCount(count) {
      change(() => {
        const { shiftId, number, countedCashFen, expectedCashFen } = count;
        assert(openShiftId.get() === shiftId, "the drawer of the open shift is counted");
        assert(counts.all(shiftId).length === number - 1, `count ${number} follows the ones before it`);
        insertCount.run(shiftId, number, countedCashFen, expectedCashFen, JSON.stringify(count));
        journal.append({ kind: "drawer-counted", body: count });
      });
    },
    // Written by `addDrawerCount` alone.
    drawerCounts: (shiftId) => counts.all(shiftId).map((one) => JSON.parse(one) as DrawerCount),
    correctShift(correction) {
      change(() => {
        const { correctionId, shiftId } = correction;
        assert(typeof closedAt.get(shiftId) === "string", "a shift is corrected after its end");
        const { position } = journal.append({ kind: "shift-correction", body: correction });
        insertCorrection.run(position, correctionId, shiftId, JSON.stringify(correction));
      });
    },
    // Written by `correctShift` alone.
    shiftCorrections: (shiftId) => corrections.all(shiftId).map((one) => JSON.parse(one) as ShiftCorrection),
  };
}
