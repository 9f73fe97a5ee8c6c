import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import {
  assertLooseReturn,
  formatReturnNumber,
  judgeLooseReturn,
  type LoosePart,
  type LooseReturn,
  parseReturnNumber,
  presentPriceOf,
} from "./loose-return.ts";

const base = { categoryId: "c", taxClass: "general", scaleCode: null, isFavourite: false } as const;
const items: Readonly<Record<string, Item>> = {
  cola: { ...base, sku: "cola", nameZh: "可乐", nameEn: "Cola", unit: "piece", priceFen: fen(350) },
  apple: { ...base, sku: "apple", nameZh: "苹果", nameEn: "Apple", unit: "kg", priceFen: fen(1_299) },
  flowers: {
    ...{ ...base, sku: "flowers", nameZh: "鲜花", nameEn: "Flowers", unit: "piece", priceFen: fen(2_000) },
    openPrice: { minFen: fen(500), maxFen: fen(20_000) },
  },
};
const itemOf = (sku: string): Item | null => items[sku] ?? null;
const part = (sku: string, quantity: number, unitPriceFen: number): LoosePart => ({
  ...{ sku, quantity, unitPriceFen, condition: "back-to-stock" },
});
const rates = [
  { taxClass: "general", basisPoints: 1_300 },
  { taxClass: "food", basisPoints: 900 },
];
const judge = (...parts: readonly LoosePart[]) => judgeLooseReturn(parts, itemOf, null);

describe("goods without a receipt", () => {
  test("give their present price or less, each line by itself, and sum to the cash", () => {
    const judged = judge(part("cola", 2_000, 350), part("apple", 845, 1_000));
    expect(judged).toMatchObject({
      ok: true,
      value: {
        amountFen: 1_545,
        lines: [
          { lineNumber: 1, sku: "cola", presentFen: 350, unitPriceFen: 350, worthFen: 700, categoryId: "c" },
          { lineNumber: 2, sku: "apple", presentFen: 1_299, unitPriceFen: 1_000, worthFen: 845 },
        ],
      },
    });
  });

  test("never give more than they cost now, and say what that is", () => {
    expect(judge(part("cola", 1_000, 351))).toEqual({
      ok: false,
      fault: { kind: "price-above-present", nameZh: "可乐", nameEn: "Cola", presentFen: 350 },
    });
  });

  test("with an open price give at most what it may be", () => {
    expect(judge(part("flowers", 1_000, 20_000)).ok).toBe(true);
    expect(judge(part("flowers", 1_000, 20_001)).ok).toBe(false);
    expect(presentPriceOf({ priceFen: fen(5), openPrice: { minFen: null, maxFen: null } })).toBe(5);
  });

  test.each<[string, LoosePart]>([
    ["no-such-item", part("gone", 1_000, 1)],
    ["quantity-out-of-range", part("cola", 500, 1)],
    ["quantity-out-of-range", part("cola", 0, 1)],
    ["amount-out-of-range", part("cola", 1_000, 0)],
    ["amount-out-of-range", part("cola", 1_000, -1)],
    ["amount-out-of-range", part("flowers", 99_999_000, 20_000)],
  ])("are refused as %s: %j", (kind, asked) => {
    expect(judge(asked)).toEqual({ ok: false, fault: { kind } });
  });

  test("whatever comes back, its cash is the sum of its lines and no more than the goods cost", () => {
    const anyPart = fc
      .tuple(fc.constantFrom("cola", "apple", "flowers"), fc.integer({ min: 1, max: 99 }), fc.nat(25_000))
      .map(([sku, many, unitPriceFen]) => part(sku, sku === "apple" ? many * 37 : many * 1_000, unitPriceFen));
    fc.assert(
      fc.property(fc.array(anyPart, { minLength: 1, maxLength: 6 }), (parts) => {
        const judged = judge(...parts);
        if (!judged.ok) return;
        const { lines, amountFen } = judged.value;
        expect(lines.reduce((sum, { worthFen }) => sum + worthFen, 0)).toBe(amountFen);
        for (const { worthFen, quantity, presentFen } of lines)
          expect(worthFen).toBeLessThanOrEqual(scaleHalfUp(presentFen, quantity, 1_000));
      }),
    );
  });
});

test("its number is the till's own and no sale's", () => {
  expect([formatReturnNumber("T01", 12), formatReturnNumber("T01", 1_234_567)]).toEqual([
    "T01-R000012",
    "T01-R1234567",
  ]);
  expect(() => formatReturnNumber("T01", 0)).toThrow("counter");
});

describe("the tax in goods without a receipt", () => {
  test("is what a sale for so much would have today, and none where the shop names no rates", () => {
    const parts = [part("cola", 2_000, 300), part("apple", 845, 1_000)];
    expect(judgeLooseReturn(parts, itemOf, rates)).toMatchObject({
      value: {
        lines: [
          { worthFen: 600, taxBasisPoints: 1_300, taxFen: 69 },
          { worthFen: 845, taxBasisPoints: 1_300, taxFen: 97 },
        ],
      },
    });
    const untaxed = judge(...parts);
    expect(untaxed.ok && untaxed.value.lines.flatMap((line) => Object.keys(line))).not.toContain("taxFen");
  });

  const asked = fc.record({
    ...{ sku: fc.constantFrom("cola", "flowers"), quantity: fc.integer({ min: 1, max: 40 }).map((n) => n * 1_000) },
    ...{ unitPriceFen: fc.integer({ min: 0, max: 350 }), condition: fc.constant("damaged" as const) },
  });

  test("is that of a sale of the same goods, to the fen, and never more than the line", () => {
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 12 }), (parts) => {
        const judged = judgeLooseReturn(parts, itemOf, rates);
        if (!judged.ok) return;
        const { lines, amountFen } = judged.value;
        const sum = lines.reduce((all, { taxFen = 0 }) => all + taxFen, 0);
        expect(sum).toBe(scaleHalfUp(fen(1_300), amountFen, 11_300));
        for (const { taxFen = 0, worthFen } of lines) expect(taxFen).toBeLessThanOrEqual(worthFen);
      }),
    );
  });

  test.each([{ taxFen: fen(701), taxBasisPoints: 1_300 }, { taxFen: fen(1) }, { taxBasisPoints: 1_300 }])(
    "is not journaled as %j",
    (tax) => {
      const judged = judge(part("cola", 2_000, 350));
      if (!judged.ok) throw new Error(judged.fault.kind);
      const lines = judged.value.lines.map((line) => ({ ...line, ...tax }));
      const given = { returnId: "r", ...judged.value, lines } as unknown as LooseReturn; // what the check looks at
      expect(() => assertLooseReturn(given)).toThrow("at a rate");
    },
  );
});

test("a number is read as it is printed or typed, and nothing else is one", () => {
  for (const typed of ["T01-R000012", " t01-r000012 "]) {
    expect(parseReturnNumber(typed)).toEqual({ terminalId: "T01", counter: 12 });
  }
  expect(parseReturnNumber(formatReturnNumber("T01", 1_234_567))).toEqual({ terminalId: "T01", counter: 1_234_567 });
  for (const other of ["T01-000012", "T01-R12", "R000012", ""]) expect(parseReturnNumber(other)).toBeNull();
});
