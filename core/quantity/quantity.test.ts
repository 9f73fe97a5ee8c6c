import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen, maxFen } from "#core/money/fen.ts";
import { priceOf, rawPriceOf } from "./price-of.ts";
import { isSellable, maxMilli, milli, pieceCountOf, pieces } from "./quantity.ts";
import { formatQuantity, parseQuantity } from "./text.ts";

describe("price × quantity", () => {
  test("0.845 kg of apples at 12.99 a kilogram cost 10.98", () => {
    expect(priceOf(fen(1299), milli(845))).toBe(1098);
  });

  test("two bottles at 3.50 cost 7.00", () => {
    expect(priceOf(fen(350), pieces(2))).toBe(700);
  });

  test("half a fen counts up, and giving back rounds as selling did", () => {
    expect(priceOf(fen(1), milli(500))).toBe(1);
    expect(priceOf(fen(1), milli(499))).toBe(0);
    expect(priceOf(fen(1299), milli(-845))).toBe(-1098);
  });

  test("whole pieces never round", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(99_999),
        (price, count) => priceOf(fen(price), pieces(count)) === price * count,
      ),
    );
  });

  test("is exact at the limits, where the product is beyond a double's integers", () => {
    expect(rawPriceOf(fen(maxFen - 1), milli(maxMilli - 1))).toBe(99_998_998_900_001);
    expect(() => priceOf(fen(maxFen), milli(maxMilli))).toThrow("whole fen");
  });
});

describe("reading a quantity", () => {
  test.each([
    ["3", "piece", 3000],
    ["３", "piece", 3000],
    ["99999", "piece", maxMilli],
    ["0.845", "kg", 845],
    ["0。845", "kg", 845],
    [".5", "kg", 500],
    ["3.", "kg", 3000],
    ["12", "kg", 12_000],
  ] as const)("reads %j %s", (text, unit, expected) => {
    expect(parseQuantity(text, unit)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ["", "kg", "not-a-quantity"],
    [".", "kg", "not-a-quantity"],
    ["-1", "piece", "not-a-quantity"],
    ["1,5", "kg", "not-a-quantity"],
    ["1e3", "kg", "not-a-quantity"],
    ["6901234567892000000", "piece", "not-a-quantity"],
    ["0.8455", "kg", "too-many-decimals"],
    ["1.5", "piece", "too-many-decimals"],
    ["0", "piece", "out-of-range"],
    ["0.000", "kg", "out-of-range"],
    ["100000", "piece", "out-of-range"],
    ["6901234567892", "piece", "out-of-range"],
  ] as const)("refuses %j %s: %s", (text, unit, kind) => {
    expect(parseQuantity(text, unit)).toEqual({ ok: false, fault: { kind } });
  });

  test("what is written reads back as the same quantity", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: maxMilli }), (count, grams) => {
        expect(parseQuantity(formatQuantity(pieces(count), "piece"), "piece")).toEqual({
          ok: true,
          value: count * 1000,
        });
        expect(parseQuantity(formatQuantity(milli(grams), "kg"), "kg")).toEqual({ ok: true, value: grams });
      }),
    );
  });
});

describe("writing a quantity", () => {
  test.each([
    [3000, "piece", "3"],
    [-3000, "piece", "-3"],
    [845, "kg", "0.845"],
    [1000, "kg", "1.000"],
    [-845, "kg", "-0.845"],
    [500, "piece", "0.500"],
  ] as const)("writes %i thousandths of a %s as %s", (quantity, unit, expected) => {
    expect(formatQuantity(milli(quantity), unit)).toBe(expected);
  });
});

describe("what can be sold", () => {
  test("is above zero, within the limit, and whole where it is counted", () => {
    expect([1, 999, 1000, maxMilli].map((quantity) => isSellable(quantity, "kg"))).toEqual([true, true, true, true]);
    expect([1, 999, 1000, maxMilli].map((quantity) => isSellable(quantity, "piece"))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([0, -1000, 0.5, Number.NaN, maxMilli + 1000].some((quantity) => isSellable(quantity, "kg"))).toBe(false);
  });

  test("counts pieces, and one for whatever was weighed", () => {
    expect(pieceCountOf(pieces(24), "piece")).toBe(24);
    expect(pieceCountOf(milli(2845), "kg")).toBe(1);
  });
});
