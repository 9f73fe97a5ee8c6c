import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { openReportBooks } from "#main/store/reports/report-books.ts";
import { recountDay } from "#main/store/reports/recount-day.ts";
import { openAuditBooks } from "#main/store/sales/audit-books.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { journalFile } from "#scripts/export-journal/journal-file.ts";
import { openJournal } from "#scripts/export-journal/read-journal.ts";
import { checkJournalFile } from "#scripts/verify-journal/check-journal-file.ts";
import type { SeedWrites } from "./books.ts";
import { createChance } from "./chance.ts";
import { readCommandLine } from "./command-line.ts";
import { seedRow } from "./goods.ts";
import { seedDirectory } from "./seed-directory.ts";
import { planYear } from "./year.ts";

const folder = mkdtempSync(join(tmpdir(), "tillway-seed-"));
const until = "2026-06-30";
const saleCount = 400;
const asked = { itemCount: 200, saleCount, seed: 7, until, onProgress: () => {} };

async function seeded(name: string, writes: SeedWrites): Promise<string> {
  const dataDir = join(folder, name);
  const made = await seedDirectory({ ...asked, dataDir, writes });
  expect(made).toEqual({ ok: true, value: { sales: saleCount, items: 200 } });
  return dataDir;
}

let dataDir = "";
let bySale = "";
beforeAll(async () => {
  dataDir = await seeded("bulk", "in-bulk");
  bySale = await seeded("by-sale", "sale-by-sale");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every row of a file but what is new in each: keys, hashes, and what is printed of them. */
function rowsOf(of: string): ReadonlyMap<string, readonly unknown[]> {
  const db = new Database(join(of, "sales.db"), { readonly: true });
  const names = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  const tables = names.map((name) => {
    const rows = db.prepare(`SELECT * FROM ${name}`).all() as Record<string, unknown>[];
    return [name, rows.map(withoutHashes)] as const;
  });
  db.close();
  return new Map(tables);
}

function withoutHashes(row: Record<string, unknown>): Record<string, unknown> {
  const text = (value: unknown): unknown => {
    const read = value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value;
    if (typeof read !== "string") return read;
    return read
      .replaceAll(/[\w-]{43}(?=")/g, "key")
      .replaceAll(/:[0-9a-f]{16}(?=")/g, "")
      .replaceAll(/ [0-9a-f]{8}(?=")/g, "");
  };
  const isNew = new Set(["at_mono", "prev", "hash", "sig", "pin_hash", "hq_hash"]);
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => (isNew.has(name) ? [] : [[name, text(value)]])),
  );
}

function open(of: string): OpenSalesStore {
  let ids = 0;
  const opened = openSalesStore({
    ...{ path: join(of, "sales.db"), terminalId: "T01", now: () => Date.parse(`${until}T23:00:00Z`) },
    newId: () => `test-${(ids += 1)}`,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

describe("a seeded shop", () => {
  it("holds, table by table, the rows that the till's store writes sale by sale", () => {
    const [bulk, one] = [rowsOf(dataDir), rowsOf(bySale)];
    expect([...bulk.keys()]).toEqual([...one.keys()]);
    for (const [name, rows] of one) expect({ name, rows: bulk.get(name) }).toEqual({ name, rows });
    // The comparison means nothing where nothing is.
    const filled = [
      "sales",
      "sale_lines",
      "tenders",
      "attempts",
      "static_takings",
      "returns",
      "refunds",
      "member_points",
    ];
    const sums = [
      "report_totals",
      "sold_items",
      "day_totals",
      "hour_totals",
      "shift_totals",
      "tax_totals",
      "stock_levels",
    ];
    const more = [
      "stock_moves",
      "z_reports",
      "cash_moves",
      "drawer_counts",
      "goods_receipts",
      "shift_tax_totals",
      "report_events",
    ];
    expect([...filled, ...sums, ...more].filter((name) => (bulk.get(name)?.length ?? 0) === 0)).toEqual([]);
    expect(bulk.get("sales")).toHaveLength(saleCount);
  });

  it("is the same again for the same seed, and another for another", async () => {
    const sold = (of: string): unknown => {
      const db = new Database(join(of, "sales.db"), { readonly: true });
      const rows = db.prepare("SELECT sale_id, total_fen, completed_at FROM sales").all();
      db.close();
      return rows;
    };
    const again = join(folder, "again");
    const other = join(folder, "other");
    await seedDirectory({ ...asked, dataDir: again });
    await seedDirectory({ ...asked, seed: 8, dataDir: other });
    expect(sold(again)).toEqual(sold(dataDir));
    expect(sold(other)).not.toEqual(sold(dataDir));
  });

  it("refers to nothing that is not there, and SQLite finds the file whole", () => {
    const db = new Database(join(dataDir, "sales.db"), { readonly: true });
    expect(db.pragma("foreign_key_check")).toEqual([]);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
  });

  it("has a journal that is sound from its first entry on, and vouched for by the till's key", async () => {
    const journal = openJournal(join(dataDir, "sales.db"));
    expect(journal.publicKey).not.toBeNull();
    const facts = {
      terminalKey: "S01-T01",
      publicKey: journal.publicKey,
      exportedAt: "2026-07-01T00:00:00Z",
      sign: null,
    };
    const lines = [...journalFile(facts, journal.entries())].map((line) => Buffer.from(line));
    journal.close();
    const verdict = await checkJournalFile(() => lines, { keys: [] });
    expect(verdict.damages).toEqual([]);
    expect(verdict.days.length).toBe(10);
    const forged = lines.map((line) => Buffer.from(line.toString().replace('\\"totalFen\\":', '\\"totalFen\\":1')));
    expect((await checkJournalFile(() => forged, { keys: [] })).damageCount).toBeGreaterThan(0);
    const audit = openAuditBooks(join(dataDir, "sales.db"));
    expect(audit.verify(0, 1_000_000)).toMatchObject({ broken: null });
    audit.close();
  });

  it("has reports that agree with every day added up again from its journal", async () => {
    const books = openReportBooks(join(dataDir, "sales.db"));
    for (const day of new Set(planYear(saleCount, until).map(({ businessDate }) => businessDate))) {
      const { found, counted } = await recountDay(books.db, day, () => Promise.resolve());
      expect({ day, found }).toEqual({ day, found: [] });
      expect(counted.size).toBeGreaterThan(0);
    }
    books.close();
  });

  it("is opened by the till's store, which finds levels and points right and sells on behind the last number", () => {
    const store = open(dataDir);
    for (let from = null as Parameters<typeof store.recountStock>[0]; ;) {
      const slice = store.recountStock(from);
      expect(slice.found).toEqual([]);
      if (slice.next === null) break;
      from = slice.next;
    }
    expect(store.unfinishedAttempts()).toEqual([]);
    expect(store.unfinishedRefunds()).toEqual([]);
    expect(store.unfinishedPrintJobs().map(({ kind }) => kind)).not.toContain("receipt");
    expect(store.currentShift()).toBeNull();
    expect(store.verifyWholeChain()).toMatchObject({ ok: true });
    expect(store.listPinRecords().map(({ cashier }) => cashier.role)).toContain("manager");
    store.close();
  });

  it("has its goods in the catalogue, found by code and by name", () => {
    const catalog = openCatalogStore({ path: join(dataDir, "catalog.db") });
    if (!catalog.ok) throw new Error("the catalogue does not open");
    const { value: store } = catalog;
    expect(store.itemCount()).toBe(200);
    expect(store.isIndexed()).toBe(true);
    const { item, barcodes } = seedRow(3);
    expect(store.findByBarcode(barcodes[0]?.barcode ?? "")?.item).toEqual(item);
    expect(store.search(item.nameZh.slice(0, 4), 5)[0]?.nameZh.slice(0, 2)).toBe(item.nameZh.slice(0, 2));
    expect(store.labels.dueCount(10)).toBe(0);
    store.close();
  });

  it("has a terminal.json that the till reads, and nothing unfinished", () => {
    const read = readTerminalConfig(dataDir);
    expect(read).toMatchObject({ ok: true, value: { terminalId: "T01", store: { code: "S01" } } });
    expect(readdirSync(dataDir)).not.toContain("seed.unfinished");
  });
});

describe("a seed", () => {
  it("writes over nothing", async () => {
    const full = join(folder, "full");
    mkdirSync(full);
    writeFileSync(join(full, "photo.jpg"), "");
    const refused = await seedDirectory({ ...asked, dataDir: full });
    expect(refused).toEqual({ ok: false, fault: { kind: "not-empty", dataDir: full, isUnfinished: false } });
    expect(readdirSync(full)).toEqual(["photo.jpg"]);
  });

  it("says beforehand that the disk has no room", async () => {
    const refused = await seedDirectory({ ...asked, saleCount: 1e12, dataDir: join(folder, "huge") });
    expect(refused).toMatchObject({ ok: false, fault: { kind: "disk-full" } });
    expect(readdirSync(folder)).not.toContain("huge");
  });

  it("can be ended early, and is a whole directory all the same", async () => {
    const stopped = join(folder, "stopped");
    const stop = new AbortController();
    const made = await seedDirectory({
      ...{ ...asked, dataDir: stopped, stop: stop.signal },
      onProgress: ({ sales }) => (sales > 50 ? stop.abort() : undefined),
    });
    if (!made.ok) throw new Error(made.fault.kind);
    expect(made.value.sales).toBeLessThan(saleCount);
    const store = open(stopped);
    expect(store.verifyWholeChain()).toMatchObject({ ok: true });
    expect(store.currentShift()).toBeNull();
    store.close();
  });
});

describe("its command line", () => {
  const now = Date.parse("2026-07-01T02:00:00Z");
  const read = (...args: readonly string[]) => readCommandLine(["--data-dir", "/d", ...args], now);

  it("takes what was asked for, and yesterday by the shop's calendar", () => {
    expect(read("--items", "1000000", "--sales", "3000000")).toEqual({
      ok: true,
      value: { dataDir: "/d", itemCount: 1_000_000, saleCount: 3_000_000, seed: 1, until: "2026-06-30" },
    });
    expect(readCommandLine(["--data-dir", "/d"], Date.parse("2026-07-01T17:00:00Z"))).toMatchObject({
      value: { until: "2026-07-01" },
    });
  });

  it.each([
    [["--items", "ten"], "--items takes a whole number from 100 to 2000000, not ten"],
    [["--sales", "99"], "--sales takes a whole number from 100 to 10000000, not 99"],
    [["--until", "2026-07-01"], "--until takes a day that is over, such as 2026-06-30, not 2026-07-01"],
    [["--until", "2026-13-01"], "--until takes a day that is over"],
    [["--colour", "red"], "Unknown option '--colour'"],
    [["--help"], "npm run seed -- --data-dir DIR"],
  ])("refuses %j with a sentence", (args, words) => {
    const refused = read(...args);
    expect(refused.ok ? "" : refused.fault).toContain(words);
  });

  it("asks for a folder", () => {
    expect(readCommandLine([], now)).toMatchObject({ ok: false });
  });
});

describe("a planned year", () => {
  it("has exactly so many sales, in two shifts a day up to the last one", () => {
    const year = planYear(30_000, until);
    expect(year).toHaveLength(730);
    expect(year.reduce((sum, { sales }) => sum + sales, 0)).toBe(30_000);
    expect(year.at(-1)).toMatchObject({ businessDate: until, turn: 1 });
    expect(year.every(({ beginsAtMs }, index) => index === 0 || beginsAtMs > (year[index - 1]?.beginsAtMs ?? 0))).toBe(
      true,
    );
  });

  it("leaves ids to chance that are never the same twice", () => {
    const chance = createChance(1);
    const ids = new Set(Array.from({ length: 20_000 }, () => chance.id(1_700_000_000_000)));
    expect(ids.size).toBe(20_000);
    expect([...ids][0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
