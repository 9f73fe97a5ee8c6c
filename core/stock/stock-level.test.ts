import { describe, expect, it } from "vitest";
import { isLow, isShort, levelText, unknownLevel } from "./stock-level.ts";

describe("A level", () => {
  it.each([
    [24_000, "piece", "24"],
    [-3_000, "piece", "-3"],
    [0, "piece", "0"],
    [500, "piece", "0.500"],
    [1_250, "kg", "1.250"],
    [-5, "kg", "-0.005"],
    [123_456_789_000, "piece", "123456789"],
  ] as const)("of %i thousandths of a %s reads %j", (milli, unit, text) => {
    expect(levelText(milli, unit)).toBe(text);
  });

  const level = { sku: "cola", levelMilli: 5_000, isStocked: true, reorderMilli: 5_000 };

  it("is low at its reorder point and below, and never where it is unknown, unwatched or not stocked", () => {
    expect(isLow(level)).toBe(true);
    expect(isLow({ ...level, levelMilli: 5_001 })).toBe(false);
    expect(isLow({ ...level, levelMilli: null })).toBe(false);
    expect(isLow({ ...level, reorderMilli: null })).toBe(false);
    expect(isLow({ ...level, isStocked: false })).toBe(false);
  });

  it("is short only where the sale wants more than there is of what is counted", () => {
    expect(isShort(level, 5_000)).toBe(false);
    expect(isShort(level, 5_001)).toBe(true);
    expect(isShort({ ...level, isStocked: false }, 9_000)).toBe(false);
    expect(isShort(unknownLevel("cola"), 9_000)).toBe(false);
  });
});
