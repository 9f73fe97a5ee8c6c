import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHistogram } from "./histogram.ts";

/** By sorting: the nearest rank. */
function exactQuantile(times: readonly number[], permille: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.max(Math.ceil((sorted.length * permille) / 1_000) - 1, 0)] ?? 0;
}

function filled(times: readonly number[]) {
  const histogram = createHistogram();
  for (const time of times) histogram.record(time);
  return histogram;
}

/** From a microsecond to half an hour, as many short ones as long ones. */
const micros = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 2 ** 30 }))
  .map(([doubling, within]) => Math.min(2 ** doubling + (within % 2 ** doubling), 2 ** 31 - 1));

describe("A day's times", () => {
  it("are told within 2 % of what sorting says, at every quantile", () => {
    fc.assert(
      fc.property(
        fc.array(micros, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 1_000 }),
        (times, at) => {
          const exact = exactQuantile(times, at);
          expect(Math.abs(filled(times).quantile(at) - exact)).toBeLessThanOrEqual(exact * 0.02);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are counted one by one, and the longest is exact", () => {
    fc.assert(
      fc.property(fc.array(micros, { minLength: 1, maxLength: 50 }), (times) => {
        const histogram = filled(times);
        expect(histogram.count()).toBe(times.length);
        expect(histogram.worst()).toBe(Math.max(...times));
        expect(histogram.quantile(1_000)).toBeLessThanOrEqual(histogram.worst());
      }),
    );
  });

  it("are exact below 64 µs", () => {
    expect(filled([63, 1, 0, 62]).quantile(500)).toBe(1);
    expect(filled([63, 1, 0, 62]).quantile(750)).toBe(62);
  });

  it("of nothing say nothing, also after they were cleared", () => {
    const histogram = filled([5_000]);
    histogram.clear();
    for (const one of [histogram, createHistogram()]) {
      expect([one.count(), one.worst(), one.quantile(500), one.quantile(990)]).toEqual([0, 0, 0, 0]);
    }
  });

  it("leave out a time below zero, which a clock that was set back makes", () => {
    expect(filled([-1, -3_600_000_000]).count()).toBe(0);
  });

  it("count what took longer than half an hour as half an hour, and tell the longest all the same", () => {
    const histogram = filled([2 ** 40]);
    expect(histogram.worst()).toBe(2 ** 40);
    expect(histogram.quantile(500)).toBeGreaterThan(2 ** 30);
  });
});
