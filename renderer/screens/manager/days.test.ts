import { expect, test } from "vitest";
import { clockOf, dayAfter } from "./days.ts";

test("days are counted by the calendar, over months, leap years and years", () => {
  expect(dayAfter("2026-11-22", 1)).toBe("2026-11-23");
  expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
  expect(dayAfter("2026-03-01", -1)).toBe("2026-02-28");
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
});

test("a sale's time is the shop's, whatever the machine's zone", () => {
  expect(clockOf("2026-11-22T23:05:59+08:00")).toBe("23:05");
});
