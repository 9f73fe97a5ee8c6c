import { describe, expect, test } from "vitest";
import type { CartLine } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { withPromotions } from "./evaluate.ts";
import { preparePromotions } from "./prepare.ts";
import type { Deal } from "./promotion.ts";
import { always } from "./schedule.ts";
import { basket, evaluate, goods, noon, onSkus, promotion, savedOf } from "./testing-basket.ts";

const threeForTwo: Deal = { kind: "n-for-m", count: 3, payFor: 2 };
const secondAtHalf: Deal = { kind: "nth-off", every: 2, basisPoints: 5_000 };

function saved(deal: Deal, ...lines: readonly CartLine[]): number {
  return savedOf(evaluate(basket(...lines), [promotion("p", deal)], noon));
}

describe("what a promotion takes off", () => {
  test("of three the cheapest is free, of five still one, of six two", () => {
    expect(saved(threeForTwo, goods("a", 500), goods("b", 300), goods("c", 200))).toBe(200);
    expect(saved(threeForTwo, goods("a", 500, pieces(5)))).toBe(500);
    expect(saved(threeForTwo, goods("a", 500, pieces(6)))).toBe(1_000);
  });

  test("the second is half price, rounded half up", () => {
    expect(saved(secondAtHalf, goods("a", 333, pieces(2)))).toBe(167);
    expect(saved(secondAtHalf, goods("a", 333, pieces(3)))).toBe(167);
    expect(saved(secondAtHalf, goods("a", 500), goods("b", 300))).toBe(150);
  });

  test("any three for ten yuan takes the dearest together, and nothing where they cost less anyway", () => {
    const threeForTen: Deal = { kind: "n-for-price", count: 3, priceFen: fen(1_000) };
    expect(saved(threeForTen, goods("a", 500, pieces(2)), goods("b", 400), goods("c", 100))).toBe(400);
    expect(saved(threeForTen, goods("a", 300, pieces(3)))).toBe(0);
  });

  test("percent, amount and fixed price count weighed goods by the kilogram", () => {
    const apples = goods("apple", 1_299, milli(845), { unit: "kg" });
    expect(saved({ kind: "percent-off", basisPoints: 1_000 }, apples)).toBe(110);
    expect(saved({ kind: "amount-off", amountFen: fen(200) }, apples)).toBe(169);
    expect(saved({ kind: "fixed-price", priceFen: fen(1_000) }, apples)).toBe(253);
    expect(saved(threeForTwo, apples, { ...apples, id: "2" }, { ...apples, id: "3" })).toBe(0);
  });

  test("a fixed price above the usual one changes nothing", () => {
    expect(
      evaluate(basket(goods("a", 300)), [promotion("p", { kind: "fixed-price", priceFen: fen(400) })], noon),
    ).toEqual([]);
  });

  test("满 100 减 20 once or for every full hundred, never more than the goods", () => {
    const spend = (isRepeated: boolean): Deal => {
      return { kind: "spend-off", thresholdFen: fen(10_000), amountFen: fen(2_000), isRepeated };
    };
    expect(saved(spend(false), goods("a", 9_999))).toBe(0);
    expect(saved(spend(false), goods("a", 25_000))).toBe(2_000);
    expect(saved(spend(true), goods("a", 25_000))).toBe(4_000);
    expect(saved({ ...spend(true), thresholdFen: fen(100) } as Deal, goods("a", 250))).toBe(250);
    expect(saved({ kind: "spend-percent", thresholdFen: fen(100), basisPoints: 1_000 }, goods("a", 255))).toBe(26);
  });

  test("what is saved of a group is shared out by what its goods cost, so a part of it is worth what was paid", () => {
    const [applied] = evaluate(
      basket(goods("a", 500), goods("b", 300), goods("c", 200)),
      [promotion("p", threeForTwo)],
      noon,
    );
    expect(applied?.shares.map(({ lineId, savedFen, quantity }) => [lineId, savedFen, quantity])).toEqual([
      ["line-a", 100, 1_000],
      ["line-b", 60, 1_000],
      ["line-c", 40, 1_000],
    ]);
  });
});

describe("which promotions combine", () => {
  test("a piece is in one promotion on goods, and the customer gets the better one", () => {
    const cart = basket(goods("a", 500, pieces(2)), goods("b", 300));
    const applied = evaluate(cart, [promotion("half", secondAtHalf), promotion("three", threeForTwo)], noon);
    expect(applied.map(({ promotionId }) => promotionId)).toEqual(["three"]);
    expect(savedOf(applied)).toBe(300);
  });

  test("what one leaves over another takes", () => {
    const cart = basket(goods("a", 500, pieces(5)));
    const applied = evaluate(cart, [promotion("half", secondAtHalf), promotion("three", threeForTwo)], noon);
    expect(savedOf(applied)).toBe(500 + 250);
  });

  test("the sale's own comes after those on goods, on what is left, and a coupon's after that", () => {
    const half = promotion("half", { kind: "percent-off", basisPoints: 5_000 }, { scope: onSkus("a") });
    const spend = promotion("spend", { kind: "spend-percent", thresholdFen: fen(100), basisPoints: 1_000 });
    const coupon = promotion(
      "coupon",
      { kind: "spend-off", thresholdFen: fen(500), amountFen: fen(100), isRepeated: false },
      { coupon: { kind: "shared", code: "C100" } },
    );
    const cart = basket(goods("a", 1_000), goods("b", 200));
    const withCoupon = { ...cart, coupons: [{ code: "C100", promotionId: "coupon", isNumbered: false }] };
    expect(savedOf(evaluate(cart, [half, spend, coupon], noon))).toBe(500 + 70);
    expect(savedOf(evaluate(withCoupon, [half, spend, coupon], noon))).toBe(500 + 70 + 100);
  });

  test("of two on the sale without a coupon only the better one counts", () => {
    const small = promotion("a", { kind: "spend-off", thresholdFen: fen(100), amountFen: fen(10), isRepeated: false });
    const large = promotion("b", { kind: "spend-off", thresholdFen: fen(100), amountFen: fen(30), isRepeated: false });
    expect(savedOf(evaluate(basket(goods("x", 200)), [small, large], noon))).toBe(30);
  });

  test("goods without an article, and those whose price a person has set, are only in the sale's own", () => {
    const override = { fromFen: fen(600), reason: "damaged", approvedBy: null };
    const lines = [goods("a", 500, pieces(1), { override }), goods("b", 500, pieces(1), { sku: null })];
    expect(evaluate(basket(...lines), [promotion("p", { kind: "percent-off", basisPoints: 1_000 })], noon)).toEqual([]);
    const spend = promotion("s", {
      kind: "spend-off",
      thresholdFen: fen(1_000),
      amountFen: fen(100),
      isRepeated: false,
    });
    expect(savedOf(evaluate(basket(...lines), [spend], noon))).toBe(100);
  });

  test("works on what a line's own discount leaves", () => {
    const line = goods("a", 1_000, pieces(2), { discount: { kind: "amount", amountFen: fen(201) } });
    // 17.99 is 9.00 and 8.99: the cheaper one is the second.
    expect(saved(secondAtHalf, line)).toBe(450);
  });
});

describe("when and for whom", () => {
  const off: Deal = { kind: "percent-off", basisPoints: 1_000 };
  const cart = basket(goods("a", 1_000));

  test("a member price is for members", () => {
    const member = promotion("m", off, { isMemberOnly: true });
    expect(evaluate(cart, [member], noon)).toEqual([]);
    expect(savedOf(evaluate({ ...cart, member: { memberId: "m1" } }, [member], noon))).toBe(100);
  });

  test("a coupon's promotion sleeps until the coupon is there", () => {
    const coupon = promotion("c", off, { coupon: { kind: "numbered", prefix: "N" } });
    expect(evaluate(cart, [coupon], noon)).toEqual([]);
    const coupons = [{ code: "N1234", promotionId: "c", isNumbered: true }];
    expect(savedOf(evaluate({ ...cart, coupons }, [coupon], noon))).toBe(100);
  });

  test("days, weekdays and hours are the shop's", () => {
    const at = (schedule: object): number =>
      savedOf(evaluate(cart, [promotion("t", off, { schedule: { ...always, ...schedule } })], noon));
    expect(at({ fromDate: "2026-11-25", toDate: "2026-11-25" })).toBe(100);
    expect(at({ fromDate: "2026-11-26" })).toBe(0);
    expect(at({ toDate: "2026-11-24" })).toBe(0);
    expect(at({ weekdays: [3] })).toBe(100);
    expect(at({ weekdays: [6, 7] })).toBe(0);
    expect(at({ hours: { from: 720, to: 780 } })).toBe(100);
    expect(at({ hours: { from: 600, to: 720 } })).toBe(0);
    expect(at({ hours: { from: 1_320, to: 360 } })).toBe(0);
    expect(at({ hours: { from: 700, to: 360 } })).toBe(100);
  });
});

test("a priced cart takes promotions off between the line's discount and the sale's", () => {
  const cart = basket(goods("a", 1_000, pieces(3)));
  const prepared = preparePromotions([promotion("three", threeForTwo)]);
  const priced = priceCart({
    ...withPromotions(cart, prepared, noon),
    discount: { kind: "percent", basisPoints: 1_000 },
  });
  expect(priced).toMatchObject({ grossFen: 3_000, promotionFen: 1_000, saleDiscountFen: 200, totalFen: 1_800 });
});

test("100,000 pieces of a promotion take no longer than one", () => {
  const line = goods("a", 1, pieces(99_999));
  expect(saved(threeForTwo, line)).toBe(33_333);
});
