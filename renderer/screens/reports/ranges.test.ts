import { expect, test } from "vitest";
import { presetOf, presets, rangeOf, shifted } from "./ranges.ts";

test.each([
  ["today", "2026-03-02", "2026-03-02"],
  ["yesterday", "2026-03-01", "2026-03-01"],
  ["week", "2026-03-02", "2026-03-02"],
  ["month", "2026-03-01", "2026-03-02"],
  ["year", "2026-01-01", "2026-03-02"],
] as const)("On a Monday, %s is from %s to %s", (preset, from, to) => {
  expect(rangeOf(preset, "2026-03-02")).toEqual({ from, to });
});

test("A week that ends on Sunday began on the Monday before, over the turn of a year too", () => {
  expect(rangeOf("week", "2026-01-04")).toEqual({ from: "2025-12-29", to: "2026-01-04" });
});

test("A range is known as the preset it is, and one of its own as none", () => {
  for (const preset of presets) expect(presetOf(rangeOf(preset, "2026-03-18"), "2026-03-18")).toBe(preset);
  expect(presetOf({ from: "2026-03-03", to: "2026-03-18" }, "2026-03-18")).toBeNull();
});

test("The range before has as many days and ends the day before, over a leap day too", () => {
  expect(shifted({ from: "2028-03-01", to: "2028-03-02" }, -1)).toEqual({ from: "2028-02-28", to: "2028-02-29" });
  expect(shifted(shifted({ from: "2026-03-01", to: "2026-03-31" }, -1), 1)).toEqual({
    from: "2026-03-01",
    to: "2026-03-31",
  });
});
