import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gramsOf, type WeightUnit } from "./weight-text.ts";

describe("a weight as a scale writes it", () => {
  it.each<[string, WeightUnit, number]>([
    ["00.845", "kg", 845],
    ["  1.25", "kg", 1250],
    ["+00012.34", "kg", 12_340],
    ["-  0.005", "kg", -5],
    ["- 12", "g", -12],
    ["-0.000", "kg", 0],
    ["0.8450", "kg", 845],
    ["1.5", "t", 1_500_000],
    ["3.", "kg", 3000],
    // 453.59237 g and 28.349523125 g: the next whole gram, half away from zero.
    ["1.000", "lb", 454],
    ["0.005", "lb", 2],
    ["-1", "lb", -454],
    ["1", "oz", 28],
    ["16", "oz", 454],
    ["0.001", "lb", 0],
  ])("%j %s is %i g", (text, unit, grams) => {
    expect(gramsOf(text, unit)).toEqual({ ok: true, value: grams });
  });

  it.each<[string, WeightUnit, string]>([
    ["", "kg", "not-a-weight"],
    ["1,25", "kg", "not-a-weight"],
    ["1e3", "g", "not-a-weight"],
    ["1.2.3", "kg", "not-a-weight"],
    ["0x10", "g", "not-a-weight"],
    [".5", "kg", "not-a-weight"],
    ["9".repeat(17), "g", "not-a-weight"],
    ["9999999999999999", "t", "not-a-weight"],
    ["0.0005", "kg", "finer-than-a-gram"],
    ["12.5", "g", "finer-than-a-gram"],
  ])("%j %s is refused as %s", (text, unit, kind) => {
    expect(gramsOf(text, unit)).toEqual({ ok: false, fault: { kind } });
  });

  it("is exact to the gram for every kilogram weight, whatever its zeros and blanks", () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.nat(2), fc.nat(3), (grams, zeros, blanks) => {
        const digits = String(Math.abs(grams)).padStart(4 + zeros, "0");
        const text = `${" ".repeat(blanks)}${grams < 0 ? "-" : ""}${digits.slice(0, -3)}.${digits.slice(-3)}`;
        expect(gramsOf(text, "kg")).toEqual({ ok: true, value: grams });
      }),
    );
  });

  it("never throws and gives whole grams only, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 24 }),
        fc.constantFrom<WeightUnit>("kg", "g", "lb", "oz", "t"),
        (text, unit) => {
          const grams = gramsOf(text, unit);
          expect(!grams.ok || Number.isSafeInteger(grams.value)).toBe(true);
        },
      ),
    );
  });
});
