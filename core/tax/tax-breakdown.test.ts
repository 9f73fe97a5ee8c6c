import fc from "fast-check";
import { expect, test } from "vitest";
import { fen } from "#core/money/fen.ts";
import { rateOf, taxBreakdown, withoutTax } from "./tax-breakdown.ts";

const rates = [
  { taxClass: "standard", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
  { taxClass: "zero", basisPoints: 0 },
];

test("113.00 at 13 % hold 13.00 of tax, 109.00 at 9 % hold 9.00, and nothing at zero", () => {
  const lines = [
    { taxClass: "reduced", netFen: fen(10_900) },
    { taxClass: "standard", netFen: fen(11_300) },
    { taxClass: "zero", netFen: fen(500) },
  ];
  expect(taxBreakdown(lines, rates)).toEqual([
    { basisPoints: 1_300, amountFen: 11_300, taxFen: 1_300 },
    { basisPoints: 900, amountFen: 10_900, taxFen: 900 },
    { basisPoints: 0, amountFen: 500, taxFen: 0 },
  ]);
});

test("a class without a rate is taxed at the highest", () => {
  expect(rateOf("unheard-of", rates)).toBe(1_300);
  expect(rateOf("zero", rates)).toBe(0);
});

test("amounts sum to the lines', and price without tax and tax to the price", () => {
  const line = fc.record({
    taxClass: fc.constantFrom("standard", "reduced", "zero", "other"),
    netFen: fc.nat(1_000_000).map((amount) => fen(amount)),
  });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const shares = taxBreakdown(lines, rates);
      const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);
      expect(sum(shares.map(({ amountFen }) => amountFen))).toBe(sum(lines.map(({ netFen }) => netFen)));
      for (const share of shares) {
        expect(withoutTax(share) + share.taxFen).toBe(share.amountFen);
        // Within half a fen of the exact share, without a fraction: |2·tax·(10000+r) − 2·amount·r| ≤ 10000+r.
        const whole = 10_000 + share.basisPoints;
        expect(Math.abs(2 * share.taxFen * whole - 2 * share.amountFen * share.basisPoints)).toBeLessThanOrEqual(whole);
      }
    }),
  );
});
