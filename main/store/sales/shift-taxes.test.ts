import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConnection } from "../connection.ts";
import { migrate } from "../migrate.ts";
import { taxTables } from "./migrations/0019-taxes.ts";
import { salesFile, salesMigrations } from "./open-sales-store.ts";
import { shiftTaxes } from "./shift-taxes.ts";

/* A till that is older than its taxes: what its file knows is counted, what it does not know is never made up. */

let folder: string;
let db: Database.Database;
const file = () => ({ path: join(folder, "sales.db"), applicationId: salesFile.applicationId });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-taxes-"));
  const connection = openConnection(file().path, salesFile);
  if (!connection.ok) throw new Error(connection.fault.kind);
  db = connection.value;
  migrate(db, file(), salesMigrations.slice(0, taxTables.version - 1), () => {});
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const oldZ = { number: 1, close: { totals: { saleCount: 3, salesFen: 3_000 } } };

/** Two shifts: the first one closed with a Z that has no taxes, the second one still open. */
function writeOldBooks(): void {
  const shift = db.prepare(`
    INSERT INTO shifts (shift_id, opened_at, opened_by, opened_by_name, business_date, float_fen, closed_at, closed_by,
      counted_cash_fen, difference_fen)
    VALUES (?, '2026-03-01T08:00:00+08:00', 'c1', '林小雨', '2026-03-01', 0, ?, ?, ?, ?)`);
  shift.run("a", "2026-03-01T20:00:00+08:00", "c1", 0, 0);
  shift.run("b", null, null, null, null);
  db.prepare("INSERT INTO z_reports (number, shift_id, body) VALUES (1, 'a', ?)").run(JSON.stringify(oldZ));
  const entry = db.prepare(`
    INSERT INTO journal (seq, epoch, kind, v, at_wall, at_mono, body, prev, hash)
    VALUES (?, 'e', 'sale-completed', ?, '2026-03-01T00:00:00Z', 0, ?, ?, ?)`);
  const zeros = Buffer.alloc(32);
  const taxes = [
    { basisPoints: 1_300, amountFen: 1_130, taxFen: 130 },
    { basisPoints: 0, amountFen: 70, taxFen: 0 },
  ];
  const bodies: readonly (readonly [v: number, body: object])[] = [
    [3, { shiftId: "a", taxes }],
    [3, { shiftId: "a", taxes: taxes.slice(0, 1) }],
    [1, { shiftId: "a" }],
    [3, { shiftId: "b", promotionFen: 0 }],
    [3, { shiftId: "b", taxes: taxes.slice(1) }],
    // Of a shift that this file never had.
    [3, { shiftId: "elsewhere", taxes }],
  ];
  for (const [index, [v, body]] of bodies.entries())
    entry.run(index + 1, v, Buffer.from(JSON.stringify(body)), zeros, zeros);
}

test("an older file learns the tax of its shifts from the sales that told it, and of no others", () => {
  writeOldBooks();
  expect(migrate(db, file(), salesMigrations, () => {}).ok).toBe(true);
  const nothingBack = { refundFen: 0, refundTaxFen: 0 };
  expect(shiftTaxes(db).ofShift("a")).toEqual([
    { basisPoints: 1_300, amountFen: 2_260, taxFen: 260, ...nothingBack },
    { basisPoints: 0, amountFen: 70, taxFen: 0, ...nothingBack },
  ]);
  expect(shiftTaxes(db).ofShift("b")).toEqual([{ basisPoints: 0, amountFen: 70, taxFen: 0, ...nothingBack }]);
  expect(shiftTaxes(db).ofShift("elsewhere")).toEqual([]);
});

test("a Z of before stays as it was, without taxes", () => {
  writeOldBooks();
  migrate(db, file(), salesMigrations, () => {});
  expect(JSON.parse(db.prepare<[], string>("SELECT body FROM z_reports").pluck().get() ?? "")).toEqual(oldZ);
});

test("the sums of reports of before have no recorded tax, which is not a tax of nothing on what was sold", () => {
  db.exec(
    "INSERT INTO report_totals (dimension, business_date, key, net_fen) VALUES ('tax', '2026-03-01', 'general', 900)",
  );
  migrate(db, file(), salesMigrations, () => {});
  const row = db.prepare("SELECT net_fen, taxed_fen, tax_fen FROM report_totals").get();
  expect(row).toEqual({ net_fen: 900, taxed_fen: 0, tax_fen: 0 });
});

test("the file itself refuses more tax than money", () => {
  writeOldBooks();
  migrate(db, file(), salesMigrations, () => {});
  const insert = "INSERT INTO shift_tax_totals (shift_id, basis_points, amount_fen, tax_fen) VALUES ('b', 900, 10, 11)";
  expect(() => db.exec(insert)).toThrow("CHECK");
});
