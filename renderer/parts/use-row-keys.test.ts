import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowAfter } from "./use-row-keys.ts";

const list = { count: 10, across: 1 };
const tiles = { count: 10, across: 4 };

describe("The keys of a list", () => {
  it("walk row by row and stop at both ends", () => {
    expect(rowAfter("ArrowDown", 3, list)).toBe(4);
    expect(rowAfter("ArrowUp", 3, list)).toBe(2);
    expect(rowAfter("ArrowUp", 0, list)).toBe(0);
    expect(rowAfter("ArrowDown", 9, list)).toBe(9);
    expect(rowAfter("Home", 5, list)).toBe(0);
    expect(rowAfter("End", 5, list)).toBe(9);
  });

  it("walk tiles in both directions and never off the last, half row", () => {
    expect(rowAfter("ArrowDown", 1, tiles)).toBe(5);
    expect(rowAfter("ArrowRight", 3, tiles)).toBe(4);
    expect(rowAfter("ArrowLeft", 4, tiles)).toBe(3);
    expect(rowAfter("ArrowDown", 7, tiles)).toBe(7);
  });

  it("leave every other key alone, and sideways keys where nothing stands beside a row", () => {
    for (const key of ["Tab", "Enter", " ", "Escape", "a"]) expect(rowAfter(key, 3, tiles)).toBeNull();
    expect(rowAfter("ArrowRight", 3, list)).toBeNull();
  });

  it("never lead out of the list, whatever is pressed", () => {
    const keys = fc.array(fc.constantFrom("ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End"));
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 6 }), (pressed, count, across) => {
        const end = pressed.reduce((at, key) => rowAfter(key, at, { count, across }) ?? at, 0);
        expect(end).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThan(count);
      }),
    );
  });
});
