import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fen, maxFen } from "#core/money/fen.ts";
import { areLimitsOpen, areSameLimits, judgeTypedPrice, type PriceLimits } from "./open-price.ts";

const limitsOf = (minFen: number | null, maxFen: number | null): PriceLimits => ({
  minFen: minFen === null ? null : fen(minFen),
  maxFen: maxFen === null ? null : fen(maxFen),
});
const anyFen = fc.integer({ min: 1, max: maxFen });
const anyLimit = fc.option(anyFen, { nil: null });

describe("a typed price", () => {
  test.each([
    [limitsOf(null, null), 1, true],
    [limitsOf(null, null), 0, false],
    [limitsOf(500, 2000), 499, false],
    [limitsOf(500, 2000), 500, true],
    [limitsOf(500, 2000), 2000, true],
    [limitsOf(500, 2000), 2001, false],
    [limitsOf(500, null), maxFen, true],
    [limitsOf(null, 2000), 1, true],
  ])("within %j: %i fen is taken: %s", (limits, priceFen, isTaken) => {
    expect(judgeTypedPrice(fen(priceFen), limits).ok).toBe(isTaken);
  });

  test("outside the limits is refused with both of them, and the least there is where none is set", () => {
    expect(judgeTypedPrice(fen(2001), limitsOf(500, 2000))).toEqual({
      ok: false,
      fault: { kind: "price-outside-limits", minFen: 500, maxFen: 2000 },
    });
    expect(judgeTypedPrice(fen(0), limitsOf(null, null))).toEqual({
      ok: false,
      fault: { kind: "price-outside-limits", minFen: 1, maxFen: null },
    });
  });

  test("can be typed exactly where the limits are in order", () => {
    fc.assert(
      fc.property(anyLimit, anyLimit, anyFen, (min, max, priceFen) => {
        const limits = limitsOf(min, max);
        if (judgeTypedPrice(fen(priceFen), limits).ok) expect(areLimitsOpen(limits)).toBe(true);
        if (areLimitsOpen(limits)) expect(judgeTypedPrice(limits.minFen ?? fen(1), limits).ok).toBe(true);
      }),
    );
  });
});

test("limits are the same only side by side", () => {
  expect(areSameLimits(undefined, undefined)).toBe(true);
  expect(areSameLimits(limitsOf(1, 2), limitsOf(1, 2))).toBe(true);
  expect(areSameLimits(limitsOf(1, 2), limitsOf(1, null))).toBe(false);
  expect(areSameLimits(limitsOf(null, null), undefined)).toBe(false);
});
