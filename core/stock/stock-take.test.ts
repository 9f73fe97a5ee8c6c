import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { adjustingKinds, type MoveKind } from "./stock-move.ts";
import { differenceOf, isUnsure, type StockCount, worthOf } from "./stock-take.ts";

const counted = (countedMilli: number, sumAtCountMilli: number, sumAtFirstMilli = sumAtCountMilli): StockCount => ({
  ...{ sku: "cola", countedMilli, sumAtCountMilli, sumAtFirstMilli, position: 7 },
  ...{ countedAt: "2026-03-02T09:00:00+08:00", countedByName: "林小雨" },
});
const nothing = { adjustedMilli: 0, wasDelivered: false };

describe("A count", () => {
  it("differs from what the books said when it was made, and not from what was sold since", () => {
    expect(differenceOf(counted(8_000, 10_000), nothing)).toBe(-2_000);
    expect(differenceOf(counted(10_000, 10_000), nothing)).toBe(0);
    // Nobody had counted before: 37 were sold from a shelf the books knew nothing of.
    expect(differenceOf(counted(5_000, -37_000), nothing)).toBe(42_000);
  });

  it("is no difference a second time where somebody has put the books right since", () => {
    expect(differenceOf(counted(8_000, 10_000), { ...nothing, adjustedMilli: -2_000 })).toBe(0);
  });

  it("leaves the shelf as it was counted plus what moved since, whatever else was booked meanwhile", () => {
    const kinds: readonly MoveKind[] = ["sale", "return", "damaged", "received", "opening", "taken", "corrected"];
    const move = fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: -50_000, max: 50_000 }));
    fc.assert(
      fc.property(
        fc.array(move, { maxLength: 20 }),
        fc.array(move, { maxLength: 20 }),
        fc.nat(90_000),
        (before, since, countedMilli) => {
          const sum = (moves: typeof before): number => moves.reduce((all, [, quantity]) => all + quantity, 0);
          const adjusting = since.filter(([kind]) => adjustingKinds.includes(kind));
          const physical = since.filter(([kind]) => !adjustingKinds.includes(kind));
          const difference = differenceOf(counted(countedMilli, sum(before)), {
            ...nothing,
            adjustedMilli: sum(adjusting),
          });
          expect(sum(before) + sum(since) + difference).toBe(countedMilli + sum(physical));
        },
      ),
    );
  });

  it("is unsure where goods were sold between its first and last piece, or delivered since", () => {
    expect(isUnsure(counted(5, 10), nothing)).toBe(false);
    expect(isUnsure(counted(5, 10, 11), nothing)).toBe(true);
    expect(isUnsure(counted(5, 10), { ...nothing, wasDelivered: true })).toBe(true);
  });
});

describe("What a difference is worth", () => {
  it("is its size at the selling price, rounded half up away from zero, with its sign", () => {
    expect(worthOf(-2_000, fen(350))).toBe(-700);
    expect(worthOf(845, fen(1_299))).toBe(1_098);
    expect(worthOf(-845, fen(1_299))).toBe(-1_098);
    expect(worthOf(0, fen(350))).toBe(0);
  });

  it("stops at what an amount may be", () => {
    expect(worthOf(-99_999_000, fen(1_000_000_000))).toBe(-1_000_000_000);
  });
});
