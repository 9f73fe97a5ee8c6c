import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { RefundedGoods } from "#core/returns/refunded-goods.ts";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { recountShift } from "#core/shift/shift-totals.ts";
import { fen } from "#core/money/fen.ts";
import { openReportBooks } from "./report-books.ts";
import { reportLists } from "./report-lists.ts";
import { recountDay } from "./recount-day.ts";
import { all, Day, days, type Step, step } from "./testing-day.ts";

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
        return [
          name,
          { saleCount, netFen: sum(of.map(({ one }) => one.netFen)), grossFen: sum(of.map(({ one }) => one.grossFen)) },
        ];
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
    refundsOf: refundsOf(refunds),
    taxed: taxedByHand(
      soldLines.map(({ one }) => one),
      refunds,
    ),
    cash: sum(
      sales.flatMap(({ tenders }) => tenders.filter(({ kind }) => kind === "cash").map(({ amountFen }) => amountFen)),
    ),
    code: sum(
      sales.flatMap(({ tenders }) =>
        tenders.filter(({ kind }) => kind === "static-code").map(({ amountFen }) => amountFen),
      ),
    ),
  };
}

/** By tax class what tax was recorded for and how much that was: sold, and come back. */
function taxedByHand(lines: readonly SaleLine[], refunds: Readonly<Day["refunds"]>) {
  const goods = refunds.flatMap((refund) => refund.goods);
  const classes = [...new Set([...lines, ...goods].map(({ taxClass }) => taxClass))];
  const rows = classes.map((taxClass) => {
    const sold = lines.filter((line) => line.taxClass === taxClass && line.taxFen !== undefined);
    const back = goods.filter((one) => one.taxClass === taxClass && one.taxFen !== undefined);
    return [
      taxClass,
      [
        ...[sum(sold.map(({ netFen }) => netFen)), sum(sold.map(({ taxFen = 0 }) => taxFen))],
        ...[sum(back.map(({ amountFen }) => amountFen)), sum(back.map(({ taxFen = 0 }) => taxFen))],
      ],
    ] as const;
  });
  return Object.fromEntries(rows.filter(([, [sold, , back]]) => sold + back > 0));
}

/** What went back by item, category and tax class: how often, and how much. */
function refundsOf(refunds: Readonly<Day["refunds"]>) {
  const grouped = (key: (one: RefundedGoods) => string) => {
    const goods = refunds.flatMap((refund, index) => refund.goods.map((one) => ({ index, one, key: key(one) })));
    return Object.fromEntries(
      [...new Set(goods.map((of) => of.key))].map((name) => {
        const of = goods.filter((one) => one.key === name);
        return [name, [new Set(of.map(({ index }) => index)).size, sum(of.map(({ one }) => one.amountFen))]];
      }),
    );
  };
  return {
    items: grouped(({ sku }) => sku ?? ""),
    categories: grouped(({ categoryId }) => categoryId ?? ""),
    taxes: grouped(({ taxClass }) => taxClass),
  };
}

function asKept(path: string, range: { readonly from: string; readonly to: string }) {
  const books = openReportBooks(path);
  try {
    const report = books.range(range);
    const { saleCount, netFen, grossFen, discountFen, pieceCount, refundCount, refundFen, voidCount, voidFen } =
      report.total;
    type Row = { readonly key: string; readonly saleCount: number; readonly netFen: number; readonly grossFen: number };
    const grouped = (rows: readonly Row[]) =>
      Object.fromEntries(
        rows
          .filter((row) => row.saleCount > 0)
          .map((row) => [row.key, { saleCount: row.saleCount, netFen: row.netFen, grossFen: row.grossFen }]),
      );
    type Back = { readonly key: string; readonly refundCount: number; readonly refundFen: number };
    const back = (rows: readonly Back[]) =>
      Object.fromEntries(
        rows
          .filter((row) => row.refundCount > 0)
          .map(({ key, refundCount, refundFen }) => [key, [refundCount, refundFen]]),
      );
    const taxed = Object.fromEntries(
      report.taxes
        .filter(({ taxedFen, refundTaxedFen }) => taxedFen + refundTaxedFen > 0)
        .map((row) => [row.key, [row.taxedFen, row.taxFen, row.refundTaxedFen, row.refundTaxFen]]),
    );
    const tender = (key: string): number => report.tenders.find((row) => row.key === key)?.netFen ?? 0;
    return {
      ...{ saleCount, netFen, grossFen, discountFen, pieceCount, refundCount, refundFen, voidCount, voidFen },
      ...{ categories: grouped(report.categories), taxes: grouped(report.taxes) },
      items: grouped(books.items(range, "net", 100)),
      refundsOf: {
        items: back(books.items(range, "net", 100)),
        ...{ categories: back(report.categories), taxes: back(report.taxes) },
      },
      ...{ taxed, cash: tender("cash"), code: tender("static-code") },
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
  const day = new Day();
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
        for (const shiftId of day.shiftIds()) {
          const { events } = day.store.shiftEvents(shiftId);
          expect(day.store.shiftTotals(shiftId)).toEqual(recountShift(fen(10_000), events));
        }
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
      // No till of that time took goods back without a receipt.
      const day = begin(steps.filter(({ kind }) => kind !== "loose"));
      try {
        const kept = asKept(day.path, all);
        const taxes = day.shiftIds().map((shiftId) => soldTaxes(day, shiftId));
        day.reopenAsOld();
        // Nor did a till of that time say which goods a refund was of.
        const refundsOf = { items: {}, categories: {}, taxes: {} };
        // Lines of that time tell no tax, so by class it is not recorded; by rate their sales did.
        expect(asKept(day.path, all)).toEqual({ ...kept, voidCount: 0, voidFen: 0, refundsOf, taxed: {} });
        expect(day.shiftIds().map((shiftId) => soldTaxes(day, shiftId))).toEqual(taxes);
      } finally {
        day.close();
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

/** Of a shift by rate: refunds of an older till tell no tax. */
function soldTaxes(day: Day, shiftId: string) {
  const { taxes = [] } = day.store.shiftTotals(shiftId);
  return taxes.flatMap(({ basisPoints, amountFen, taxFen }) =>
    amountFen === 0 ? [] : [[basisPoints, amountFen, taxFen]],
  );
}

const busyDay: readonly Step[] = Array.from({ length: 30 }, (_, index) => [
  {
    kind: "sell",
    lines: [
      { sku: index % 6, many: 2, off: 5 },
      { sku: 1, many: 1, off: 0 },
    ],
    isSplit: index % 3 === 0,
    hour: 9 + (index % 9),
    who: index % 2,
  } as const,
  ...(index % 5 === 0 ? [{ kind: "give-back", of: index, part: 50, hour: 12 } as const] : []),
  ...(index % 6 === 0
    ? [{ kind: "void", lines: [{ sku: 2, many: 1, off: 0 }], isWhole: true, hour: 13 } as const]
    : []),
  ...(index === 14 ? [{ kind: "next-day" } as const] : []),
]).flat();

it.each([
  [
    "a sum is a fen too high",
    "UPDATE report_totals SET net_fen = net_fen + 1 WHERE dimension = 'item' AND key = 'S1' AND business_date = '2026-03-01'",
  ],
  [
    "an hour is lost",
    "DELETE FROM report_totals WHERE dimension = 'hour' AND key = '10' AND business_date = '2026-03-01'",
  ],
  [
    "a refund is counted in the wrong tender",
    "UPDATE report_totals SET refund_count = refund_count - 1 WHERE dimension = 'tender' AND refund_count > 0 AND business_date = '2026-03-01'",
  ],
  [
    "the tax of a class is a fen too low",
    "UPDATE report_totals SET tax_fen = tax_fen - 1 WHERE dimension = 'tax' AND tax_fen > 0 AND business_date = '2026-03-01'",
  ],
  [
    "a key is made up",
    "INSERT INTO report_totals (dimension, business_date, key, sale_count) VALUES ('tax', '2026-03-01', 'ghost', 1)",
  ],
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
    const told = kinds
      .prepare("SELECT kind, count(*) AS n FROM journal WHERE kind LIKE 'totals-%' GROUP BY kind")
      .all();
    kinds.close();
    expect(told).toEqual([
      { kind: "totals-disagreed", n: 1 },
      { kind: "totals-repaired", n: 1 },
    ]);
  } finally {
    day.close();
  }
});

const ofRow = "dimension = NEW.dimension AND business_date = NEW.business_date AND key = NEW.key";
it.each([
  [
    "forgets money given back on a day that has some",
    "refund_count = OLD.refund_count, refund_fen = OLD.refund_fen",
    "NEW.refund_count > OLD.refund_count",
  ],
  ["drops the discount of every later sale", "discount_fen = OLD.discount_fen", "NEW.discount_fen > OLD.discount_fen"],
  ["keeps no tax of later sales", "tax_fen = OLD.tax_fen", "NEW.tax_fen > OLD.tax_fen"],
  ["takes a void for a sale", "sale_count = NEW.sale_count + 1", "NEW.void_count > OLD.void_count"],
])("A till that %s is told apart from what was done, and its recount finds it", async (_, change, when) => {
  const day = new Day();
  try {
    const db = new Database(day.path);
    db.exec(`CREATE TRIGGER mutant AFTER UPDATE ON report_totals WHEN ${when}
      BEGIN UPDATE report_totals SET ${change} WHERE ${ofRow}; END`);
    db.close();
    for (const one of busyDay) day.run(one);
    expect(asKept(day.path, all)).not.toEqual(byHand(day, all));
    expect(await found(day.path, days[0])).toBeGreaterThan(0);
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
      day.sales
        .filter((sale) => sale.grossFen > sale.totalFen)
        .map(({ saleNumber }) => saleNumber)
        .toReversed(),
    );
    const of = {
      hour: report.byHour,
      tender: report.tenders,
      category: report.categories,
      cashier: report.cashiers,
      tax: report.taxes,
      item: books.items(all, "net", 100),
    };
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
