import fc from "fast-check";
import { expect, test } from "vitest";
import { applyCartEvent } from "#core/cart/apply.ts";
import { type Cart, type CartEvent, emptyCart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { evaluatePromotions } from "./evaluate.ts";
import { preparePromotions } from "./prepare.ts";
import type { AppliedPromotion, Deal, Promotion, Scope } from "./promotion.ts";
import { always, type ShopMoment } from "./schedule.ts";
import { basket, goods, noon, promotion } from "./testing-basket.ts";
import { evaluatePlainly } from "./testing-plain.ts";

const skus = ["a", "b", "c", "d", "e", "f", "g"];
const categories = ["c1", "c2", "c3"];
const deals: readonly Deal[] = [
  { kind: "n-for-m", count: 3, payFor: 2 },
  { kind: "n-for-price", count: 2, priceFen: fen(900) },
  { kind: "nth-off", every: 2, basisPoints: 5_000 },
  { kind: "percent-off", basisPoints: 1_250 },
  { kind: "amount-off", amountFen: fen(77) },
  { kind: "fixed-price", priceFen: fen(333) },
  { kind: "spend-off", thresholdFen: fen(2_000), amountFen: fen(150), isRepeated: true },
  { kind: "spend-percent", thresholdFen: fen(1_000), basisPoints: 700 },
];
const lunch: ShopMoment = { ...noon, minute: 700 };

const anyScope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({ kind: "all" }),
  fc.record({
    kind: fc.constant("some" as const),
    skus: fc.subarray(skus, { maxLength: 3 }),
    categoryIds: fc.subarray(categories, { maxLength: 1 }),
  }),
);
const anyPromotions: fc.Arbitrary<readonly Promotion[]> = fc
  .array(
    fc.record({
      deal: fc.constantFrom(...deals),
      scope: anyScope,
      isMemberOnly: fc.boolean(),
      isTimed: fc.boolean(),
      isCoupon: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) =>
    all.map(({ deal, scope, isMemberOnly, isTimed, isCoupon }, index) =>
      promotion(`p${index}`, deal, {
        ...{ scope, isMemberOnly, coupon: isCoupon ? { kind: "shared", code: `K${index}` } : null },
        schedule: isTimed ? { ...always, hours: { from: 710, to: 800 } } : always,
      }),
    ),
  );

/** What happens to a sale; `which` is a line, counted around. */
type Step =
  | { readonly kind: "scan"; readonly sku: number; readonly grams: number }
  | { readonly kind: "void" | "override" | "discount" | "coupon" | "uncoupon"; readonly which: number }
  | { readonly kind: "quantity"; readonly which: number; readonly count: number }
  | { readonly kind: "member" | "clock" | "again" | "turn-around" };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("scan" as const),
      sku: fc.nat({ max: skus.length - 1 }),
      grams: fc.integer({ min: 1, max: 3_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("void", "override", "discount", "coupon", "uncoupon" as const),
      which: fc.nat({ max: 9 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("quantity" as const),
      which: fc.nat({ max: 9 }),
      count: fc.integer({ min: 1, max: 7 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("member", "clock", "again", "turn-around" as const) }) },
);

/** The cart after a step, or the same where the step cannot be. */
function afterStep(cart: Cart, step: Step, turn: number): Cart {
  if (step.kind === "turn-around") return { ...cart, lines: cart.lines.toReversed() };
  const event = eventOf(cart, step, turn);
  if (event === null) return cart;
  const applied = applyCartEvent(cart, event);
  return applied.ok ? applied.value : cart;
}

function eventOf(cart: Cart, step: Step, turn: number): CartEvent | null {
  if (step.kind === "scan") return { kind: "line-added", line: lineOf(step.sku, step.grams, turn) };
  if (step.kind === "member") return { kind: "member-set", memberId: cart.member === undefined ? "m1" : null };
  if (!("which" in step)) return null;
  const { which } = step;
  if (step.kind === "coupon")
    return { kind: "coupon-added", coupon: { code: `K${which}`, promotionId: `p${which}`, isNumbered: false } };
  if (step.kind === "uncoupon") return { kind: "coupon-removed", code: `K${which}` };
  const lineId = cart.lines[which % Math.max(cart.lines.length, 1)]?.id;
  if (lineId === undefined) return null;
  if (step.kind === "void") return { kind: "line-voided", lineId };
  if (step.kind === "quantity") return { kind: "quantity-set", lineId, quantity: pieces(step.count) };
  if (step.kind === "discount")
    return { kind: "line-discounted", lineId, discount: { kind: "percent", basisPoints: 1_000 } };
  const to = { unitPriceFen: fen(123), reason: "damaged", approvedBy: null } as const;
  return { kind: "price-overridden", lineId, to };
}

function lineOf(sku: number, grams: number, turn: number) {
  const name = skus[sku] ?? "a";
  const isWeighed = sku === 6;
  return goods(name, [333, 999, 50, 1_250, 333, 410, 780][sku] ?? 1, isWeighed ? milli(grams) : pieces(1), {
    ...{ id: `line-${turn}`, unit: isWeighed ? "kg" : "piece", categoryId: categories[sku % 3] ?? null },
    // Some scans make lines of their own, of the same article.
    labelAmountFen: !isWeighed && grams % 5 === 0 ? fen(grams) : null,
  });
}

type Evaluate = (
  cart: Cart,
  prepared: ReturnType<typeof preparePromotions>,
  at: ShopMoment,
) => readonly AppliedPromotion[];

/** One prepared list through two sales at once, at every step compared with the long way. */
const sameAtEveryStep = (tried: Evaluate) =>
  fc.property(anyPromotions, fc.array(fc.tuple(anyStep, fc.boolean()), { maxLength: 25 }), (promotions, steps) => {
    const prepared = preparePromotions(promotions);
    const carts = [emptyCart("one"), emptyCart("two")];
    let moment = noon;
    for (const [turn, [step, isOther]] of steps.entries()) {
      const which = isOther && turn % 4 === 0 ? 1 : 0;
      if (step.kind === "clock") moment = moment === noon ? lunch : noon;
      const cart = afterStep(carts[which] ?? emptyCart("none"), step, turn);
      carts[which] = cart;
      expect(tried(cart, prepared, moment)).toEqual(evaluatePlainly(cart, promotions, moment));
    }
  });

test("what is worked out scan by scan is what working everything out anew comes to, whatever happens to the sale", () => {
  fc.assert(sameAtEveryStep(evaluatePromotions), { numRuns: 400 });
});

test("an evaluation that goes on from an older sale is caught", () => {
  let first: readonly AppliedPromotion[] | null = null;
  const remembers: Evaluate = (cart, prepared, moment) => {
    const found = evaluatePromotions(cart, prepared, moment);
    if (cart.lines.length % 3 !== 0) first = found;
    return cart.lines.length % 3 === 0 ? (first ?? found) : found;
  };
  expect(fc.check(sameAtEveryStep(remembers), { seed: 1, numRuns: 200, endOnFailure: true }).failed).toBe(true);
});

test("a line that is scanned changes only the promotions that want it", () => {
  const drinks = promotion("drinks", { kind: "percent-off", basisPoints: 1_000 }, { scope: only("drinks") });
  const sweets = promotion("sweets", { kind: "percent-off", basisPoints: 2_000 }, { scope: only("sweets") });
  const prepared = preparePromotions([drinks, sweets]);
  const cola = goods("cola", 500);
  const [before] = evaluatePromotions(basket(cola), prepared, noon);
  const mint = goods("mint", 300, pieces(1), { categoryId: "sweets" });
  const [after, added] = evaluatePromotions(basket(cola, mint), prepared, noon);
  expect(after).toBe(before);
  expect(added?.promotionId).toBe("sweets");
});

function only(categoryId: string): Scope {
  return { kind: "some", skus: [], categoryIds: [categoryId] };
}
