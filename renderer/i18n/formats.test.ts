import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dateInWords, formatClock, formatDay, formatDayAndClock } from "./formats.ts";

const zoneBefore = process.env["TZ"];
/** 00:05 on 23 November in China, still the 22nd in London and New York. */
const atMs = Date.parse("2026-11-22T16:05:00Z");
const china = { locale: "zh-CN", utcOffsetMinutes: 480 } as const;

describe.each(["America/New_York", "Europe/London", "Pacific/Auckland"])("on a machine in %s", (zone) => {
  beforeAll(() => void (process.env["TZ"] = zone));
  afterAll(() => {
    if (zoneBefore === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zoneBefore;
  });

  test("the machine really has another zone than the shop", () => {
    expect(-new Date(atMs).getTimezoneOffset()).not.toBe(china.utcOffsetMinutes);
  });

  test("every clock shows the shop's time and day", () => {
    expect(formatClock(atMs, china)).toBe("00:05");
    expect(formatDayAndClock(atMs, china)).toBe("11-23 00:05");
    expect(formatDay(atMs, china)).toBe("11月23日星期一");
    expect(formatDay(atMs, { ...china, locale: "en" })).toBe("Monday, November 23");
  });

  test("a shop west of UTC, or off the whole hour, is told its own time too", () => {
    expect(formatDayAndClock(atMs, { locale: "en", utcOffsetMinutes: -720 })).toBe("11-22 04:05");
    expect(formatClock(atMs, { locale: "en", utcOffsetMinutes: 345 })).toBe("21:50");
  });
});

test("a date is written as on receipts, with its weekday in the cashier's language", () => {
  expect(dateInWords("2026-11-22", "zh-CN")).toBe("2026-11-22 周日");
  expect(dateInWords("2026-11-23", "en")).toBe("2026-11-23 Mon");
});
