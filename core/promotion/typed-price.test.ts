import { expect, test } from "vitest";
import type { CartLine } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { pieces } from "#core/quantity/quantity.ts";
import type { Deal } from "./promotion.ts";
import { basket, evaluate, goods, noon, promotion, savedOf } from "./testing-basket.ts";

/* A typed price is what cashier and customer have just agreed on. */

const half: Deal = { kind: "percent-off", basisPoints: 5_000 };
const typed = goods("flowers", 2_000, pieces(2), { isTypedPrice: true });
const cola = goods("cola", 400, pieces(2));

test("no promotion on goods lowers a typed price, nor does a member's, and it makes nothing else cheaper", () => {
  for (const isMemberOnly of [false, true]) {
    const offer = promotion("p", half, { isMemberOnly });
    const of = (...lines: readonly CartLine[]) =>
      savedOf(evaluate({ ...basket(...lines), member: { memberId: "m" } }, [offer], noon));
    expect(of(typed)).toBe(0);
    expect(of(typed, cola)).toBe(of(cola));
    expect(of(cola)).toBe(400);
  }
});

test("what comes off the whole sale counts it like any other goods", () => {
  const spend: Deal = { kind: "spend-off", thresholdFen: fen(4_500), amountFen: fen(500), isRepeated: false };
  expect(savedOf(evaluate(basket(typed), [promotion("p", spend)], noon))).toBe(0);
  expect(savedOf(evaluate(basket(typed, cola), [promotion("p", spend)], noon))).toBe(500);
});
