import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen, maxFen } from "./fen.ts";
import { formatYuan, parseYuan } from "./yuan.ts";

const anyFen = fc.integer({ min: -maxFen, max: maxFen }).map(fen);

describe("reading an amount", () => {
  test.each([
    ["12", 1200],
    ["12.5", 1250],
    ["12.50", 1250],
    ["12.", 1200],
    [".5", 50],
    ["0", 0],
    ["007.10", 710],
    [" 3.25 ", 325],
    ["-3.25", -325],
    ["−3.25", -325],
    ["¥12", 1200],
    ["¥ 12", 1200],
    ["￥１２．５０", 1250],
    ["１２。５", 1250],
    ["-¥3", -300],
    ["¥-3", -300],
    ["1,234.50", 123_450],
    ["１，２３４", 123_400],
    ["10,000,000.00", maxFen],
    ["-10000000", -maxFen],
    // What doubles get wrong: 1.005 × 100, 0.07 × 100, 4.35 × 100.
    ["4.35", 435],
    ["0.07", 7],
    ["1.15", 115],
  ])("reads %j as %i fen", (text, expected) => {
    expect(parseYuan(text)).toEqual({ ok: true, value: expected });
  });

  test("minus nothing is nothing, not minus zero", () => {
    expect(parseYuan("-0")).toStrictEqual({ ok: true, value: 0 });
  });

  test.each([
    "",
    " ",
    ".",
    "-",
    "¥",
    "abc",
    "12a",
    "1 2",
    "1,23",
    "12,34",
    ",123",
    "1,2345",
    "1.2.3",
    "1e3",
    "0x10",
    "--1",
    "-¥-1",
    "５²",
    "½",
    "NaN",
    "Infinity",
    "9".repeat(33),
  ])("refuses %j, which is no amount", (text) => {
    expect(parseYuan(text)).toEqual({ ok: false, fault: { kind: "not-an-amount" } });
  });

  test("refuses more than two decimals instead of rounding what was typed", () => {
    expect(parseYuan("1.005")).toEqual({ ok: false, fault: { kind: "too-many-decimals" } });
    expect(parseYuan("1.500")).toEqual({ ok: false, fault: { kind: "too-many-decimals" } });
  });

  test("refuses what a till does not handle", () => {
    expect(parseYuan("10000000.01")).toEqual({ ok: false, fault: { kind: "out-of-range" } });
    expect(parseYuan("9".repeat(32))).toEqual({ ok: false, fault: { kind: "out-of-range" } });
  });

  test("never throws and never makes anything but whole fen, whatever is typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-¥￥0-9０-９.,。]{0,14}$/)), (text) => {
        const parsed = parseYuan(text);
        return !parsed.ok || (Number.isInteger(parsed.value) && Math.abs(parsed.value) <= maxFen);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("writing an amount", () => {
  test.each([
    [0, "0.00"],
    [1, "0.01"],
    [10, "0.10"],
    [-325, "-3.25"],
    [-5, "-0.05"],
    [99_999, "999.99"],
    [100_000, "1,000.00"],
    [123_450, "1,234.50"],
    [99_999_999, "999,999.99"],
    [maxFen, "10,000,000.00"],
  ])("writes %i fen as %s", (amount, expected) => {
    expect(formatYuan(fen(amount))).toBe(expected);
  });

  test("what is written reads back as the same amount", () => {
    fc.assert(
      fc.property(anyFen, (amount) => {
        expect(parseYuan(formatYuan(amount))).toStrictEqual({ ok: true, value: amount });
      }),
      { numRuns: 1000 },
    );
  });
});
