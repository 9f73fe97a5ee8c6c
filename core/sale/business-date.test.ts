import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { businessDate, businessDateInShift, compactLocalTime, localIso } from "./business-date.ts";

const china = 480;

describe("a shop's time", () => {
  it("is written with the shop's offset", () => {
    expect(localIso(Date.UTC(2026, 10, 22, 11, 32, 5, 999), china)).toBe("2026-11-22T19:32:05+08:00");
    expect(localIso(Date.UTC(2026, 0, 1, 2, 0, 0), -210)).toBe("2025-12-31T22:30:00-03:30");
    expect(compactLocalTime(Date.UTC(2026, 10, 22, 11, 32, 5), china)).toBe("261122193205");
  });

  it("agrees with the platform's calendar at every second up to 2400", () => {
    const latest = Date.UTC(2400, 11, 31);
    fc.assert(
      fc.property(
        fc.integer({ min: 86_400_000, max: latest }),
        fc.integer({ min: -720, max: 840 }),
        (epochMs, offset) => {
          const reference = new Date(epochMs + offset * 60_000).toISOString().slice(0, 19);
          expect(localIso(epochMs, offset).slice(0, 19)).toBe(reference);
        },
      ),
      {
        numRuns: 2_000,
        examples: [
          [Date.UTC(2000, 1, 29), 0],
          [Date.UTC(2100, 1, 28, 23, 59, 59), 0],
          [Date.UTC(2096, 11, 31), 0],
        ],
      },
    );
  });
});

describe("the business day", () => {
  it("starts at the cut-off: what is sold before still counts for yesterday", () => {
    const at = (hour: number, minute: number) => Date.UTC(2026, 10, 22, hour - 8, minute);
    expect(businessDate(at(3, 59), china, 240)).toBe("2026-11-21");
    expect(businessDate(at(4, 0), china, 240)).toBe("2026-11-22");
    expect(businessDate(at(27, 59), china, 240)).toBe("2026-11-22");
    expect(businessDate(at(0, 0), china, 0)).toBe("2026-11-22");
  });

  it("crosses a year", () => {
    expect(businessDate(Date.UTC(2026, 11, 31, 18, 30), china, 180)).toBe("2026-12-31");
  });

  it("refuses a cut-off outside the day", () => {
    expect(() => businessDate(0, china, 1_440)).toThrow("broken promise");
  });

  it("is the open shift's, or the day after it, whatever the clock says", () => {
    const opened = Date.UTC(2026, 10, 22, 1);
    const inShift = (ms: number) => businessDateInShift(ms, china, 240, "2026-11-22");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (ms) => {
        const byClock = businessDate(ms, china, 240);
        expect(inShift(ms)).toBe(byClock === "2026-11-23" ? byClock : "2026-11-22");
      }),
      { examples: [[0], [opened], [opened - 3 * 86_400_000], [opened + 3 * 86_400_000], [opened + 86_400_000]] },
    );
    expect(inShift(opened + 86_400_000)).toBe("2026-11-23");
  });
});
