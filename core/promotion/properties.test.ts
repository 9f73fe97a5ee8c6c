import fc from "fast-check";
import { expect, test } from "vitest";
import { applyCartEvent } from "#core/cart/apply.ts";
import type { Cart, CartLine } from "#core/cart/cart.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { lineWorthFen, priceCart } from "#core/pricing/price-cart.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { AppliedPromotion, Deal, Promotion } from "./promotion.ts";
import { basket, evaluate, type Evaluate, goods, noon, promotion, savedOf } from "./testing-basket.ts";

const skus = ["a", "b", "c", "d", "e"];
const amount = (most: number) => fc.integer({ min: 1, max: most }).map((value): Fen => fen(value));
const points = fc.integer({ min: 1, max: 10_000 });
const few = fc.integer({ min: 2, max: 5 });

const dealOnGoods: fc.Arbitrary<Deal> = fc.oneof(
  few.chain((count) =>
    fc.record({
      kind: fc.constant("n-for-m" as const),
      count: fc.constant(count),
      payFor: fc.integer({ min: 1, max: count - 1 }),
    }),
  ),
  fc.record({ kind: fc.constant("n-for-price" as const), count: few, priceFen: amount(2_000) }),
  fc.record({ kind: fc.constant("nth-off" as const), every: few, basisPoints: points }),
  fc.record({ kind: fc.constant("percent-off" as const), basisPoints: points }),
  fc.record({ kind: fc.constant("amount-off" as const), amountFen: amount(500) }),
  fc.record({ kind: fc.constant("fixed-price" as const), priceFen: amount(1_000) }),
);
const dealOnSale: fc.Arbitrary<Deal> = fc.oneof(
  fc.record({
    kind: fc.constant("spend-off" as const),
    thresholdFen: amount(3_000),
    amountFen: amount(2_000),
    isRepeated: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("spend-percent" as const), thresholdFen: amount(3_000), basisPoints: points }),
);

const anyPromotions: fc.Arbitrary<readonly Promotion[]> = fc
  .array(
    fc.record({
      deal: fc.oneof({ arbitrary: dealOnGoods, weight: 4 }, { arbitrary: dealOnSale, weight: 1 }),
      named: fc.option(fc.subarray(skus, { minLength: 1 })),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ deal, named }, index) =>
      promotion(`p${index}`, deal, {
        scope: named === null ? { kind: "all" } : { kind: "some", skus: named, categoryIds: [] },
      }),
    ),
  );

const priceOf: Readonly<Record<string, number>> = { a: 333, b: 999, c: 50, d: 1_250, e: 333 };
const anyLine: fc.Arbitrary<CartLine> = fc
  .record({
    sku: fc.constantFrom(...skus),
    count: fc.integer({ min: 1, max: 7 }),
    grams: fc.integer({ min: 1, max: 5_000 }),
    discount: fc.option(fc.integer({ min: 1, max: 5_000 }), { freq: 5 }),
    setFen: fc.option(fc.integer({ min: 0, max: 1_500 }).map(fen), { freq: 6 }),
  })
  .map(({ sku, count, grams, discount, setFen }) =>
    goods(sku, setFen ?? priceOf[sku] ?? 1, sku === "e" ? milli(grams) : pieces(count), {
      ...(setFen === null ? {} : { override: { fromFen: fen(priceOf[sku] ?? 1), reason: "临期", approvedBy: null } }),
      unit: sku === "e" ? "kg" : "piece",
      discount: discount === null ? null : { kind: "percent", basisPoints: discount },
    }),
  );
const anyBasket: fc.Arbitrary<Cart> = fc
  .array(anyLine, { minLength: 1, maxLength: 8 })
  .map((lines) => basket(...lines.map((line, index) => ({ ...line, id: `l${index}` }))));

const byHand = fc.record({
  percent: fc.integer({ min: 1, max: 9_999 }),
  rounding: fc.constantFrom("none" as const, "jiao" as const, "yuan" as const),
});

/** What every evaluation promises; a property is asked of ours and must catch the mutant of its name. */
const promises: Readonly<Record<string, (tried: Evaluate) => fc.IProperty<unknown>>> = {
  "never raises a price": (tried) =>
    over((cart, all) => {
      const applied = tried(cart, all, noon);
      expect(applied.flatMap(({ shares }) => shares).every(({ savedFen }) => savedFen >= 0)).toBe(true);
      expect(priceCart({ ...cart, promotions: applied }).totalFen).toBeLessThanOrEqual(priceCart(cart).totalFen);
    }),
  "never raises what is paid, whatever a person takes off beside it": (tried) =>
    fc.property(anyBasket, anyPromotions, byHand, (bare, all, { percent, rounding }) => {
      const cart: Cart = { ...bare, rounding, discount: { kind: "percent", basisPoints: percent } };
      const promoted = priceCart({ ...cart, promotions: tried(cart, all, noon) });
      expect(promoted.totalFen).toBeLessThanOrEqual(priceCart(cart).totalFen);
      expect(promoted.lines.reduce((sum, { netFen }) => sum + netFen, 0)).toBe(promoted.totalFen);
      const { grossFen, lineDiscountFen, promotionFen, saleDiscountFen, roundingFen } = promoted;
      expect(grossFen - lineDiscountFen - promotionFen - saleDiscountFen - roundingFen).toBe(promoted.totalFen);
    }),
  "never goes below zero on a line": (tried) =>
    over((cart, all) => {
      const applied = tried(cart, all, noon);
      for (const line of cart.lines) expect(savedOn(applied, line.id)).toBeLessThanOrEqual(lineWorthFen(line));
    }),
  "comes to the same in whatever order the goods were scanned": (tried) =>
    fc.property(anyBasket, anyPromotions, fc.nat(), (cart, all, seed) => {
      const other = { ...cart, lines: shuffled(cart.lines, seed) };
      const [one, two] = [tried(cart, all, noon), tried(other, all, noon)];
      expect(savedOf(two)).toBe(savedOf(one));
      expect(bySku(other, two)).toEqual(bySku(cart, one));
    }),
  "comes to the same in whatever order the promotions are listed": (tried) =>
    fc.property(anyBasket, anyPromotions, fc.nat(), (cart, all, seed) => {
      expect(tried(cart, shuffled(all, seed), noon)).toEqual(tried(cart, all, noon));
    }),
  "sums to the fen: the shares of one promotion are what a plain reckoning of it saves": (tried) =>
    fc.property(anyBasket, fc.oneof(dealOnGoods, dealOnSale), (cart, deal) => {
      expect(savedOf(tried(cart, [promotion("p", deal)], noon))).toBe(plainly(cart, deal));
    }),
  "uses no piece twice": (tried) =>
    over((cart, all) => {
      const onGoods = tried(cart, all, noon).filter(({ level }) => level === "line");
      for (const line of cart.lines) {
        const used = onGoods.flatMap(({ shares }) => shares.filter(({ lineId }) => lineId === line.id));
        expect(used.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(line.quantity);
      }
    }),
  "leaves nothing behind of a line that is taken out": (tried) =>
    over((cart, all) => {
      const before = { ...cart, promotions: tried(cart, all, noon) };
      const gone = cart.lines[0];
      if (gone === undefined) return;
      const voided = applyCartEvent(before, { kind: "line-voided", lineId: gone.id });
      expect(voided.ok && voided.value.promotions).toBeUndefined();
      if (!voided.ok) return;
      const after = tried(voided.value, all, noon);
      expect(savedOn(after, gone.id)).toBe(0);
      const fresh = { ...basket(...cart.lines.slice(1)), saleId: "fresh" };
      expect(savedOf(after)).toBe(savedOf(tried(fresh, all, noon)));
    }),
  "changes nothing when asked again": (tried) =>
    over((cart, all) => {
      const once = tried(cart, all, noon);
      expect(tried({ ...cart, promotions: once }, all, noon)).toEqual(once);
    }),
  "saves at least what the best single promotion on goods saves": (tried) =>
    fc.property(anyBasket, fc.array(dealOnGoods, { minLength: 1, maxLength: 6 }), (cart, deals) => {
      const all = deals.map((deal, index) => promotion(`p${index}`, deal));
      const alone = all.map((one) => savedOf(evaluate(cart, [one], noon)));
      expect(savedOf(tried(cart, all, noon))).toBeGreaterThanOrEqual(Math.max(...alone));
    }),
};

/** One seeded mistake for each promise. */
const mutants: Readonly<Record<string, () => Evaluate>> = {
  "never raises a price": () => (cart, all, moment) => changed(evaluate(cart, all, moment), (fenOf) => -fenOf),
  "never raises what is paid, whatever a person takes off beside it": () => (cart, all, moment) =>
    changed(evaluate(cart, all, moment), (fenOf) => -fenOf),
  "never goes below zero on a line": () => (cart, all, moment) =>
    changed(evaluate(cart, all, moment), (fenOf) => fenOf * 3),
  "comes to the same in whatever order the goods were scanned": () => (cart, all, moment) =>
    evaluate({ ...cart, lines: cart.lines.slice(0, 3) }, all, moment),
  "comes to the same in whatever order the promotions are listed": () => (cart, all, moment) =>
    evaluate(cart, all.slice(0, 2), moment),
  "sums to the fen: the shares of one promotion are what a plain reckoning of it saves": () => (cart, all, moment) =>
    evaluate(cart, all, moment).map((applied) => ({
      ...applied,
      shares: applied.shares.map((share, index) =>
        index === 0 && share.savedFen > 1 ? { ...share, savedFen: fen(share.savedFen - 1) } : share,
      ),
    })),
  "uses no piece twice": () => (cart, all, moment) => all.flatMap((one) => evaluate(cart, [one], moment)),
  "leaves nothing behind of a line that is taken out": () => {
    const remembered = new WeakMap<CartLine, readonly AppliedPromotion[]>();
    return (cart, all, moment) => {
      const [last] = cart.lines.slice(-1);
      if (last === undefined) return [];
      const known = cart.saleId === "fresh" ? undefined : remembered.get(last);
      if (known !== undefined) return known;
      const applied = evaluate(cart, all, moment);
      if (cart.saleId !== "fresh") remembered.set(last, applied);
      return applied;
    };
  },
  "changes nothing when asked again": () => (cart, all, moment) => [
    ...(cart.promotions ?? []),
    ...evaluate(cart, all, moment),
  ],
  "saves at least what the best single promotion on goods saves": () => (cart, all, moment) =>
    evaluate(cart, all.slice(0, 1), moment),
};

test.each(Object.entries(promises))("%s", (_, promise) => {
  fc.assert(promise(evaluate), { numRuns: 300 });
});

test.each(Object.entries(promises))("a mistake is caught: %s", (name, promise) => {
  const mutant = mutants[name];
  expect(mutant).toBeDefined();
  const found = fc.check(promise(mutant?.() ?? evaluate), { seed: 1, numRuns: 1_000, endOnFailure: true });
  expect(found.failed).toBe(true);
});

function over(check: (cart: Cart, all: readonly Promotion[]) => void): fc.IProperty<unknown> {
  return fc.property(anyBasket, anyPromotions, check);
}

function savedOn(applied: readonly AppliedPromotion[], lineId: string): number {
  const shares = applied.flatMap((one) => one.shares.filter((share) => share.lineId === lineId));
  return shares.reduce((sum, { savedFen }) => sum + savedFen, 0);
}

/** What promotions on goods take off each article. */
function bySku(cart: Cart, applied: readonly AppliedPromotion[]): Readonly<Record<string, number>> {
  const onGoods = applied.filter(({ level }) => level === "line");
  const sums: Record<string, number> = {};
  for (const line of cart.lines) {
    const sku = line.sku ?? "";
    sums[sku] = (sums[sku] ?? 0) + savedOn(onGoods, line.id);
  }
  return sums;
}

/** One promotion reckoned piece by piece, as one would on paper. */
function plainly(cart: Cart, deal: Deal): number {
  const worths: number[] = [];
  let each = 0;
  const isOnSale = deal.kind === "spend-off" || deal.kind === "spend-percent";
  for (const line of cart.lines) {
    // A price that a person has set is the last word on those goods.
    if (line.override !== undefined && !isOnSale) continue;
    const worth = lineWorthFen(line);
    if (deal.kind === "percent-off" && line.unit === "kg") each += Math.round((worth * deal.basisPoints) / 10_000);
    if (deal.kind === "amount-off" && line.unit === "kg")
      each += Math.min(worth, Math.round((deal.amountFen * line.quantity) / 1_000));
    if (deal.kind === "fixed-price" && line.unit === "kg")
      each += Math.max(0, worth - Math.round((deal.priceFen * line.quantity) / 1_000));
    if (line.unit === "kg") continue;
    const count = line.quantity / 1_000;
    const [small, odd] = [Math.floor(worth / count), worth % count];
    const ofLine = Array.from({ length: count }, (_, piece) => (piece < odd ? small + 1 : small));
    worths.push(...ofLine);
    if (deal.kind === "percent-off") {
      const parts = [ofLine.slice(0, odd), ofLine.slice(odd)].map((part) => part.reduce((sum, one) => sum + one, 0));
      each += parts.reduce((sum, part) => sum + Math.round((part * deal.basisPoints) / 10_000), 0);
    }
    if (deal.kind === "amount-off") each += ofLine.reduce((sum, one) => sum + Math.min(one, deal.amountFen), 0);
    if (deal.kind === "fixed-price") each += ofLine.reduce((sum, one) => sum + Math.max(0, one - deal.priceFen), 0);
  }
  worths.sort((a, b) => b - a);
  const groups = (size: number): readonly (readonly number[])[] =>
    Array.from({ length: Math.floor(worths.length / size) }, (_, index) =>
      worths.slice(index * size, (index + 1) * size),
    );
  const sum = (of: readonly number[]): number => of.reduce((total, one) => total + one, 0);
  const whole = sum(cart.lines.map(lineWorthFen));
  switch (deal.kind) {
    case "n-for-m":
      return sum(groups(deal.count).map((group) => sum(group.slice(deal.payFor))));
    case "n-for-price":
      return sum(groups(deal.count).map((group) => Math.max(0, sum(group) - deal.priceFen)));
    case "nth-off":
      return sum(groups(deal.every).map((group) => Math.round(((group.at(-1) ?? 0) * deal.basisPoints) / 10_000)));
    case "percent-off":
    case "amount-off":
    case "fixed-price":
      return each;
    case "spend-off":
      if (whole < deal.thresholdFen) return 0;
      return Math.min(whole, deal.amountFen * (deal.isRepeated ? Math.floor(whole / deal.thresholdFen) : 1));
    case "spend-percent":
      return whole < deal.thresholdFen ? 0 : Math.round((whole * deal.basisPoints) / 10_000);
  }
}

function changed(
  applied: readonly AppliedPromotion[],
  change: (savedFen: number) => number,
): readonly AppliedPromotion[] {
  return applied.map((one) => ({
    ...one,
    shares: one.shares.map((share) => ({ ...share, savedFen: fen(change(share.savedFen)) })),
  }));
}

/** The same seed gives the same order. */
function shuffled<T>(things: readonly T[], seed: number): readonly T[] {
  const keyed = things.map((thing, index) => ({ thing, key: ((index + 1) * (seed % 7_919) * 31) % 101 }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ thing }) => thing);
}
