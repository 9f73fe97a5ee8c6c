import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { reportSchemas } from "#contract/ipc/report-intents.ts";
import { localIso } from "#core/sale/business-date.ts";
import { businessDay, chips, cola, openingMs, people } from "#tests/support/bench-shop.ts";
import { benchConfig } from "#tests/support/bench-shop.ts";
import { until } from "#tests/support/poll.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const opened: TillBench[] = [];
afterEach(() => {
  for (const bench of opened.splice(0)) bench.close();
});

async function openShop(options: Parameters<typeof openTillBench>[0] = {}): Promise<TillBench> {
  const bench = await openTillBench({ hasReports: true, ...options }).atWork();
  opened.push(bench);
  return bench;
}

async function sell(bench: TillBench, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) await bench.scan(code);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 100_000 });
  await bench.must("next-sale", {});
}

const asManager = ({ must }: TillBench) => must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });

const day = (of: string) => ({ from: of, to: of });
const range = day(businessDay);
const page = { range, pick: { by: "all" }, after: null, limit: 10 } as const;

it("Nothing of the reports is a cashier's, and nothing of it happens", async () => {
  let asked = 0;
  const bench = await openShop({
    saveAs() {
      asked += 1;
      return null;
    },
  });
  await sell(bench, cola);
  const printed = bench.printed.length;
  const intents: { readonly [N in keyof typeof reportSchemas]: IntentArgs<N> } = {
    report: { range: null },
    "report-items": { range, by: "net", limit: 10 },
    "report-sales": page,
    "report-events": { ...page, of: "refund" },
    "export-report": { range, format: "csv", what: { of: "report" } },
    "cancel-report-export": {},
    "print-report": { range },
    "repair-totals": { day: businessDay },
  };
  for (const [intent, args] of Object.entries(intents)) {
    // Each name with its own arguments, as the table above says.
    const answer = await bench.send(intent as "report", args as IntentArgs<"report">);
    expect([intent, answer]).toEqual([intent, { ok: false, fault: { kind: "not-allowed" } }]);
  }
  expect([asked, bench.printed.length - printed]).toEqual([0, 0]);
});

it("A report is what was sold until this moment, with what is open beside it", async () => {
  const bench = await openShop();
  await sell(bench, cola, chips);
  await bench.scan(cola);
  await bench.must("hold-sale", { label: "" });
  await asManager(bench);
  const report = await bench.must("report", { range: null });
  expect(report.range.total).toMatchObject({ saleCount: 1, netFen: 1_350, pieceCount: 2, discountFen: 0 });
  expect(report.against.map(({ from }) => from)).toEqual(["2026-03-01", "2026-02-23"]);
  expect(report).toMatchObject({ today: businessDay, state: { openAttempts: 0, heldSales: 1, office: null } });
  expect(await bench.must("report-items", { range, by: "net", limit: 1 })).toMatchObject([
    { key: "chips", netFen: 1_000, nameEn: "Lay's Classic", unit: "piece" },
  ]);
});

it("A range that ends before it begins, or is longer than ten years, is refused with its reason", async () => {
  const bench = await openShop();
  await asManager(bench);
  for (const wrong of [
    { from: "2026-03-03", to: "2026-03-02" },
    { from: "2015-01-01", to: "2026-03-02" },
  ])
    expect(await bench.send("report", { range: wrong })).toEqual({ ok: false, fault: { kind: "report-range" } });
});

it("Around the cut-off a sale and a void count on the shop's business day, not on the calendar's", async () => {
  const plain = benchConfig(undefined);
  const store = { ...plain.store, dayCutOffMinutes: 240 };
  const bench = await openShop({ config: { store } });
  // From nine in the morning to half past three the next night.
  await bench.clock.advance(18.5 * 3_600_000);
  expect(localIso(bench.clock.now(), store.utcOffsetMinutes).slice(0, 16)).toBe("2026-03-03T03:30");
  await sell(bench, cola);
  await bench.scan(chips);
  await bench.must("void-line", { lineId: bench.shown.sale.lines[0]?.lineId ?? "" });
  await bench.clock.advance(3_600_000);
  await sell(bench, chips);
  await asManager(bench);
  const total = async (of: string) => (await bench.must("report", { range: day(of) })).range.total;
  expect(await total("2026-03-02")).toMatchObject({ saleCount: 1, netFen: 350, voidCount: 1, voidFen: 1_000 });
  expect(await total("2026-03-03")).toMatchObject({ saleCount: 1, netFen: 1_000, voidCount: 0 });
  expect(openingMs).toBeLessThan(bench.clock.now());
});

it("A file is there when it is whole; closing the question writes none, a second one waits, and a place that is none is said", async () => {
  let target: string | null = null;
  const bench = await openShop({ saveAs: () => target });
  await sell(bench, cola);
  await asManager(bench);
  const order = { range, format: "csv", what: { of: "sales", pick: { by: "all" } } } as const;
  expect(await bench.must("export-report", order)).toBeNull();
  target = join(bench.directory, "sales.csv");
  const [first, second] = await Promise.all([bench.send("export-report", order), bench.send("export-report", order)]);
  expect(first).toEqual({ ok: true, value: { rowCount: 1 } });
  expect(second).toEqual({ ok: false, fault: { kind: "report-export-running" } });
  expect(readFileSync(target, "utf8").split("\r\n").length).toBe(3);
  target = join(bench.directory, "nowhere", "sales.csv");
  expect(await bench.send("export-report", order)).toEqual({ ok: false, fault: { kind: "cannot-save-file" } });
  expect(bench.shown.reports.exportShare).toBeNull();
});

it("An export that is cancelled leaves no file behind", async () => {
  let target = "";
  const bench = await openShop({ saveAs: () => target });
  target = join(bench.directory, "sales.csv");
  await sell(bench, cola);
  await asManager(bench);
  const order = { range, format: "csv", what: { of: "sales", pick: { by: "all" } } } as const;
  const exporting = bench.send("export-report", order);
  await until("it has begun", () => bench.shown.reports.exportShare !== null);
  await bench.must("cancel-report-export", {});
  expect(await exporting).toEqual({ ok: false, fault: { kind: "report-export-cancelled" } });
  expect([existsSync(target), existsSync(`${target}.part`)]).toEqual([false, false]);
});

it("A summary goes to the printer as one paper that is no sale's", async () => {
  const bench = await openShop();
  await sell(bench, cola);
  await asManager(bench);
  const before = bench.printed.length;
  await bench.must("print-report", { range });
  await until("it is printed", () => bench.printed.length === before + 1);
  const [job] = await bench.must("print-jobs", {});
  expect(job).toMatchObject({ kind: "report", saleNumber: null });
});

it("A sum that was harmed is found by the recount that comes by itself, told once, and made right by a manager", async () => {
  const bench = await openShop();
  await sell(bench, cola);
  const db = new Database(join(bench.directory, "sales.db"));
  db.exec("UPDATE report_totals SET net_fen = net_fen + 100 WHERE dimension = 'cashier'");
  await bench.clock.advance(30_000);
  await until("the recount has told", () => bench.shown.reports.alarms.length > 0);
  expect(bench.shown.reports.alarms).toEqual([{ day: businessDay, foundCount: 1 }]);
  await asManager(bench);
  await bench.must("repair-totals", { day: businessDay });
  expect(bench.shown.reports.alarms).toEqual([]);
  const [cashier] = (await bench.must("report", { range })).range.cashiers;
  expect(cashier).toMatchObject({ key: people.cashier.id, name: people.cashier.name, netFen: 350 });
  const kinds = db.prepare("SELECT kind FROM journal WHERE kind LIKE 'totals-%' ORDER BY position").pluck().all();
  db.close();
  expect(kinds).toEqual(["totals-disagreed", "totals-repaired"]);
  expect(bench.faults).toEqual([]);
});
