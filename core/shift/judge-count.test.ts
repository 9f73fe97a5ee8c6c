import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { judgeCount } from "./judge-count.ts";
import type { DrawerCount } from "./shift.ts";

const limit = fen(1_000);
const count = (countedCashFen: number, isFinal = false): DrawerCount => ({
  ...{ number: 1, shiftId: "shift-1", countedCashFen: fen(countedCashFen), pieces: null, isFinal },
  ...{ expectedCashFen: fen(50_000), at: "2026-03-02T22:00:00+08:00", cashierId: "c1", cashierName: "林小雨" },
});

describe("A count of the drawer", () => {
  it.each([50_000, 49_000, 51_000])("of %i, at most the limit off, closes at once", (counted) => {
    expect(judgeCount(count(counted), [], limit)).toBe("close");
  });

  it.each([48_999, 51_001])("of %i, a fen beyond the limit, is counted again before anything is told", (counted) => {
    expect(judgeCount(count(counted), [], limit)).toBe("count-again");
  });

  it("that was wrong the first time and right the second closes", () => {
    expect(judgeCount(count(50_000, true), [count(40_000)], limit)).toBe("close");
  });

  it("that stands although it is beyond the limit needs a manager", () => {
    expect(judgeCount(count(40_000, true), [count(41_000)], limit)).toBe("approve");
    expect(judgeCount(count(40_000, true), [], limit)).toBe("approve");
  });

  it("that suddenly matches, after the counter was told what is missing, needs a manager all the same", () => {
    expect(judgeCount(count(50_000, true), [count(40_000, true)], limit)).toBe("approve");
  });
});
