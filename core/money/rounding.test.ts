import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeFor } from "./change.ts";
import { addFen, fen, isFen, maxFen, negateFen, zeroFen, type Fen } from "./fen.ts";
import { allocate, divideHalfUp, percentOf, roundDownToJiao, roundDownToYuan, scaleHalfUp } from "./rounding.ts";

// Amounts far apart can take minutes to shrink: a failure is then reported as far as it got.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 });

/** A control must fail in every run of the suite: always the same cases, and no time spent on shrinking them. */
const control = { seed: 1, numRuns: 2000, endOnFailure: true };

const amount = fc.integer({ min: 0, max: maxFen }).map(fen);
const signedAmount = fc.integer({ min: -maxFen, max: maxFen }).map(fen);
const weights = fc.array(fc.integer({ min: 0, max: maxFen }), { minLength: 1, maxLength: 40 });

describe("dividing", () => {
  test.each([
    [5, 10, 1],
    [4, 10, 0],
    [15, 10, 2],
    [25, 10, 3],
    [-5, 10, -1],
    [-4, 10, 0],
    [-15, 10, -2],
    [0, 7, 0],
    [Number.MAX_SAFE_INTEGER, 1, Number.MAX_SAFE_INTEGER],
  ])("%i ÷ %i is %i", (numerator, denominator, expected) => {
    expect(divideHalfUp(numerator, denominator)).toBe(expected);
  });

  test("a product beyond the exact integers of a double is still divided exactly", () => {
    fc.assert(
      fc.property(
        signedAmount,
        fc.integer({ min: 0, max: 99_999_000 }),
        fc.integer({ min: 100, max: 1_000_000 }),
        (value, by, divisor) => {
          const product = BigInt(value) * BigInt(by);
          const twice = (product < 0n ? -product : product) * 2n + BigInt(divisor);
          const magnitude = twice / (BigInt(divisor) * 2n);
          expect(BigInt(scaleHalfUp(value, by, divisor))).toBe(product < 0n ? -magnitude : magnitude);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("a result that a double cannot hold exactly is a bug", () => {
    expect(() => scaleHalfUp(maxFen, 99_999_000, 1)).toThrow("exact result");
  });

  test("dividing by nothing, by less, or by parts is a bug", () => {
    for (const denominator of [0, -1, 0.5, Number.NaN]) expect(() => divideHalfUp(1, denominator)).toThrow("divisor");
    expect(() => divideHalfUp(0.5, 1)).toThrow("whole numbers");
  });
});

describe("percentages", () => {
  test.each([
    [1005, 1000, 101],
    [1004, 1000, 100],
    [650, 5000, 325],
    [1, 5000, 1],
    [-1005, 1000, -101],
    [maxFen, 10_000, maxFen],
    [1234, 0, 0],
  ])("of %i fen, %i basis points are %i", (amountFen, basisPoints, expected) => {
    expect(percentOf(fen(amountFen), basisPoints)).toBe(expected);
  });
});

describe("抹零", () => {
  test("drops what is below a jiao or a yuan, and nothing else", () => {
    expect([0, 9, 10, 2123, 2199].map((value) => roundDownToJiao(fen(value)))).toEqual([0, 0, 10, 2120, 2190]);
    expect([0, 99, 100, 2123, 2199].map((value) => roundDownToYuan(fen(value)))).toEqual([0, 0, 100, 2100, 2100]);
  });
});

type Allocate = (totalFen: Fen, weights: readonly number[]) => Fen[];

/** What every split owes: the exact sum, no part more than one fen from its exact share, nothing for a zero weight. */
function isFair(totalFen: Fen, weightList: readonly number[], parts: readonly Fen[]): boolean {
  const weightSum = weightList.reduce((sum, weight) => sum + weight, 0);
  const sums = parts.reduce((sum, part) => sum + part, 0) === totalFen && parts.length === weightList.length;
  if (weightSum === 0) return sums;
  return (
    sums &&
    parts.every((part, index) => {
      const weight = weightList[index] ?? 0;
      const distance = BigInt(part) * BigInt(weightSum) - BigInt(totalFen) * BigInt(weight);
      const isNear = (distance < 0n ? -distance : distance) < BigInt(weightSum);
      return isNear && (weight > 0 || part === 0);
    })
  );
}

function fairness(split: Allocate) {
  return fc.property(signedAmount, weights, (totalFen, list) => isFair(totalFen, list, split(totalFen, list)));
}

describe("splitting an amount", () => {
  test("gives the leftover fen to the largest remainders, the earlier of equals first", () => {
    expect(allocate(fen(100), [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(fen(101), [1, 1, 1])).toEqual([34, 34, 33]);
    expect(allocate(fen(10), [1, 2, 4])).toEqual([1, 3, 6]);
    expect(allocate(fen(-100), [1, 1, 1])).toEqual([-34, -33, -33]);
  });

  test("gives a zero weight nothing, unless there is nothing else to go by", () => {
    expect(allocate(fen(5), [0, 3, 0])).toEqual([0, 5, 0]);
    expect(allocate(fen(5), [0, 0])).toEqual([3, 2]);
    expect(allocate(zeroFen, [0, 0])).toEqual([0, 0]);
    expect(allocate(zeroFen, [])).toEqual([]);
  });

  test("an amount nobody is there to take, or a negative weight, is a bug", () => {
    expect(() => allocate(fen(1), [])).toThrow("somebody");
    expect(() => allocate(fen(1), [3, -1])).toThrow("weight");
  });

  test("always sums to the fen and stays within a fen of the exact share", () => {
    fc.assert(fairness(allocate), { numRuns: 1000 });
  });

  test("the check for that catches a split that rounds every part by itself", () => {
    const roundEach: Allocate = (totalFen, list) => {
      const sum = list.reduce((a, b) => a + b, 0) || 1;
      return list.map((weight) => fen(scaleHalfUp(totalFen, weight, sum)));
    };
    expect(fc.check(fairness(roundEach), control).failed).toBe(true);
  });

  test("the check for that catches a split that sums but pushes the difference onto the last part", () => {
    const lastTakesTheRest: Allocate = (totalFen, list) => {
      const sum = list.reduce((a, b) => a + b, 0) || 1;
      const parts = list.map((weight) => fen(Math.trunc(scaleHalfUp(totalFen, weight, sum))));
      const given = parts.slice(0, -1).reduce((a, b) => a + b, 0);
      const rest = totalFen - given;
      return [...parts.slice(0, -1), isFen(rest) ? fen(rest) : zeroFen];
    };
    expect(fc.check(fairness(lastTakesTheRest), control).failed).toBe(true);
  });

  test("a part of what the weights add up to never exceeds its own weight", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20_000_000 }), { minLength: 1, maxLength: 40 }),
        fc.nat(10_000),
        (list, share) => {
          const total = percentOf(fen(list.reduce((sum, weight) => sum + weight, 0)), share);
          return allocate(total, list).every((part, index) => part >= 0 && part <= (list[index] ?? -1));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("giving back splits exactly as taking did", () => {
    fc.assert(
      fc.property(amount, weights, (totalFen, list) => {
        expect(allocate(negateFen(totalFen), list)).toEqual(allocate(totalFen, list).map(negateFen));
      }),
    );
  });
});

describe("change", () => {
  test("what was due and what is given back are what was handed over", () => {
    fc.assert(
      fc.property(amount, amount, (due, received) => {
        const change = changeFor(due, received);
        if (change.ok) {
          expect(addFen(due, change.value)).toBe(received);
          expect(change.value).toBeGreaterThanOrEqual(0);
        } else {
          expect(addFen(received, change.fault.missingFen)).toBe(due);
          expect(change.fault.missingFen).toBeGreaterThan(0);
        }
      }),
    );
  });

  test("35.00 due of 50.00 gives 15.00 back, and 30.00 is 5.00 short", () => {
    expect(changeFor(fen(3500), fen(5000))).toEqual({ ok: true, value: 1500 });
    expect(changeFor(fen(3500), fen(3000))).toEqual({ ok: false, fault: { kind: "not-enough-cash", missingFen: 500 } });
  });
});

describe("fen", () => {
  test("anything but whole fen within the limit is a bug", () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, maxFen + 1, -maxFen - 1]) {
      expect(isFen(value)).toBe(false);
      expect(() => fen(value)).toThrow("whole fen");
    }
  });
});
