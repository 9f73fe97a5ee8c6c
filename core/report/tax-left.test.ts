import fc from "fast-check";
import { expect, test } from "vitest";
import { noSums, type Sums } from "./shares.ts";
import { classTaxOf, hasTaxRecorded, noTaxRecordedFen, sumOfTaxes } from "./tax-left.ts";

const amount = fc.nat(9_000_000);
const anyClass: fc.Arbitrary<Sums> = fc
  .record({ net: amount, taxed: fc.nat(100), tax: fc.nat(12), refund: amount, back: fc.nat(100) })
  .map(({ net, taxed, tax, refund, back }) => {
    const [taxedFen, refundTaxedFen] = [Math.floor((net * taxed) / 100), Math.floor((refund * back) / 100)];
    const taxOf = (of: number): number => Math.floor((of * tax) / 100);
    return {
      ...{ ...noSums, netFen: net, refundFen: refund, taxedFen, refundTaxedFen },
      ...{ taxFen: taxOf(taxedFen), refundTaxFen: taxOf(refundTaxedFen) },
    };
  });

test("what came back is taken off with its tax, below zero where more came back than was sold", () => {
  const sums = { ...noSums, netFen: 1_130, taxedFen: 1_130, taxFen: 130, refundTaxedFen: 2_260, refundTaxFen: 260 };
  expect(classTaxOf(sums)).toEqual({ grossFen: -1_130, taxFen: -130, netFen: -1_000 });
});

test("net and tax are gross, the classes sum to all, and with what no tax was recorded for to what was kept", () => {
  fc.assert(
    fc.property(fc.array(anyClass, { maxLength: 6 }), amount, (classes, without) => {
      const sum = (of: (sums: Sums) => number): number => classes.reduce((total, one) => total + of(one), 0);
      const total = { ...noSums, netFen: sum((one) => one.netFen), refundFen: sum((one) => one.refundFen) + without };
      const { grossFen, taxFen, netFen } = sumOfTaxes(classes);
      expect(netFen + taxFen).toBe(grossFen);
      expect(taxFen).toBe(sum((one) => one.taxFen - one.refundTaxFen));
      expect(grossFen + noTaxRecordedFen(total, classes)).toBe(total.netFen - total.refundFen);
    }),
  );
});

test("goods at nothing percent have a recorded tax, goods of a shop without rates have none", () => {
  expect(hasTaxRecorded([{ ...noSums, netFen: 900, taxedFen: 900 }])).toBe(true);
  expect(hasTaxRecorded([{ ...noSums, netFen: 900 }])).toBe(false);
  expect(hasTaxRecorded([{ ...noSums, refundTaxedFen: 1 }])).toBe(true);
});
