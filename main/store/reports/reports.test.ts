import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartLine, emptyCart } from "#core/cart/cart.ts";
import { fen, zeroFen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import { openReportBooks } from "./report-books.ts";
import { reportLists } from "./report-lists.ts";
import { recountDay } from "./recount-day.ts";

const days = ["2026-03-01", "2026-03-02", "2026-03-03"] as const;
const all = { from: days[0], to: days[2] };

interface Line {
  readonly sku: number;
  readonly many: number;
  readonly off: number;
}
type Step =
  | { readonly kind: "sell"; readonly lines: readonly Line[]; readonly isSplit: boolean; readonly hour: number; readonly who: number }
  | { readonly kind: "give-back"; readonly of: number; readonly part: number; readonly hour: number }
  | { readonly kind: "void"; readonly lines: readonly Line[]; readonly isWhole: boolean; readonly hour: number }
  | { readonly kind: "next-shift" }
  | { readonly kind: "next-day" };

const line = fc.record({ sku: fc.nat(5), many: fc.integer({ min: 1, max: 4 }), off: fc.nat(300) });
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const hour = fc.integer({ min: 0, max: 23 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("sell" as const), lines, isSplit: fc.boolean(), hour, who: fc.nat(1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("give-back" as const), of: fc.nat(9), part: fc.nat(100), hour }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("void" as const), lines, isWhole: fc.boolean(), hour }) },
  { weight: 1, arbitrary: fc.constant({ kind: "next-shift" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "next-day" as const }) },
);

function cartOf(saleId: string, of: readonly Line[]): Cart {
  let cart = emptyCart(saleId);
  for (const [index, { sku, many, off }] of of.entries()) {
    const isWeighed = sku === 4;
    const made: CartLine = {
      ...{ id: `${saleId}-${index}`, sku: sku === 5 ? null : `S${sku}`, nameZh: `货${sku}`, nameEn: `Thing ${sku}` },
      ...{ categoryId: sku === 5 ? null : `c${sku % 2}`, taxClass: sku === 1 ? "reduced" : "general", barcode: null },
      ...{ source: "scan", unit: isWeighed ? "kg" : "piece", unitPriceFen: fen(333 + 100 * sku) },
      ...{ quantity: isWeighed ? milli(345 * many) : pieces(many), labelAmountFen: null },
      discount: off === 0 ? null : { kind: "amount", amountFen: fen(off) },
    };
    const added = applyCartEvent(cart, { kind: "line-added", line: made });
    if (added.ok) cart = added.value;
  }
  return { ...cart, rounding: "jiao", discount: { kind: "percent", basisPoints: 100 } };
}

/** A till's file, and beside it a plain list of what was done, added up anew by every expectation. */
function openDay() {
  const directory = mkdtempSync(join(tmpdir(), "tillway-reports-"));
  const path = join(directory, "sales.db");
  let ids = 0;
  const open = (): OpenSalesStore => {
    const opened = openSalesStore({ path, terminalId: "T01", now: () => 1_000, newId: () => `id-${(ids += 1)}` });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    return opened.value;
  };
  const day = {
    ...{ directory, path, at: 0, shift: 0, store: open() },
    sales: [] as Sale[],
    refunds: [] as { readonly businessDate: string; readonly kind: "cash" | "wechat"; readonly fen: number; readonly who: string; readonly hour: string }[],
    voids: [] as { readonly businessDate: string; readonly fen: number; readonly hour: string }[],
    beginShift,
    run,
    /** The file as an older till left it: without anything of the reports, made anew by the next start. */
    reopenAsOld() {
      day.store.close();
      const db = new Database(path);
      for (const table of ["report_totals", "sold_items", "report_events", "recounts"]) db.exec(`DROP TABLE ${table}`);
      db.pragma("user_version = 12");
      db.close();
      day.store = open();
    },
    close() {
      day.store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return day;

  function beginShift(): void {
    if (day.shift > 0) {
      const shiftId = `shift-${day.shift}`;
      const totals = day.store.shiftTotals(shiftId);
      const closing = { shiftId, totals, countedCashFen: fen(Math.max(0, totals.expectedCashFen)) };
      const differenceFen = fen(closing.countedCashFen - totals.expectedCashFen);
      day.store.closeShift({ ...closing, closedAt: at(23), closedBy: "m", differenceFen });
    }
    day.shift += 1;
    const opened = { shiftId: `shift-${day.shift}`, openedAt: at(0), openedBy: "m", openedByName: "M" };
    day.store.openShift({ ...opened, businessDate: today(), floatFen: fen(10_000), closedAt: null });
  }

  function today(): string {
    return days[day.at] ?? days[2];
  }

  function at(of: number): string {
    return `${today()}T${String(of).padStart(2, "0")}:15:00+08:00`;
  }

  function run(one: Step): void {
    if (one.kind === "next-day") day.at = Math.min(day.at + 1, 2);
    if (one.kind === "next-day" || one.kind === "next-shift") return beginShift();
    if (one.kind === "sell") return sell(one);
    if (one.kind === "give-back") return giveBack(one);
    const cart = cartOf("void", one.lines);
    const body = { saleId: "void", cashierId: "w0", at: at(one.hour), businessDate: today() };
    const thrown = one.isWhole ? cart.lines : cart.lines.slice(0, 1);
    const kept = one.isWhole ? { lines: thrown } : { line: thrown[0] };
    day.store.appendJournal({ kind: one.isWhole ? "sale-voided" : "line-voided", body: { ...body, ...kept } });
    const worth = thrown.reduce((sum, { unitPriceFen, quantity }) => sum + Math.floor((unitPriceFen * quantity + 500) / 1000), 0);
    day.voids.push({ businessDate: today(), fen: worth, hour: at(one.hour).slice(11, 13) });
  }

  function sell({ lines: of, isSplit, hour: when, who }: Extract<Step, { kind: "sell" }>): void {
    const saleId = `sale-${day.sales.length}`;
    const cart = cartOf(saleId, of);
    const totals = priceCart(cart);
    if (totals.totalFen < 20) return;
    const first = isSplit ? fen(totals.totalFen - 10) : totals.totalFen;
    const cash: Tender = { kind: "cash", tenderId: `${saleId}-a`, amountFen: first, receivedFen: first, changeFen: zeroFen };
    const rest: Tender = { kind: "static-code", tenderId: `${saleId}-b`, amountFen: fen(10), approvedBy: "m" };
    const { sale } = day.store.commitSale(
      saleId,
      (saleNumber) => {
        const made = completeSale({
          ...{ cart, totals, saleNumber, terminalId: "T01", shiftId: `shift-${day.shift}` },
          ...{ tenders: isSplit ? [cash, rest] : [cash], cashier: { id: `w${who}`, name: `W ${who}` } },
          ...{ completedAt: at(when), businessDate: today() },
        });
        if (!made.ok) throw new Error(made.fault.kind);
        return made.value;
      },
      null,
      () => "[]",
    );
    day.sales.push(sale);
  }

  function giveBack({ of, part, hour: when }: Extract<Step, { kind: "give-back" }>): void {
    const sale = day.sales[of % Math.max(1, day.sales.length)];
    const [tender] = sale?.tenders ?? [];
    if (sale === undefined || tender === undefined) return;
    const before = day.store.refundsOfSale(sale.saleId).reduce((sum, { amountFen }) => sum + amountFen, 0);
    const amount = Math.min(1 + part, tender.amountFen - before);
    if (amount <= 0) return;
    const refundNo = `R${day.refunds.length}`;
    const refund: SaleRefund = {
      ...{ refundNo, requestId: refundNo, kind: "cash", saleId: sale.saleId, saleNumber: sale.saleNumber },
      ...{ tenderId: tender.tenderId, amountFen: fen(amount), reason: "", cashierId: "m", cashierName: "M", approvedBy: "m" },
      ...{ requestedAt: at(when), requestedAtMs: 1, state: "succeeded", gateway: null, handled: null },
      given: { at: at(when), businessDate: today() },
    };
    day.store.giveCashRefund(refund, () => "[]");
    day.refunds.push({ businessDate: today(), kind: "cash", fen: amount, who: "m", hour: at(when).slice(11, 13) });
  }
}

type Day = ReturnType<typeof openDay>;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The report added up by hand from what was done, in the simplest way there is. */
function byHand(day: Day, { from, to }: { readonly from: string; readonly to: string }) {
  const inRange = <T extends { readonly businessDate: string }>(of: readonly T[]): readonly T[] =>
    of.filter(({ businessDate }) => businessDate >= from && businessDate <= to);
  const [sales, refunds, voids] = [inRange(day.sales), inRange(day.refunds), inRange(day.voids)];
  const soldLines = sales.flatMap((sale) => sale.lines.map((one) => ({ sale, one })));
  const grouped = (key: (one: Sale["lines"][number]) => string) =>
    Object.fromEntries(
      [...new Set(soldLines.map(({ one }) => key(one)))].map((name) => {
        const of = soldLines.filter(({ one }) => key(one) === name);
        const saleCount = new Set(of.map(({ sale }) => sale.saleId)).size;
        return [name, { saleCount, netFen: sum(of.map(({ one }) => one.netFen)), grossFen: sum(of.map(({ one }) => one.grossFen)) }];
      }),
    );
  return {
    saleCount: sales.length,
    netFen: sum(sales.map(({ totalFen }) => totalFen)),
    grossFen: sum(sales.map(({ grossFen }) => grossFen)),
    discountFen: sum(sales.map((sale) => sale.lineDiscountFen + sale.saleDiscountFen + sale.roundingFen)),
    pieceCount: sum(sales.map(({ pieceCount }) => pieceCount)),
    refundCount: refunds.length,
    refundFen: sum(refunds.map((refund) => refund.fen)),
    voidCount: voids.length,
    voidFen: sum(voids.map((one) => one.fen)),
    categories: grouped(({ categoryId }) => categoryId ?? ""),
    taxes: grouped(({ taxClass }) => taxClass),
    items: grouped(({ sku }) => sku ?? ""),
    cash: sum(sales.flatMap(({ tenders }) => tenders.filter(({ kind }) => kind === "cash").map(({ amountFen }) => amountFen))),
    code: sum(sales.flatMap(({ tenders }) => tenders.filter(({ kind }) => kind === "static-code").map(({ amountFen }) => amountFen))),
  };
}

function asKept(path: string, range: { readonly from: string; readonly to: string }) {
  const books = openReportBooks(path);
  try {
    const report = books.range(range);
    const { saleCount, netFen, grossFen, discountFen, pieceCount, refundCount, refundFen, voidCount, voidFen } = report.total;
    type Row = { readonly key: string; readonly saleCount: number; readonly netFen: number; readonly grossFen: number };
    const grouped = (rows: readonly Row[]) =>
      Object.fromEntries(rows.filter((row) => row.saleCount > 0).map((row) => [row.key, { saleCount: row.saleCount, netFen: row.netFen, grossFen: row.grossFen }]));
    const tender = (key: string): number => report.tenders.find((row) => row.key === key)?.netFen ?? 0;
    return {
      ...{ saleCount, netFen, grossFen, discountFen, pieceCount, refundCount, refundFen, voidCount, voidFen },
      ...{ categories: grouped(report.categories), taxes: grouped(report.taxes) },
      items: grouped(books.items(range, "net", 100)),
      ...{ cash: tender("cash"), code: tender("static-code") },
    };
  } finally {
    books.close();
  }
}

async function found(path: string, day: string): Promise<number> {
  const books = openReportBooks(path);
  try {
    return (await recountDay(books.db, day, () => Promise.resolve())).found.length;
  } finally {
    books.close();
  }
}

function begin(steps: readonly Step[]): Day {
  const day = openDay();
  day.beginShift();
  for (const one of steps) day.run(one);
  return day;
}

it("After any sequence of sales, refunds across days and shifts, and voids the kept sums are those added up by hand, and a recount agrees", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: "max" }), async (steps) => {
      const day = begin(steps);
      try {
        for (const range of [all, ...days.map((one) => ({ from: one, to: one }))])
          expect(asKept(day.path, range)).toEqual(byHand(day, range));
        for (const one of days) expect(await found(day.path, one)).toBe(0);
      } finally {
        day.close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

it("An older file is filled by its first start to the very sums that would have been kept; of voids before it nothing is known", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30, size: "max" }), async (steps) => {
      const day = begin(steps);
      try {
        const kept = asKept(day.path, all);
        day.reopenAsOld();
        expect(asKept(day.path, all)).toEqual({ ...kept, voidCount: 0, voidFen: 0 });
      } finally {
        day.close();
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

const busyDay: readonly Step[] = Array.from({ length: 30 }, (_, index) => [
  { kind: "sell", lines: [{ sku: index % 6, many: 2, off: 5 }, { sku: 1, many: 1, off: 0 }], isSplit: index % 3 === 0, hour: 9 + (index % 9), who: index % 2 } as const,
  ...(index % 5 === 0 ? [{ kind: "give-back", of: index, part: 50, hour: 12 } as const] : []),
  ...(index % 6 === 0 ? [{ kind: "void", lines: [{ sku: 2, many: 1, off: 0 }], isWhole: true, hour: 13 } as const] : []),
  ...(index === 14 ? [{ kind: "next-day" } as const] : []),
]).flat();

it.each([
  ["a sum is a fen too high", "UPDATE report_totals SET net_fen = net_fen + 1 WHERE dimension = 'item' AND key = 'S1' AND business_date = '2026-03-01'"],
  ["an hour is lost", "DELETE FROM report_totals WHERE dimension = 'hour' AND key = '10' AND business_date = '2026-03-01'"],
  ["a refund is counted in the wrong tender", "UPDATE report_totals SET refund_count = refund_count - 1 WHERE dimension = 'tender' AND refund_count > 0 AND business_date = '2026-03-01'"],
  ["a key is made up", "INSERT INTO report_totals (dimension, business_date, key, sale_count) VALUES ('tax', '2026-03-01', 'ghost', 1)"],
])("A recount finds that %s, the journal keeps it once, and a repair makes it right", async (_, harm) => {
  const day = begin(busyDay);
  try {
    const right = asKept(day.path, all);
    const db = new Database(day.path);
    expect(db.prepare(harm).run().changes).toBeGreaterThan(0);
    db.close();
    expect(await found(day.path, days[1])).toBe(0);
    const books = openReportBooks(day.path);
    const { found: differences, counted, upTo } = await recountDay(books.db, days[0], () => Promise.resolve());
    books.close();
    expect(differences.length).toBeGreaterThan(0);
    const recount = { foundCount: differences.length, found: differences, shares: [...counted.values()], upTo };
    day.store.noteRecount(days[0], 5, recount);
    day.store.noteRecount(days[0], 6, recount);
    expect(day.store.disagreedDays()).toEqual([{ day: days[0], foundCount: differences.length }]);
    expect(day.store.repairTotals(days[0], 7, recount, "m")).toBe(true);
    expect(day.store.disagreedDays()).toEqual([]);
    expect(asKept(day.path, all)).toEqual(right);
    expect(await found(day.path, days[0])).toBe(0);
    const kinds = new Database(day.path, { readonly: true });
    const told = kinds.prepare("SELECT kind, count(*) AS n FROM journal WHERE kind LIKE 'totals-%' GROUP BY kind").all();
    kinds.close();
    expect(told).toEqual([{ kind: "totals-disagreed", n: 1 }, { kind: "totals-repaired", n: 1 }]);
  } finally {
    day.close();
  }
});

it("A repair is not taken where something was sold since it was counted", async () => {
  const day = begin(busyDay);
  try {
    const books = openReportBooks(day.path);
    const { counted, upTo } = await recountDay(books.db, days[1], () => Promise.resolve());
    books.close();
    day.run({ kind: "sell", lines: [{ sku: 1, many: 1, off: 0 }], isSplit: false, hour: 20, who: 0 });
    const recount = { foundCount: 0, found: [], shares: [...counted.values()], upTo };
    expect(day.store.repairTotals(days[1], 7, recount, "m")).toBe(false);
    expect(asKept(day.path, all)).toEqual(byHand(day, all));
  } finally {
    day.close();
  }
});

it("Behind every number stand exactly the sales that make it, page by page without a gap or a double", () => {
  const day = begin(busyDay);
  const books = openReportBooks(day.path);
  try {
    const lists = reportLists(books.db);
    const report = books.range(all);
    const every = (pick: Parameters<typeof lists.sales>[1]): readonly string[] => {
      const numbers: string[] = [];
      for (let after: Parameters<typeof lists.sales>[2] = null; ;) {
        const page = lists.sales(all, pick, after, 4);
        numbers.push(...page.rows.map(({ saleNumber }) => saleNumber));
        if (page.next === null) return numbers;
        after = page.next;
      }
    };
    const newestFirst = day.sales.map(({ saleNumber }) => saleNumber).toReversed();
    expect(every({ by: "all" })).toEqual(newestFirst);
    expect(every({ by: "discounted" })).toEqual(
      day.sales.filter((sale) => sale.grossFen > sale.totalFen).map(({ saleNumber }) => saleNumber).toReversed(),
    );
    const of = { hour: report.byHour, tender: report.tenders, category: report.categories, cashier: report.cashiers, tax: report.taxes, item: books.items(all, "net", 100) };
    for (const [by, rows] of Object.entries(of))
      for (const { key, saleCount } of rows) {
        const numbers = every({ by: by as keyof typeof of, key }); // the names of `of` itself
        expect([by, key, new Set(numbers).size, numbers.length]).toEqual([by, key, saleCount, saleCount]);
      }
    const events = (kind: "refund" | "void"): readonly number[] => {
      const first = lists.events(all, kind, { by: "all" }, null, 2);
      const rest = first.next === null ? [] : lists.events(all, kind, { by: "all" }, first.next, 100).rows;
      return [...first.rows, ...rest].map(({ amountFen }) => amountFen);
    };
    expect(sum(events("refund"))).toBe(report.total.refundFen);
    expect(events("refund").length).toBe(report.total.refundCount);
    expect([events("void").length, sum(events("void"))]).toEqual([report.total.voidCount, report.total.voidFen]);
  } finally {
    books.close();
    day.close();
  }
});
