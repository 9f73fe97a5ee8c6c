import type Database from "better-sqlite3";
import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { PieceCount } from "#core/shift/cash-count.ts";
import type { Shift, ShiftClose } from "#core/shift/shift.ts";
import type { ZReport } from "#core/shift/z-report.ts";
import type { ShiftStore, ShiftSummary } from "#main/till/ports/shift-store.ts";
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
  readonly float_pieces: string | null;
  readonly closed_at: string | null;
}

interface SummaryRow extends ShiftRow {
  readonly difference_fen: number | null;
  readonly opened_position: number | null;
  readonly z_body: string | null;
}

interface Deps {
  readonly database: SalesDatabase;
  readonly journal: Journal;
  readonly totals: Totals;
  readonly terminalId: string;
}

type Shifts = Pick<ShiftStore, "currentShift" | "openShift" | "closeShift" | "shiftTotals" | "shifts" | "shiftSummary">;

/** Shifts: at most one is open, which the file itself enforces, and only an open one takes sales. */
export function shifts({ database, journal, totals, terminalId }: Deps): Shifts {
  const { db, change } = database;
  const sql = statements(db);

  /** Inside a transaction: the next Z of this till, from what was just closed. */
  function endWithZ(shift: Shift, close: ShiftClose, closedByName: string): ZReport {
    const last = sql.lastZ.get();
    const before = last === undefined ? null : zOf(last.body);
    const after = totals.grand();
    const { salesFen, refundCashFen, refundWechatFen } = close.totals;
    // The first Z of a till that is older than its Z reports: what it sold before is in no Z and not lost.
    const untilNow = {
      salesFen: after.salesFen - salesFen,
      refundsFen: after.refundsFen - refundCashFen - refundWechatFen,
    };
    const number = (last?.number ?? 0) + 1;
    const z = {
      ...{ number, terminalId, closedByName, before: before?.after ?? untilNow, after },
      ...{ shift: { ...shift, closedAt: close.closedAt }, close },
    };
    sql.insertZ.run(number, shift.shiftId, JSON.stringify(z));
    return z;
  }

  return {
    currentShift() {
      const row = sql.current.get();
      return row === undefined ? null : shiftOf(row);
    },
    openShift(shift) {
      assert(shift.closedAt === null, "a shift that opens is not closed");
      change(() => {
        assert(sql.current.get() === undefined, "no other shift is open");
        const { shiftId, openedAt, openedBy, openedByName, businessDate, floatFen, floatPieces } = shift;
        const pieces = floatPieces === undefined ? null : JSON.stringify(floatPieces);
        const { position } = journal.append({ kind: "shift-opened", body: shift });
        sql.insert.run(shiftId, openedAt, openedBy, openedByName, businessDate, floatFen, pieces, position);
        totals.startShift(shiftId);
      });
    },
    closeShift(closing, closedByName = closing.closedBy) {
      const z = change(() => {
        const { shiftId, closedAt, closedBy, countedCashFen, differenceFen } = closing;
        const row = sql.current.get();
        assert(row?.shift_id === shiftId, `shift ${shiftId} is open`);
        const kept = totals.ofShift(shiftId);
        const agrees =
          closing.totals.expectedCashFen === kept.expectedCashFen &&
          closing.totals.salesFen === kept.salesFen &&
          closing.totals.saleCount === kept.saleCount &&
          JSON.stringify(closing.totals.taxes ?? kept.taxes) === JSON.stringify(kept.taxes);
        assert(agrees, "a shift closes on the totals of its sales");
        assert(differenceFen === countedCashFen - kept.expectedCashFen, "the difference is counted less expected");
        const ended = endWithZ(shiftOf(row), closing, closedByName);
        const { number, before, after } = ended;
        const body = { ...closing, z: { number, before, after } };
        const { position } = journal.append({ kind: "shift-closed", body });
        sql.close.run(closedAt, closedBy, countedCashFen, differenceFen, position, shiftId);
        return ended;
      });
      // The quiet moment of the day: fold the log into the file, so that the next start has nothing to replay.
      db.pragma("wal_checkpoint(TRUNCATE)");
      return z;
    },
    shiftTotals: (shiftId) => totals.ofShift(shiftId),
    shifts: (limit, before) => sql.page.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(summaryOf),
    shiftSummary(shiftId) {
      const row = sql.one.get(shiftId);
      return row === undefined ? null : summaryOf(row);
    },
  };
}

function statements(db: Database.Database) {
  const summaries = "SELECT shifts.*, z_reports.body AS z_body FROM shifts LEFT JOIN z_reports USING (shift_id)";
  return {
    current: db.prepare<[], ShiftRow>("SELECT * FROM shifts WHERE closed_at IS NULL"),
    insert: db.prepare(`
      INSERT INTO shifts (shift_id, opened_at, opened_by, opened_by_name, business_date, float_fen, float_pieces,
        opened_position)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    close: db.prepare(`
      UPDATE shifts SET closed_at = ?, closed_by = ?, counted_cash_fen = ?, difference_fen = ?, closed_position = ?
      WHERE shift_id = ? AND closed_at IS NULL`),
    lastZ: db.prepare<[], { readonly number: number; readonly body: string }>(
      "SELECT number, body FROM z_reports ORDER BY number DESC LIMIT 1",
    ),
    insertZ: db.prepare("INSERT INTO z_reports (number, shift_id, body) VALUES (?, ?, ?)"),
    page: db.prepare<[number, number], SummaryRow>(
      `${summaries} WHERE opened_position < ? ORDER BY opened_position DESC LIMIT ?`,
    ),
    one: db.prepare<[string], SummaryRow>(`${summaries} WHERE shifts.shift_id = ?`),
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
    // Written by `openShift` above alone.
    ...(row.float_pieces === null ? {} : { floatPieces: JSON.parse(row.float_pieces) as readonly PieceCount[] }),
    closedAt: row.closed_at,
  };
}

function summaryOf(row: SummaryRow): ShiftSummary {
  return {
    shift: shiftOf(row),
    z: row.z_body === null ? null : zOf(row.z_body),
    differenceFen: row.difference_fen,
    place: row.opened_position ?? 0,
  };
}

function zOf(body: string): ZReport {
  // Written by `endWithZ` alone, and never changed since: the file refuses it.
  return JSON.parse(body) as ZReport;
}
