import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedFen, type Denomination, denominationsFen, mostPieces, tidyCount } from "./cash-count.ts";
import { digitsSwapped } from "./digits-swapped.ts";
import { fen } from "#core/money/fen.ts";

describe("A count by denomination", () => {
  it("is the sum of its pieces, however they are ordered", () => {
    const anyCount = fc.uniqueArray(
      fc.record({ denominationFen: fc.constantFrom(...denominationsFen), pieces: fc.nat(500) }),
      { selector: ({ denominationFen }) => denominationFen },
    );
    fc.assert(
      fc.property(anyCount, (count) => {
        const sum = count.reduce((total, { denominationFen, pieces }) => total + denominationFen * pieces, 0);
        expect(countedFen(count)).toEqual({ ok: true, value: sum });
        expect(countedFen(tidyCount(count))).toEqual({ ok: true, value: sum });
        expect(tidyCount(count).every(({ pieces }) => pieces > 0)).toBe(true);
      }),
    );
  });

  it.each([
    ["half a note", [{ denominationFen: 10_000, pieces: 0.5 }]],
    ["fewer than none", [{ denominationFen: 10_000, pieces: -1 }]],
    ["more than anybody counts", [{ denominationFen: 10, pieces: mostPieces + 1 }]],
    [
      "one kind twice",
      [
        { denominationFen: 100, pieces: 1 },
        { denominationFen: 100, pieces: 2 },
      ],
    ],
  ] satisfies [string, { denominationFen: Denomination; pieces: number }[]][])("refuses %s", (_name, count) => {
    expect(countedFen(count)).toEqual({ ok: false, fault: { kind: "no-such-count" } });
  });
});

describe("Swapped digits", () => {
  it.each([
    [126_000, 162_000, true],
    [50_500, 5_500, false],
    [5_050, 55_000, false],
    [120_050, 120_500, true],
    [100, 100, false],
    [123_000, 132_100, false],
    [900, 9_000, true],
  ])("of %i for %i: %s", (counted, expected, isSwapped) => {
    expect(digitsSwapped(fen(counted), fen(expected))).toBe(isSwapped);
  });

  it("always leave a difference that nine divides", () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), fc.nat(9_999_999), (counted, expected) => {
        if (digitsSwapped(fen(counted), fen(expected))) expect(Math.abs(counted - expected) % 9).toBe(0);
      }),
    );
  });
});
