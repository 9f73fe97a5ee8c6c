import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { basket, goods } from "#core/promotion/testing-basket.ts";
import { pieces } from "#core/quantity/quantity.ts";
import {
  defaultPointRates,
  earnedPoints,
  judgeRates,
  mostSpendable,
  payableBeforePoints,
  saleMemberOf,
  withPointsInReach,
} from "./points.ts";

const rate = (pointsPerYuan: number, fenPerPoint: number) => ({ pointsPerYuan, fenPerPoint });

it("earns whole points by what was paid and drops the rest", () => {
  expect(earnedPoints(fen(1_999), rate(1, 1))).toBe(19);
  expect(earnedPoints(fen(1_999), rate(10, 1))).toBe(199);
  expect(earnedPoints(fen(99), rate(1, 1))).toBe(0);
  expect(earnedPoints(fen(1_999), rate(0, 1))).toBe(0);
});

it("refuses rates out of range, and those by which a sale earns more than it cost", () => {
  expect(judgeRates(defaultPointRates).ok).toBe(true);
  expect(judgeRates(rate(100, 1)).ok).toBe(true);
  expect(judgeRates(rate(100, 2))).toEqual({ ok: false, fault: "points-worth-more" });
  for (const bad of [rate(-1, 1), rate(101, 0), rate(1.5, 1), rate(0, 1_001)])
    expect(judgeRates(bad)).toEqual({ ok: false, fault: "rate-out-of-range" });
});

it("lets no more points be spent than there are, and none below zero", () => {
  expect(mostSpendable(fen(1_000), 50, rate(1, 10))).toBe(50);
  expect(mostSpendable(fen(1_005), 500, rate(1, 10))).toBe(100);
  expect(mostSpendable(fen(1_000), -5, rate(1, 10))).toBe(0);
  expect(mostSpendable(fen(1_000), 50, rate(1, 0))).toBe(0);
});

describe("points that pay a part of a sale", () => {
  const cart: Cart = { ...basket(goods("a", 350, pieces(2)), goods("b", 300)), member: { memberId: "m" } };

  it("come off after every discount and before rounding, shared out over the lines", () => {
    const spent = withPointsInReach({ ...cart, rounding: "yuan" }, 80, rate(1, 1), 80);
    const totals = priceCart(spent);
    expect(totals).toMatchObject({ saleDiscountFen: 80, pointsFen: 80, roundingFen: 20, totalFen: 900 });
    expect(totals.lines.reduce((sum, line) => sum + line.netFen, 0)).toBe(900);
  });

  it("go down with the goods, and are whole again", () => {
    const spent = withPointsInReach(cart, 5_000, rate(1, 7), 142);
    expect(spent.member?.points).toEqual({ count: 142, worthFen: 994 });
    const smaller = withPointsInReach({ ...spent, lines: spent.lines.slice(1) }, 5_000, rate(1, 7));
    expect(smaller.member?.points).toEqual({ count: 42, worthFen: 294 });
    expect(withPointsInReach({ ...spent, lines: [] }, 5_000, rate(1, 7)).member).toEqual({ memberId: "m" });
  });

  it("are never worth more than the sale, whatever is asked for, and the sale's books say what they took off", () => {
    const amounts = fc.integer({ min: 1, max: 100_000 });
    const any = fc.record({
      ...{ price: amounts, count: fc.integer({ min: 1, max: 9 }), wanted: fc.nat(200_000), balance: fc.integer() },
      ...{ fenPerPoint: fc.nat(1_000), pointsPerYuan: fc.nat(100), off: fc.nat(10_000) },
    });
    fc.assert(
      fc.property(any, ({ price, count, wanted, balance, fenPerPoint, pointsPerYuan, off }) => {
        const asked: Cart = {
          ...{ ...basket(goods("a", price, pieces(count))), member: { memberId: "m" } },
          discount: off === 0 ? null : { kind: "percent", basisPoints: off },
        };
        const spent = withPointsInReach(asked, balance, rate(pointsPerYuan, fenPerPoint), wanted);
        const totals = priceCart(spent);
        const points = spent.member?.points?.count ?? 0;
        expect(points).toBeLessThanOrEqual(Math.max(0, Math.min(balance, wanted)));
        expect(totals.pointsFen ?? 0).toBe(points * fenPerPoint);
        expect(totals.totalFen).toBe(payableBeforePoints(spent) - points * fenPerPoint);
        const member = saleMemberOf(spent.member ?? { memberId: "m" }, totals, { balance, pointsPerYuan });
        expect(member.balance).toBe(balance + member.earned - points);
      }),
    );
  });

  it("never leave a sale that says they took off another amount", () => {
    const points = { count: 5, worthFen: fen(50) };
    const paid = { totalFen: fen(100), pointsFen: fen(40) };
    expect(() => saleMemberOf({ memberId: "m", points }, paid, { balance: 9, pointsPerYuan: 1 })).toThrow();
  });
});
