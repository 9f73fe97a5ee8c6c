import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import {
  judgeReturn,
  remainingOfLine,
  type ReturnableLine,
  type ReturnedPart,
  worthOfReturn,
} from "./returned-lines.ts";

const line = (changes: Partial<ReturnableLine> = {}): ReturnableLine => ({
  ...{ lineNumber: 1, unit: "piece", quantity: pieces(3), paidFen: fen(1_000) },
  ...changes,
});
const part = (quantity: number, lineNumber = 1): ReturnedPart => ({ lineNumber, quantity });

describe("what a unit gives back", () => {
  it("is its share of what was paid, and the last unit gives the fen that are left", () => {
    const worths = [0, 1, 2].map((count) => worthOfReturn(line(), count === 0 ? [] : [part(count * 1000)], 1000));
    expect(worths).toEqual([333, 334, 333]);
  });

  it("is the same for weighed goods by the thousandth", () => {
    const weighed = line({ unit: "kg", quantity: milli(845), paidFen: fen(1_098) });
    expect(worthOfReturn(weighed, [], 400)).toBe(520);
    expect(worthOfReturn(weighed, [part(400)], 445)).toBe(578);
  });

  it("is nothing for goods that cost nothing", () => {
    expect(judgeReturn([part(3000)], [line({ paidFen: fen(0) })], [])).toEqual({
      ok: true,
      value: { worthFen: 0, worths: [0] },
    });
  });
});

describe("what is brought back", () => {
  it.each([
    [[], { kind: "nothing-returned" }],
    [[part(1000, 2)], { kind: "no-such-line", lineNumber: 2 }],
    [[part(1000), part(1000)], { kind: "line-twice", lineNumber: 1 }],
    [[part(0)], { kind: "quantity-out-of-range", lineNumber: 1 }],
    [[part(-1000)], { kind: "quantity-out-of-range", lineNumber: 1 }],
    [[part(1500)], { kind: "quantity-out-of-range", lineNumber: 1 }],
    [[part(3000)], { kind: "over-line", lineNumber: 1, remaining: 2000 }],
  ])("is refused with the line and the reason: %j", (asked, fault) => {
    expect(judgeReturn(asked, [line()], [part(1000)])).toEqual({ ok: false, fault });
  });

  it("is capped at nothing where tills apart took back more than was sold", () => {
    expect(remainingOfLine(line(), [part(2000), part(2000)])).toBe(0);
  });
});

type Worth = typeof worthOfReturn;

const anyLine = fc
  .record({
    kg: fc.boolean(),
    count: fc.integer({ min: 1, max: 60 }),
    paid: fc.oneof(fc.nat(40), fc.nat(5_000_000)),
  })
  .map(({ kg, count, paid }) =>
    line({ unit: kg ? "kg" : "piece", quantity: kg ? milli(count * 37) : pieces(count), paidFen: fen(paid) }),
  );

/** Brings a whole line back in parts of some sizes, and adds up what each gave. */
function bringBack(sold: ReturnableLine, sizes: readonly number[], worth: Worth): readonly number[] {
  const step = sold.unit === "kg" ? 1 : 1000;
  const worths: number[] = [];
  const returned: ReturnedPart[] = [];
  for (const size of [...sizes, Number.POSITIVE_INFINITY]) {
    const quantity = Math.min(size * step, remainingOfLine(sold, returned));
    if (quantity === 0) break;
    worths.push(worth(sold, returned, quantity));
    returned.push(part(quantity));
  }
  return worths;
}

const sumsUp = (worth: Worth) =>
  fc.property(anyLine, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sold, sizes) => {
    const worths = bringBack(sold, sizes, worth);
    let sum = 0;
    for (const one of worths) {
      expect(one).toBeGreaterThanOrEqual(0);
      sum += one;
      expect(sum).toBeLessThanOrEqual(sold.paidFen);
    }
    expect(sum).toBe(sold.paidFen);
  });

const isFair = (worth: Worth) =>
  fc.property(anyLine, fc.nat(100), fc.integer({ min: 1, max: 60 }), (sold, before, more) => {
    const step = sold.unit === "kg" ? 1 : 1000;
    const back = Math.min(before * step, sold.quantity - step);
    const quantity = Math.min(more * step, sold.quantity - back);
    const exact = Number((BigInt(sold.paidFen) * BigInt(quantity) * 1000n) / BigInt(sold.quantity)) / 1000;
    expect(Math.abs(worth(sold, [part(back)], quantity) - exact)).toBeLessThanOrEqual(1.001);
  });

/** Each rounds the way an honest hand might, and is wrong by a fen somewhere. */
const mutants: readonly (readonly [string, "sumsUp" | "isFair", Worth])[] = [
  [
    "each part rounded by itself",
    "sumsUp",
    (sold, _returned, quantity) => fen(Math.round((sold.paidFen * quantity) / sold.quantity)),
  ],
  [
    "each part rounded down",
    "sumsUp",
    (sold, _returned, quantity) => fen(Math.floor((sold.paidFen * quantity) / sold.quantity)),
  ],
  [
    "all the fen in the first part",
    "isFair",
    (sold, returned, quantity) => {
      const isFirst = returned.every((one) => one.quantity === 0);
      return fen(isFirst && quantity > 0 ? sold.paidFen : 0);
    },
  ],
];

describe("in any order of returns", () => {
  it("all units together give exactly what was paid, and no prefix gives more", () => fc.assert(sumsUp(worthOfReturn)));
  it("a part is worth its share to within a fen", () => fc.assert(isFair(worthOfReturn)));
  it.each(mutants)("a rule that shares %s is caught", (_name, rule, worth) => {
    expect(() => (rule === "sumsUp" ? fc.assert(sumsUp(worth)) : fc.assert(isFair(worth)))).toThrow();
  });
});
