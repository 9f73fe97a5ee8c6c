import fc from "fast-check";
import { expect, test } from "vitest";
import { type Fen, fen } from "#core/money/fen.ts";
import { taxOfLines, taxOfPart } from "./line-tax.ts";
import { taxBreakdown } from "./tax-breakdown.ts";

const rates = [
  { taxClass: "standard", basisPoints: 1_300 },
  { taxClass: "general", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
  { taxClass: "zero", basisPoints: 0 },
];
const line = fc.record({
  taxClass: fc.constantFrom("standard", "general", "reduced", "zero", "unheard-of"),
  netFen: fc.oneof(fc.nat(40), fc.nat(1_000_000)).map((amount) => fen(amount)),
});
const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);

test("three lines of 0.33 at 13 % hold 0.11 together: the sale's own rounding, not that of each line", () => {
  const lines = ["standard", "general", "standard"].map((taxClass) => ({ taxClass, netFen: fen(33) }));
  expect(taxOfLines(lines, rates)).toEqual([
    { taxBasisPoints: 1_300, taxFen: 4 },
    { taxBasisPoints: 1_300, taxFen: 4 },
    { taxBasisPoints: 1_300, taxFen: 3 },
  ]);
});

test("the tax of the lines sums to the sale's breakdown to the fen, and no line holds more than it cost", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const taxes = taxOfLines(lines, rates);
      for (const share of taxBreakdown(lines, rates)) {
        const ofRate = taxes.filter(({ taxBasisPoints }) => taxBasisPoints === share.basisPoints);
        expect(sum(ofRate.map(({ taxFen }) => taxFen))).toBe(share.taxFen);
      }
      for (const [index, { taxFen }] of taxes.entries()) {
        expect(taxFen).toBeGreaterThanOrEqual(0);
        expect(taxFen).toBeLessThanOrEqual(lines[index]?.netFen ?? 0);
      }
    }),
  );
});

test("however an amount is given back, its parts hold exactly its tax, and none holds more than itself", () => {
  const whole = fc.nat(50_000).chain((amount) => fc.record({ amount: fc.constant(amount), tax: fc.nat(amount) }));
  fc.assert(
    fc.property(whole, fc.array(fc.nat(900), { maxLength: 40 }), ({ amount, tax }, cuts) => {
      const of = { amountFen: fen(amount), taxFen: fen(tax) };
      let beforeFen: Fen = fen(0);
      const taxes: number[] = [];
      for (const cut of [...cuts, amount]) {
        const partFen = fen(Math.min(cut, amount - beforeFen));
        const taxFen = taxOfPart(of, beforeFen, partFen);
        expect(taxFen).toBeGreaterThanOrEqual(0);
        expect(taxFen).toBeLessThanOrEqual(partFen);
        taxes.push(taxFen);
        beforeFen = fen(beforeFen + partFen);
      }
      expect(sum(taxes)).toBe(amount === 0 ? 0 : tax);
    }),
  );
});
