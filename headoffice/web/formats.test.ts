import fc from "fast-check";
import { expect, test } from "vitest";
import { fen, maxFen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { ago, countdown, money, shopClock } from "./formats.ts";

test("money is spelt as the till spells it", () => {
  fc.assert(
    fc.property(fc.integer({ min: -maxFen, max: maxFen }), (amount) => {
      expect(money(amount).replace("\u2212", "-").replace("¥", "")).toBe(formatYuan(fen(amount)));
    }),
  );
});

test("a year of many shops, more than one amount may be, is spelt to the fen", () => {
  expect(money(123_456_789_012_345)).toBe("¥1,234,567,890,123.45");
});

test.each([
  [10_000, "10秒前", "10 sec. ago"],
  [4 * 60_000, "4分钟前", "4 min. ago"],
  [3 * 3_600_000, "3小时前", "3 hr. ago"],
  [2 * 86_400_000, "前天", "2 days ago"],
  [-5_000, "现在", "now"],
])("%i ms ago is told in both languages", (passed, zh, en) => {
  const tell = (locale: "zh-CN" | "en") =>
    ago(1_000_000_000_000 - passed, 1_000_000_000_000, locale).replaceAll(" ", "");
  expect([tell("zh-CN"), tell("en")]).toEqual([zh, en.replaceAll(" ", "")]);
});

test("a countdown ends at nought and rounds up, and a shop's clock is its own", () => {
  expect([countdown(600_000), countdown(59_001), countdown(0), countdown(-9)]).toEqual([
    "10:00",
    "1:00",
    "0:00",
    "0:00",
  ]);
  expect(shopClock("2026-03-02T09:15:07+08:00")).toBe("09:15:07");
});
