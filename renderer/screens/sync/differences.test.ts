import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DaySide } from "#contract/wire/agreement.ts";
import { differencesOf, shortHash } from "./differences.ts";

const day: DaySide = {
  businessDate: "2026-03-02",
  saleCount: 87,
  salesFen: 345_670,
  cashFen: 73_450,
  wechatFen: 272_220,
  staticCodeFen: 0,
  refundCount: 1,
  refundFen: 2_000,
  lastSaleHash: "a3f1".repeat(16),
};

describe("The two sides of a day", () => {
  it("do not differ from themselves", () => {
    expect(differencesOf(day, { ...day })).toEqual(new Set());
  });

  it("differ in exactly the figures that were changed", () => {
    const figure = fc.constantFrom(
      ...(["saleCount", "salesFen", "cashFen", "wechatFen", "staticCodeFen", "refundCount", "refundFen"] as const),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(figure),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.boolean(),
        (changed, by, isHash) => {
          const there = { ...day, ...Object.fromEntries(changed.map((name) => [name, day[name] + by])) };
          const other = isHash ? { ...there, lastSaleHash: "b".repeat(64) } : there;
          expect(differencesOf(day, other)).toEqual(new Set([...changed, ...(isHash ? ["lastSaleHash"] : [])]));
        },
      ),
    );
  });

  it("show the beginning of the last sale's hash, and none on a day without a sale", () => {
    expect(shortHash(day.lastSaleHash)).toBe("a3f1a3f1");
    expect(shortHash("0".repeat(64))).toBeNull();
  });
});
