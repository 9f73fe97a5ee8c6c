import type { Cart } from "#core/cart/cart.ts";
import { fen, type Fen } from "#core/money/fen.ts";
import { allocate } from "#core/money/rounding.ts";
import { lineWorthFen } from "#core/pricing/price-cart.ts";
import { milli } from "#core/quantity/quantity.ts";
import { bestOrder, type Contender } from "./best-order.ts";
import { runsOf, type Run } from "./goods.ts";
import type { PreparedPromotions } from "./prepare.ts";
import { type AppliedPromotion, namedAs, type Promotion, type PromotionShare } from "./promotion.ts";
import { isOn, type ShopMoment } from "./schedule.ts";
import { takeBestSpend } from "./take-spend.ts";
import { takeDeal, type TakenPart } from "./take-deal.ts";

/**
 * What the promotions in force at a moment take off a cart. Every piece is in at most one promotion on goods, and where
 * several want it the customer gets the best of the orders tried (best-order.ts says how many). After them comes the best
 * promotion on the sale that needs no coupon, and then the best that a coupon switched on, each on what is left.
 *
 * Nothing is ever dearer for it and no line goes below zero; the same goods come to the same, in whatever order they and
 * the promotions came. What the cart keeps of an earlier time plays no part.
 */
export function evaluatePromotions(
  cart: Cart,
  prepared: PreparedPromotions,
  moment: ShopMoment,
): readonly AppliedPromotion[] {
  if (cart.lines.length === 0 || prepared.all.length === 0) return [];
  const isLive = prepared.all.map((promotion) => isInForce(promotion, cart, moment));
  const worthFen = cart.lines.map(lineWorthFen);
  const onGoods = takeGoods(cart, worthFen, prepared, isLive);
  const leftFen: number[] = [...worthFen];
  const places = new Map(cart.lines.map(({ id }, index) => [id, index]));
  for (const { shares } of onGoods) {
    for (const { lineId, savedFen } of shares) {
      const place = places.get(lineId) ?? -1;
      leftFen[place] = (leftFen[place] ?? 0) - savedFen;
    }
  }
  const needsCoupon = prepared.all.map(({ coupon }) => coupon !== null);
  const asked = (byCoupon: boolean) => isLive.map((live, place) => live && needsCoupon[place] === byCoupon);
  const open = takeBestSpend(prepared, asked(false), cart, leftFen);
  const byCoupon = takeBestSpend(prepared, asked(true), cart, leftFen);
  return [...onGoods, open, byCoupon].filter((applied) => applied !== null);
}

/** The cart with what its promotions take off now; without them where there are none. */
export function withPromotions(cart: Cart, prepared: PreparedPromotions, moment: ShopMoment): Cart {
  const applied = evaluatePromotions(cart, prepared, moment);
  const { promotions: _, ...bare } = cart;
  return applied.length === 0 ? bare : { ...bare, promotions: applied };
}

function isInForce({ id, schedule, coupon, isMemberOnly }: Promotion, cart: Cart, moment: ShopMoment): boolean {
  if (!isOn(schedule, moment) || (isMemberOnly && cart.member === undefined)) return false;
  return coupon === null || (cart.coupons ?? []).some(({ promotionId }) => promotionId === id);
}

function takeGoods(
  cart: Cart,
  worthFen: readonly Fen[],
  prepared: PreparedPromotions,
  isLive: readonly boolean[],
): readonly AppliedPromotion[] {
  const runs = runsOf(cart, worthFen);
  const own = new Map<number, number[]>();
  for (const [runIndex, run] of runs.entries()) {
    const line = cart.lines[run.lineIndex];
    if (line === undefined) continue;
    for (const index of prepared.onGoods(line)) {
      if (isLive[index] !== true) continue;
      const there = own.get(index);
      if (there === undefined) own.set(index, [runIndex]);
      else there.push(runIndex);
    }
  }
  const contenders = [...own].flatMap(([index, ownRuns]): Contender[] => {
    const promotion = prepared.all[index];
    return promotion === undefined ? [] : [{ promotion, own: ownRuns }];
  });
  const quantityOf = (run: Run): number => cart.lines[run.lineIndex]?.quantity ?? 0;
  const left = Int32Array.from(runs, ({ count }) => count);
  return rivals(contenders, runs.length)
    .flatMap((group) => bestOrder(group, runs, quantityOf))
    .flatMap(({ promotion, own: ownRuns }): AppliedPromotion[] => {
      const shares = new SharesOfLines(cart, runs);
      takeDeal(promotion.deal, { runs, left, own: ownRuns, quantityOf }, (parts, savedFen) =>
        shares.add(parts, savedFen),
      );
      return shares.isEmpty ? [] : [{ ...namedAs(promotion), level: "line", shares: shares.inOrderOfCart() }];
    })
    .toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
}

/** Contenders in groups that share no goods: what one group takes is nothing to another. */
function rivals(contenders: readonly Contender[], runCount: number): readonly (readonly Contender[])[] {
  const groupOfRun = new Int32Array(runCount).fill(-1);
  const parent = contenders.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      // Halves the way for the next who asks.
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const [index, { own }] of contenders.entries()) {
    for (const runIndex of own) {
      const other = groupOfRun[runIndex] ?? -1;
      if (other >= 0) parent[root(index)] = root(other);
      groupOfRun[runIndex] = index;
    }
  }
  const groups = new Map<number, Contender[]>();
  for (const [index, contender] of contenders.entries()) {
    const group = groups.get(root(index));
    if (group === undefined) groups.set(root(index), [contender]);
    else group.push(contender);
  }
  return [...groups.values()];
}

/** Adds up, line by line, what the groups of one promotion save. */
class SharesOfLines {
  readonly #cart: Cart;
  readonly #runs: readonly Run[];
  readonly #byLine = new Map<number, { quantity: number; savedFen: number }>();

  constructor(cart: Cart, runs: readonly Run[]) {
    this.#cart = cart;
    this.#runs = runs;
  }

  get isEmpty(): boolean {
    return this.#byLine.size === 0;
  }

  /** A group's saving by what its pieces are worth, so that each of them is given back at what was paid for it. */
  add(parts: readonly TakenPart[], savedFen: number): void {
    const weights = parts.map(({ runIndex, count }) => (this.#runs[runIndex]?.worthFen ?? 0) * count);
    const partsFen = parts.length === 1 ? [fen(savedFen)] : allocate(fen(savedFen), weights);
    for (const [index, { runIndex, count }] of parts.entries()) {
      const run = this.#runs[runIndex];
      if (run === undefined) continue;
      const sum = this.#byLine.get(run.lineIndex) ?? { quantity: 0, savedFen: 0 };
      sum.quantity += run.isWeighed ? (this.#cart.lines[run.lineIndex]?.quantity ?? 0) : count * 1000;
      sum.savedFen += partsFen[index] ?? 0;
      this.#byLine.set(run.lineIndex, sum);
    }
  }

  inOrderOfCart(): readonly PromotionShare[] {
    return [...this.#byLine.keys()]
      .sort((a, b) => a - b)
      .flatMap((index) => {
        const [line, sum] = [this.#cart.lines[index], this.#byLine.get(index)];
        if (line === undefined || sum === undefined) return [];
        return [{ lineId: line.id, quantity: milli(sum.quantity), savedFen: fen(sum.savedFen) }];
      });
  }
}
