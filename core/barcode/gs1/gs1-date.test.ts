import { describe, expect, it } from "vitest";
import { gs1Date, isGs1Date } from "./gs1-date.ts";

describe("a date of two-digit years", () => {
  it.each([
    ["261231", 2026, "2026-12-31"],
    ["260200", 2026, "2026-02-28"],
    ["280200", 2026, "2028-02-29"],
    ["260400", 2026, "2026-04-30"],
    // 50 years ahead is still this century, 51 is the one before; 49 back is this one, 50 back the next.
    ["760101", 2026, "2076-01-01"],
    ["770101", 2026, "1977-01-01"],
    ["000101", 2049, "2000-01-01"],
    ["000101", 2050, "2100-01-01"],
    ["990101", 2026, "1999-01-01"],
    ["010101", 2099, "2101-01-01"],
    ["491231", 2099, "2149-12-31"],
    ["501231", 2099, "2050-12-31"],
  ])("%s in %i is %s", (yymmdd, year, expected) => {
    expect(gs1Date(yymmdd, year)).toBe(expected);
  });

  it("knows leap years by the century the date falls in", () => {
    expect([isGs1Date("000229", 2026), isGs1Date("000229", 2099), isGs1Date("260229", 2026)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each(["261301", "260001", "260132", "260431", "26013", "2601311", "26-101", "２６0101"])("refuses %s", (text) => {
    expect(isGs1Date(text, 2026)).toBe(false);
  });
});
