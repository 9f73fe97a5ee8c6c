import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { TaxShare } from "./tax-breakdown.ts";
import { addTaxes, inNoRateFen, leftOf, percentOfRate, taxesOfGoods } from "./tax-sum.ts";

const share = (basisPoints: number, amount: number, tax: number): TaxShare => {
  return { basisPoints, amountFen: fen(amount), taxFen: fen(tax) };
};
const anyShares = fc
  .array(fc.record({ rate: fc.constantFrom(0, 900, 1_300), amount: fc.nat(90_000), tax: fc.nat(9_000) }))
  .map((shares) => shares.map(({ rate, amount, tax }) => share(rate, amount, Math.min(amount, tax))));

test("what came back is taken off its own rate, and what is in no rate is told apart", () => {
  const sold = addTaxes([], [share(1_300, 11_300, 1_300), share(900, 10_900, 900)], []);
  const sums = addTaxes(sold, [], [share(1_300, 2_260, 260)]);
  expect(sums.map(leftOf)).toEqual([
    { basisPoints: 1_300, grossFen: 9_040, taxFen: 1_040, netFen: 8_000 },
    { basisPoints: 900, grossFen: 10_900, taxFen: 900, netFen: 10_000 },
  ]);
  // 5.00 more went back without goods.
  expect(inNoRateFen(fen(9_040 + 10_900 - 500), sums)).toBe(-500);
});

test("goods that came back of an earlier day leave their rate below zero, never at nothing", () => {
  const [sum] = addTaxes([], [], [share(900, 1_090, 90)]);
  if (sum === undefined) throw new Error("one rate");
  expect(leftOf(sum)).toEqual({ basisPoints: 900, grossFen: -1_090, taxFen: -90, netFen: -1_000 });
});

test("goods without a recorded tax are in no rate", () => {
  const goods = [
    { amountFen: fen(500) },
    { amountFen: fen(113), taxBasisPoints: 1_300, taxFen: fen(13) },
    { amountFen: fen(226), taxBasisPoints: 1_300, taxFen: fen(26) },
  ];
  expect(taxesOfGoods(goods)).toEqual([share(1_300, 339, 39)]);
});

test("in whatever order sales and returns come, their sums are the same, highest rate first", () => {
  const event = fc.record({ shares: anyShares, isBack: fc.boolean() });
  const added = (events: readonly { readonly shares: readonly TaxShare[]; readonly isBack: boolean }[]) =>
    events.reduce<ReturnType<typeof addTaxes>>(
      (sums, { shares, isBack }) => (isBack ? addTaxes(sums, [], shares) : addTaxes(sums, shares, [])),
      [],
    );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const sums = added(events);
      expect(added(events.toReversed())).toEqual(sums);
      const rates = sums.map(({ basisPoints }) => basisPoints);
      expect(rates).toEqual(rates.toSorted((a, b) => b - a));
      for (const sum of sums) expect(leftOf(sum).netFen + leftOf(sum).taxFen).toBe(leftOf(sum).grossFen);
    }),
  );
});

test.each([
  [1_300, "13"],
  [1_250, "12.5"],
  [1_001, "10.01"],
  [0, "0"],
  [10_000, "100"],
])("a rate of %i basis points is written %s", (basisPoints, text) => {
  expect(percentOfRate(basisPoints)).toBe(text);
});
