import type { Cart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { allocate } from "#core/money/rounding.ts";
import { milli } from "#core/quantity/quantity.ts";
import { bestOrder, type Contender, type Taken } from "./best-order.ts";
import type { LineGoods, Run } from "./goods.ts";
import { rivals } from "./groups.ts";
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
 * the promotions came. What the cart keeps of an earlier time plays no part. Worked out are only the lines and the groups
 * of rivals that are new since the last time; what comes out is the same (incremental.test.ts).
 */
export function evaluatePromotions(
  cart: Cart,
  prepared: PreparedPromotions,
  moment: ShopMoment,
): readonly AppliedPromotion[] {
  if (cart.lines.length === 0 || prepared.all.length === 0) return [];
  const isLive = prepared.all.map((promotion) => isInForce(promotion, cart, moment));
  const { goods, groups } = prepared.known;
  groups.begin(goods.look(cart));
  const taken = takeGoods(prepared, isLive);
  const leftFen = leftOf(goods.lines, taken);
  const needsCoupon = prepared.all.map(({ coupon }) => coupon !== null);
  const asked = (byCoupon: boolean) => isLive.map((live, place) => live && needsCoupon[place] === byCoupon);
  const open = takeBestSpend(prepared, asked(false), goods.lines, leftFen);
  const byCoupon = takeBestSpend(prepared, asked(true), goods.lines, leftFen);
  return [...taken.map(({ applied }) => applied), open, byCoupon].filter((applied) => applied !== null);
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

/** What each line still costs, fen. */
function leftOf(lines: readonly LineGoods[], taken: readonly Taken[]): number[] {
  const leftFen = lines.map(({ worthFen }): number => worthFen);
  for (const { applied, lines: sharers } of taken) {
    for (const [at, { savedFen }] of applied.shares.entries()) {
      const place = sharers[at]?.place ?? -1;
      leftFen[place] = (leftFen[place] ?? 0) - savedFen;
    }
  }
  return leftFen;
}

function takeGoods({ all, known }: PreparedPromotions, isLive: readonly boolean[]): readonly Taken[] {
  const { runs } = known.goods;
  const contenders = contendersFor(known, all, isLive);
  const left = new Int32Array(runs.length);
  for (let index = 0; index < runs.length; index += 1) left[index] = runs[index]?.count ?? 0;
  return rivals(contenders, runs.length)
    .flatMap((group) =>
      known.groups.take(group, () =>
        bestOrder(group, runs, left).flatMap((contender) => takenInTurn(contender, runs, left) ?? []),
      ),
    )
    .toSorted(({ applied: a }, { applied: b }) => (a.promotionId < b.promotionId ? -1 : 1));
}

/** The promotions in force that want something, by their places. */
function contendersFor(
  { goods: { runs }, groups }: PreparedPromotions["known"],
  all: readonly Promotion[],
  isLive: readonly boolean[],
): readonly Contender[] {
  const ownOf = all.map((): number[] | null => null);
  for (let runIndex = 0; runIndex < runs.length; runIndex += 1) {
    for (const index of runs[runIndex]?.of.onGoods ?? []) {
      if (isLive[index] !== true) continue;
      const own = ownOf[index];
      if (own === null || own === undefined) ownOf[index] = [runIndex];
      else own.push(runIndex);
    }
  }
  return all.flatMap((promotion, index): Contender[] => {
    const own = ownOf[index] ?? null;
    return own === null ? [] : [{ promotion, index, own, known: groups.contenderOf(index, own, runs) }];
  });
}

/** All that a promotion takes of what is left; the same as the last time where the same is left of the same runs. */
function takenInTurn(contender: Contender, runs: readonly Run[], left: Int32Array): Taken | null {
  const { own, known } = contender;
  const { turn } = known;
  if (turn !== null && own.every((index, at) => left[index] === turn.before[at])) {
    for (let at = 0; at < own.length; at += 1) left[own[at] ?? -1] = turn.after[at] ?? 0;
    return turn.taken;
  }
  const leftOfOwn = (): Int32Array => {
    const counts = new Int32Array(own.length);
    for (let at = 0; at < own.length; at += 1) counts[at] = left[own[at] ?? -1] ?? 0;
    return counts;
  };
  const before = leftOfOwn();
  const taken = takenBy(contender, runs, left);
  known.turn = { before, after: leftOfOwn(), taken };
  return taken;
}

function takenBy({ promotion, own }: Contender, runs: readonly Run[], left: Int32Array): Taken | null {
  const sums = new SharesOfLines(runs);
  takeDeal(promotion.deal, { runs, left, own }, (parts, savedFen) => sums.add(parts, savedFen));
  if (sums.isEmpty) return null;
  const { lines, shares } = sums.inOrderOfCart();
  return { applied: { ...namedAs(promotion), level: "line", shares }, lines };
}

/** Adds up, line by line, what the groups of one promotion save. */
class SharesOfLines {
  readonly #runs: readonly Run[];
  readonly #byLine = new Map<LineGoods, { quantity: number; savedFen: number }>();

  constructor(runs: readonly Run[]) {
    this.#runs = runs;
  }

  get isEmpty(): boolean {
    return this.#byLine.size === 0;
  }

  /** A group's saving by what its pieces are worth, so that each of them is given back at what was paid for it. */
  add(parts: readonly TakenPart[], savedFen: number): void {
    const [only, ...more] = parts;
    if (only === undefined) return;
    if (more.length === 0) return this.#addPart(only, savedFen);
    const weights = parts.map(({ runIndex, count }) => (this.#runs[runIndex]?.worthFen ?? 0) * count);
    const partsFen = allocate(fen(savedFen), weights);
    for (const [index, part] of parts.entries()) this.#addPart(part, partsFen[index] ?? 0);
  }

  #addPart({ runIndex, count }: TakenPart, savedFen: number): void {
    const run = this.#runs[runIndex];
    if (run === undefined) return;
    const quantity = run.isWeighed ? run.of.line.quantity : count * 1000;
    const sum = this.#byLine.get(run.of);
    if (sum === undefined) this.#byLine.set(run.of, { quantity, savedFen });
    else [sum.quantity, sum.savedFen] = [sum.quantity + quantity, sum.savedFen + savedFen];
  }

  inOrderOfCart(): { readonly lines: readonly LineGoods[]; readonly shares: readonly PromotionShare[] } {
    const lines = [...this.#byLine.keys()].sort((a, b) => a.place - b.place);
    const shares = lines.map((of): PromotionShare => {
      const { quantity = 0, savedFen = 0 } = this.#byLine.get(of) ?? {};
      return { lineId: of.line.id, quantity: milli(quantity), savedFen: fen(savedFen) };
    });
    return { lines, shares };
  }
}
