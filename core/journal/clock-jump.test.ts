import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jumpBetween, jumpSinceEntry, leastJumpMs } from "./clock-jump.ts";

const ms = fc.integer({ min: -8_000_000_000_000, max: 8_000_000_000_000 });
const passed = fc.nat(100 * 86_400_000);

describe("a jump of the calendar", () => {
  it("is what it shows beyond the time that has passed, in both directions, from a minute on", () => {
    fc.assert(
      fc.property(ms, passed, fc.nat(), ms, (wallMs, tookMs, steadyMs, byMs) => {
        const now = { wallMs: wallMs + tookMs + byMs, steadyMs: steadyMs + tookMs };
        const jump = jumpBetween({ wallMs, steadyMs }, now);
        const expected = { fromMs: wallMs + tookMs, toMs: now.wallMs, byMs };
        expect(jump).toEqual(Math.abs(byMs) < leastJumpMs ? null : expected);
      }),
    );
  });

  it("is never seen where only time has passed, however much", () => {
    fc.assert(
      fc.property(ms, passed, (wallMs, tookMs) => {
        expect(jumpBetween({ wallMs, steadyMs: 5 }, { wallMs: wallMs + tookMs, steadyMs: 5 + tookMs })).toBeNull();
        expect(jumpSinceEntry(wallMs, wallMs + tookMs)).toBeNull();
      }),
    );
  });

  it("is known at a start only where the calendar stands before the last entry", () => {
    expect(jumpSinceEntry(1_000_000, 1_000_000 - leastJumpMs)).toEqual({
      ...{ fromMs: 1_000_000, toMs: 940_000, byMs: -60_000 },
    });
    expect(jumpSinceEntry(1_000_000, 1_000_000 - leastJumpMs + 1)).toBeNull();
    expect(jumpSinceEntry(Number.NaN, 0)).toBeNull();
  });
});
