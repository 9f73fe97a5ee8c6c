import { expect, it } from "vitest";
import { formatWhen } from "./when.ts";

const china = { locale: "zh-CN", utcOffsetMinutes: 480 } as const;
/** 00:05 on 23 November in China. */
const nowMs = Date.parse("2026-11-22T16:05:00Z");

it("names the day of a time that is not today in the shop", () => {
  expect(formatWhen(nowMs - 60_000, nowMs, china)).toBe("00:04");
  expect(formatWhen(nowMs - 6 * 60_000, nowMs, china)).toBe("11-22 23:59");
});
