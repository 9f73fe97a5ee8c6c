import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sampleReceipt, sampleSale, sampleShift, sampleTerminalId } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import type { CashMove, CashMoveKind } from "#core/shift/cash-move.ts";
import { recountShift } from "#core/shift/shift-totals.ts";
import { openConnection } from "../connection.ts";
import { migrate } from "../migrate.ts";
import { type OpenSalesStore, openSalesStore, salesFile, salesMigrations } from "./open-sales-store.ts";

let folder: string;
let store: OpenSalesStore;
let ids = 0;
const path = (): string => join(folder, "sales.db");
const newId = (): string => `id-${(ids += 1)}`;

function open(): OpenSalesStore {
  const opened = openSalesStore({ path: path(), terminalId: sampleTerminalId, now: Date.now, newId });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-shift-"));
  store = open();
  store.openShift(sampleShift);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const { shiftId } = sampleShift;
const moveOf = (kind: CashMoveKind, amount: number, moveId = newId()): CashMove => ({
  ...{ moveId, shiftId, kind, amountFen: fen(amount), reason: "水费", at: "2026-03-02T12:00:00+08:00" },
  ...{ cashierId: "c1", cashierName: "林小雨", approvedBy: "m1" },
});
const noSale = { kind: "drawer-opened", body: { jobId: "j", reason: "no-sale", why: "换零钱" } } as const;

function sell(): void {
  const saleId = newId();
  store.commitSale(
    saleId,
    (saleNumber) => sampleSale({ saleId, saleNumber, lineCount: 2, shiftId }),
    null,
    sampleReceipt,
  );
}

function close(countedOffBy = 0) {
  const totals = store.shiftTotals(shiftId);
  return store.closeShift(
    {
      ...{ shiftId, closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1", totals },
      countedCashFen: fen(totals.expectedCashFen + countedOffBy),
      differenceFen: fen(countedOffBy),
    },
    "林小雨",
  );
}

describe("A shift's cash in the store", () => {
  test("sums kept commit by commit are what the journal adds up to, whatever happened", () => {
    const step = fc.oneof(
      fc.constant("sell" as const),
      fc.constant("no-sale" as const),
      fc.tuple(fc.constantFrom<CashMoveKind>("pay-in", "pay-out", "safe-drop"), fc.integer({ min: 1, max: 9_999 })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        for (const one of steps) {
          if (one === "sell") sell();
          else if (one === "no-sale") store.noteNoSale(noSale);
          else store.moveCash(moveOf(...one), null);
        }
        const { events, isWhole } = store.shiftEvents(shiftId);
        expect(isWhole).toBe(true);
        expect(recountShift(sampleShift.floatFen, events)).toEqual(store.shiftTotals(shiftId));
      }),
      { numRuns: 15 },
    );
  });

  test("a move is booked once for its id, with its slip, and is there after a restart", () => {
    const move = moveOf("pay-out", 1_500);
    const slip = {
      jobId: "slip",
      saleId: null,
      kind: "cash-move",
      lines: "[]",
      state: "queued",
      createdAtMs: 1,
    } as const;
    store.moveCash(move, slip);
    expect(store.moveCash({ ...move, amountFen: fen(9) }, { ...slip, jobId: "other" })).toEqual(move);
    store.close();
    store = open();
    expect(store.cashMove(move.moveId)).toEqual(move);
    expect(store.shiftTotals(shiftId).payOutFen).toBe(1_500);
    expect(store.recentPrintJobs(9)).toMatchObject([{ jobId: "slip", kind: "cash-move" }]);
  });

  test("moves in no shift but the open one", () => {
    expect(() => store.moveCash({ ...moveOf("pay-in", 1), shiftId: "another" }, null)).toThrow(
      "the shift that is open",
    );
    close();
    expect(() => store.moveCash(moveOf("pay-in", 1), null)).toThrow("the shift that is open");
  });

  test("counts follow each other and are kept whatever the till tries", () => {
    const count = {
      ...{ number: 1, shiftId, countedCashFen: fen(5), pieces: null, expectedCashFen: fen(7), isFinal: false },
      ...{ at: "2026-03-02T22:00:00+08:00", cashierId: "c1", cashierName: "林小雨" },
    };
    store.addDrawerCount(count);
    expect(() => store.addDrawerCount(count)).toThrow("follows the ones before it");
    store.close();
    const db = new Database(path());
    expect(() => db.exec("UPDATE drawer_counts SET counted_cash_fen = 7")).toThrow("kept");
    expect(() => db.exec("DELETE FROM drawer_counts")).toThrow("kept");
    db.close();
    store = open();
    expect(store.drawerCounts(shiftId)).toEqual([count]);
  });
});

describe("A Z", () => {
  test("is stored with the close in one transaction, numbered on, never changed, and its shift never opened again", () => {
    sell();
    const first = close(-50);
    expect(first).toMatchObject({
      number: 1,
      terminalId: sampleTerminalId,
      closedByName: "林小雨",
      before: { salesFen: 0 },
    });
    expect(store.shiftSummary(shiftId)).toMatchObject({ z: first, differenceFen: -50 });
    store.close();
    const db = new Database(path());
    for (const change of [
      "UPDATE z_reports SET body = '{}'",
      "DELETE FROM z_reports",
      "INSERT INTO z_reports VALUES (3, 'x', '{}')",
      "UPDATE shifts SET closed_at = NULL, closed_by = NULL, counted_cash_fen = NULL, difference_fen = NULL",
    ])
      expect(() => db.exec(change)).toThrow();
    db.close();
    store = open();
    expect(store.shiftSummary(shiftId)?.z).toEqual(first);
  });

  test("carries the till's grand totals on", () => {
    sell();
    const first = close();
    store.openShift({ ...sampleShift, shiftId: "shift-2" });
    const totals = store.shiftTotals("shift-2");
    const next = store.closeShift({
      ...{ shiftId: "shift-2", closedAt: "2026-03-03T22:00:00+08:00", closedBy: "c1", totals },
      ...{ countedCashFen: totals.expectedCashFen, differenceFen: fen(0) },
    });
    expect(next).toMatchObject({ number: 2, before: first.after, after: first.after });
    expect(store.shifts(1, null)).toMatchObject([{ shift: { shiftId: "shift-2" } }]);
    const [newest] = store.shifts(1, null);
    expect(store.shifts(5, newest?.place ?? 0)).toMatchObject([{ shift: { shiftId }, z: { number: 1 } }]);
  });

  test("of a shift is corrected only after its end, and the Z stays", () => {
    const correction = {
      ...{ correctionId: "k", shiftId, amountFen: fen(100), reason: "找到", at: "2026-03-03T09:00:00+08:00" },
      ...{ managerId: "m1", managerName: "王店长" },
    };
    expect(() => store.correctShift(correction)).toThrow("after its end");
    const z = close();
    store.correctShift(correction);
    expect(store.shiftCorrections(shiftId)).toEqual([correction]);
    expect(store.shiftSummary(shiftId)?.z).toEqual(z);
  });
});

test("a file of before learns where its shifts begin and end, and its first Z counts what it sold before", () => {
  const old = join(folder, "old.db");
  const connection = openConnection(old, salesFile);
  if (!connection.ok) throw new Error("opens");
  const db = connection.value;
  const file = { path: old, applicationId: salesFile.applicationId };
  migrate(db, file, salesMigrations.slice(0, 10), () => {});
  const zeros = Buffer.alloc(32);
  const insert = db.prepare(
    "INSERT INTO journal (seq, epoch, kind, v, at_wall, at_mono, body, prev, hash) VALUES (?, 'e', ?, 1, '2026-03-01T00:00:00Z', 0, ?, ?, ?)",
  );
  const shift = "INSERT INTO shifts VALUES (?, ?, 'c1', '林小雨', '2026-03-01', 100, ?, ?, ?, ?)";
  for (const [seq, kind, id] of [
    [1, "shift-opened", "a"],
    [2, "shift-closed", "a"],
    [3, "shift-opened", "b"],
  ] as const)
    insert.run(seq, kind, Buffer.from(JSON.stringify({ shiftId: id })), zeros, zeros);
  db.prepare(shift).run("a", "2026-03-01T08:00:00+08:00", "2026-03-01T20:00:00+08:00", "c1", 100, 0);
  db.prepare(shift).run("b", "2026-03-01T21:00:00+08:00", null, null, null, null);
  migrate(db, file, salesMigrations, () => {});
  const rows = db.prepare("SELECT shift_id, opened_position, closed_position FROM shifts ORDER BY 1").all();
  expect(rows).toEqual([
    { shift_id: "a", opened_position: 1, closed_position: 2 },
    { shift_id: "b", opened_position: 3, closed_position: null },
  ]);
  db.close();
});
