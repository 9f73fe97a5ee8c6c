import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growthOf, isFlat, type MemorySample, mostGrowth } from "./judge-growth.ts";

const mib = 1_048_576;

/** A day of samples; `bytes` says what is held at a share of it. */
function samples(bytes: (share: number) => number, count = 100): readonly MemorySample[] {
  return Array.from({ length: count }, (_, index) => {
    const share = index / count;
    return { share, rssBytes: bytes(share), heapBytes: bytes(share) };
  });
}

describe("the growth of a day", () => {
  it("is none for any memory that goes up and down by less than a seventh, whatever it was while it started", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1.14, noNaN: true }), { minLength: 100, maxLength: 100 }),
        (noise) => {
          const held = samples((share) => (share < 0.25 ? mib : 100 * mib * (noise[Math.round(share * 100)] ?? 1)));
          expect(isFlat(growthOf(held))).toBe(true);
        },
      ),
    );
  });

  it("is seen where a process keeps a third of itself more from the second quarter to the last", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.4, max: 10, noNaN: true }), (slope) => {
        expect(growthOf(samples((share) => 100 * mib * (1 + slope * share))).rss).toBeGreaterThan(mostGrowth);
      }),
    );
  });

  it("is not said of too few samples", () => {
    expect(growthOf(samples(() => mib, 16))).toEqual({ rss: null, heap: null });
    expect(isFlat(growthOf([]))).toBe(false);
  });

  it("is seen in the heap alone and in the pages alone", () => {
    const grown = samples((share) => mib * (1 + share));
    const still = samples(() => mib);
    const mixed = grown.map((one, index) => ({ ...one, heapBytes: still[index]?.heapBytes ?? 0 }));
    expect(isFlat(growthOf(mixed))).toBe(false);
    expect(growthOf(mixed).heap).toBe(1);
  });
});
