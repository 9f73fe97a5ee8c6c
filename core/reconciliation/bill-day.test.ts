import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beijingDay } from "./beijing-day.ts";
import {
  billReadyMs,
  dayAfter,
  dueDays,
  latestBillDay,
  mostDaysBack,
  oldestBillDay,
  startOfDayMs,
} from "./bill-day.ts";
import { type BillTrouble, retryAfterMs } from "./bill-trouble.ts";
import { ownNumbers } from "./own-numbers.ts";

const at = (beijing: string) => Date.parse(`${beijing}+08:00`);

describe("the day of a bill", () => {
  it("begins at midnight in Beijing, on every day there is", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2199, 0, 1) }), (atMs) => {
        const day = beijingDay(atMs);
        expect(startOfDayMs(day)).toBe(at(`${day}T00:00:00`));
        expect(dayAfter(dayAfter(day, 37), -37)).toBe(day);
      }),
    );
    expect([dayAfter("2028-02-28", 1), dayAfter("2026-12-31", 1), dayAfter("2026-03-01", -1)]).toEqual([
      ...["2028-02-29", "2027-01-01", "2026-02-28"],
    ]);
  });

  it("can be had from five past ten of the next morning", () => {
    expect(latestBillDay(at("2026-11-21T10:04:59"))).toBe("2026-11-19");
    expect(latestBillDay(at("2026-11-21T10:05:00"))).toBe("2026-11-20");
    expect(billReadyMs("2026-11-20")).toBe(at("2026-11-21T10:05:00"));
  });
});

describe("the days that are due", () => {
  const now = at("2026-11-21T12:00:00");
  it("are those since the till first took money, oldest first, without those that are compared", () => {
    expect(dueDays("2026-11-17", (day) => day === "2026-11-18", now)).toEqual([
      "2026-11-17",
      "2026-11-19",
      "2026-11-20",
    ]);
    expect(dueDays("2026-11-21", () => false, now)).toEqual([]);
  });

  it("go back as far as the gateway keeps bills, and no further", () => {
    const due = dueDays("2020-01-01", () => false, now);
    expect([due[0], due.at(-1), due.length]).toEqual([oldestBillDay(now), "2026-11-20", mostDaysBack]);
  });
});

describe("a bill that could not be had", () => {
  const minutes = (trouble: BillTrouble) => [1, 2, 3, 4, 9, 500].map((tries) => retryAfterMs(trouble, tries) / 60_000);
  it("is asked for again after ever longer pauses with an end", () => {
    expect(minutes("still-creating")).toEqual([10, 20, 40, 60, 60, 60]);
    expect(minutes("no-answer")).toEqual([1, 2, 4, 8, 30, 30]);
    expect(minutes("refused")).toEqual([60, 120, 240, 360, 360, 360]);
    expect(minutes("damaged")).toEqual([15, 30, 60, 120, 360, 360]);
  });
});

describe("a till's own numbers", () => {
  const isOurs = ownNumbers({ storeCode: "S01", terminalId: "T0" }, "2026-11-20");
  it("are told by shop, terminal and a time that fits the bill", () => {
    expect(["S01T02611201159591A", "S01T0251120115959ZZ", "S01T0261121000001B"].map(isOurs)).toEqual([
      true,
      true,
      true,
    ]);
    const others = ["S01T1261120115959A", "S02T0261120115959A", "S01T0261120115959", "S01T0221120115959A", "", "S01T0"];
    expect(others.map(isOurs)).toEqual(others.map(() => false));
  });

  it("are not those of a terminal whose name goes on with a digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 2024, max: 2098 }), (digit, year) => {
        const day = `${year}-10-12`;
        const made = `${String(year).slice(2)}1012`;
        expect(ownNumbers({ storeCode: "S01", terminalId: "T0" }, day)(`S01T0${digit}${made}115959A`)).toBe(false);
        expect(ownNumbers({ storeCode: "S01", terminalId: `T0${digit}` }, day)(`S01T0${digit}${made}115959A`)).toBe(
          true,
        );
      }),
    );
  });
});
