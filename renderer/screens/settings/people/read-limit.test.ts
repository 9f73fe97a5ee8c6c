import fc from "fast-check";
import { expect, test } from "vitest";
import { limitInWords, readLimit } from "./read-limit.ts";

test("a limit reads back as the same number, whatever it is", () => {
  fc.assert(
    fc.property(fc.nat(10_000), (limit) => {
      expect(readLimit(limitInWords(limit), "discount-line")).toBe(limit);
      expect(readLimit(limitInWords(limit), "pay-out")).toBe(limit);
    }),
  );
});

test("what is no limit is none: more than all, a sign, a third place, words", () => {
  expect(["100.01", "-1", "1.234", "ten", "", "1e3"].map((typed) => readLimit(typed, "discount-sale"))).toEqual([
    ...[null, null, null, null, null, null],
  ]);
  expect([readLimit("100", "discount-sale"), readLimit("0", "discount-sale"), readLimit("12.", "pay-out")]).toEqual([
    10_000, 0, 1_200,
  ]);
  expect([limitInWords(0), limitInWords(10_000), limitInWords(1_250)]).toEqual(["0", "100", "12.5"]);
});
