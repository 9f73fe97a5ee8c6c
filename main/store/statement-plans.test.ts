import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { openCatalogStore } from "./catalog/open-catalog-store.ts";
import { openReportBooks } from "./reports/report-books.ts";
import { openAuditBooks } from "./sales/audit-books.ts";
import { openBooks } from "./sales/open-books.ts";
import { openSalesStore } from "./sales/open-sales-store.ts";

/** Tables that grow with what was sold, bought and journaled, or with the catalogue: nobody walks one while the till sells. */
const growing = [
  ...[
    "journal",
    "sales",
    "sale_lines",
    "tenders",
    "attempts",
    "refunds",
    "returns",
    "returned_lines",
    "static_takings",
  ],
  ...["stock_moves", "stock_levels", "print_jobs", "members", "member_points", "report_totals", "report_events"],
  ...["sold_items", "findings", "cash_moves", "drawer_counts", "goods_receipts", "items", "barcodes", "word_lists"],
  ...["label_changes", "spent_coupons", "loose_returns", "other_sales"],
];

/** Statements that walk one all the same, by how they begin, and why they may. */
const mayWalk: readonly (readonly [begins: string, why: string])[] = [
  ["SELECT epoch FROM journal GROUP BY epoch", "checks the whole chain, on demand, and reads all of it anyway"],
  ["SELECT count(*) FROM members WHERE is_deleted = 0", "the page of members, a manager's: some thousand rows"],
  ["SELECT count(*) FROM items", "counts pages of an index; half a millisecond for a million"],
  [
    "SELECT body FROM refunds WHERE kind <> 'cash'",
    "the worker's, once a day beside the gateway's bill: refunds alone",
  ],
  ["SELECT DISTINCT tax_class FROM items", "the worker's, for a list that is looked through whole"],
  ["INSERT INTO sales (", "of the foreign keys' checks, run only while one is broken"],
];

const folder = mkdtempSync(join(tmpdir(), "tillway-plans-"));
const seen = new Map<string, Database.Database>();

beforeAll(() => {
  const { prepare } = Database.prototype;
  const spy = vi.spyOn(Database.prototype, "prepare").mockImplementation(function (this: Database.Database, sql) {
    seen.set(sql, this);
    return prepare.call(this, sql);
  });
  const path = join(folder, "sales.db");
  const sales = openSalesStore({ path, terminalId: "T01", now: () => 1_000, newId: () => "epoch-1" });
  const catalog = openCatalogStore({ path: join(folder, "catalog.db") });
  expect([sales.ok, catalog.ok]).toEqual([true, true]);
  openReportBooks(path);
  openAuditBooks(path);
  openBooks(path);
  spy.mockRestore();
});

afterAll(() => {
  for (const db of new Set(seen.values())) db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The lines of its plan that walk a growing table from end to end: a walk that a LIMIT ends, or a partial index, is none. */
function walksOf(sql: string, db: Database.Database): readonly string[] {
  const explained = db.prepare<unknown[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  const names = [...sql.matchAll(/[@$:]([a-z]\w*)/gi)].flatMap(([, name]) =>
    name === undefined ? [] : [[name, null]],
  );
  const values =
    names.length > 0 ? [Object.fromEntries(names)] : Array.from({ length: sql.split("?").length - 1 }, () => null);
  const plan = explained.all(...values).map(({ detail }) => detail);
  // Sorted before it is cut, whatever the limit is.
  const endsEarly = /\bLIMIT\b/.test(sql) && !plan.some((line) => line.startsWith("USE TEMP B-TREE"));
  if (endsEarly) return [];
  const aliases = new Map([...sql.matchAll(aliased)].map(([, table, alias]) => [alias, table]));
  const isPartial = (line: string): boolean => partial.some((index) => line.endsWith(`INDEX ${index}`));
  return plan.filter((line) => {
    const scanned = /^SCAN (\w+)/.exec(line)?.[1];
    if (scanned === undefined || isPartial(line)) return false;
    return growing.includes(scanned) || growing.includes(aliases.get(scanned) ?? "");
  });
}

const aliased = new RegExp(`\\b(${growing.join("|")}) (?:AS )?(\\w+)`, "g");

/** Indexes of the few rows that somebody still has to do something about. */
const partial = [
  ...["one_unfinished_attempt", "unfinished_print_jobs", "unfinished_refunds", "undelivered_refunds", "one_open_shift"],
  ...["open_static_takings", "stock_with_reorder_point", "open_goods_receipts", "findings_to_act_on", "favourites"],
  ...["charge_is_returned_once"],
];

it("walks no table that grows, in any statement of the stores", () => {
  expect(seen.size).toBeGreaterThan(300);
  const walking = [...seen].flatMap(([sql, db]) => {
    const text = sql.replaceAll(/\s+/g, " ").trim();
    if (mayWalk.some(([begins]) => text.startsWith(begins))) return [];
    return walksOf(sql, db).map((line) => `${line}: ${text.slice(0, 160)}`);
  });
  expect(walking).toEqual([]);
});

it("has a reason for none that is not there any more", () => {
  const texts = [...seen.keys()].map((sql) => sql.replaceAll(/\s+/g, " ").trim());
  expect(mayWalk.filter(([begins]) => !texts.some((text) => text.startsWith(begins)))).toEqual([]);
});

it("sees one that walks", () => {
  const db = [...seen].find(([sql]) => sql.includes("attempts"))?.[1];
  if (db === undefined) throw new Error("no statement of sales.db was seen");
  const unfinished = "SELECT body FROM attempts WHERE state NOT IN ('paid', 'failed', 'reversed') ORDER BY rowid";
  expect(walksOf(unfinished, db)).toEqual(["SCAN attempts"]);
  expect(walksOf("SELECT count(*) FROM sales WHERE total_fen = ?", db)).toEqual(["SCAN sales"]);
  expect(walksOf("SELECT a.body FROM attempts a WHERE a.amount_fen = ?", db)).toEqual(["SCAN a"]);
  expect(walksOf("SELECT number FROM sales ORDER BY total_fen LIMIT 1", db)).toEqual(["SCAN sales"]);
  expect(walksOf("SELECT number FROM sales ORDER BY number DESC LIMIT 1", db)).toEqual([]);
});
