import type { Cart } from "#core/cart/cart.ts";
import { fen } from "#core/money/fen.ts";
import { allocate, scaleHalfUp } from "#core/money/rounding.ts";
import { milli } from "#core/quantity/quantity.ts";
import { bestOrder, type Contender } from "./best-order.ts";
import { goodsOfLine, type LineGoods, type Run } from "./goods.ts";
import { type AppliedPromotion, isSaleLevel, namedAs, type Promotion } from "./promotion.ts";
import { isOn, type ShopMoment } from "./schedule.ts";
import { takeDeal } from "./take-deal.ts";

/**
 * What promotions take off a cart, worked out the long way: every line anew, each promotion asked of each line, nothing
 * kept and nothing looked up. What evaluatePromotions comes to is compared with it.
 */
export function evaluatePlainly(
  cart: Cart,
  promotions: readonly Promotion[],
  moment: ShopMoment,
): readonly AppliedPromotion[] {
  const live = promotions
    .filter((one) => isOn(one.schedule, moment) && (!one.isMemberOnly || cart.member !== undefined))
    .filter((one) => one.coupon === null || cart.coupons?.some(({ promotionId }) => promotionId === one.id))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const lines = cart.lines.map((line, place): LineGoods => {
    return {
      ...goodsOfLine(
        line,
        () => [],
        () => [],
      ),
      place,
    };
  });
  const onGoods = ofGoods(
    live.filter(({ deal }) => !isSaleLevel(deal)),
    lines,
  );
  const left = lines.map(({ line, worthFen }) => worthFen - savedOnLine(onGoods, line.id));
  const onSale = live.filter(({ deal }) => isSaleLevel(deal));
  const found = [...onGoods];
  for (const byCoupon of [false, true]) {
    const asked = onSale.filter(({ coupon }) => (coupon !== null) === byCoupon);
    const spent = bestSpend(asked, lines, left);
    if (spent !== null) found.push(spent);
  }
  return found;
}

function isIn({ scope }: Promotion, { line }: LineGoods): boolean {
  if (scope.kind === "all") return true;
  return (
    (line.sku !== null && scope.skus.includes(line.sku)) ||
    (line.categoryId !== null && scope.categoryIds.includes(line.categoryId))
  );
}

function ofGoods(promotions: readonly Promotion[], lines: readonly LineGoods[]): readonly AppliedPromotion[] {
  const runs = lines
    .flatMap((goods) => goods.runs.map((run): Run => ({ ...run, of: goods })))
    .toSorted((a, b) => b.worthFen - a.worthFen || byGoods(a, b));
  const left = Int32Array.from(runs, ({ count }) => count);
  const contenders = promotions.map((promotion, index): Contender => {
    const own = runs.flatMap((run, at) => (isIn(promotion, run.of) ? [at] : []));
    return { promotion, index, own, known: { aloneFen: null, turn: null } };
  });
  return groupsOf(contenders)
    .flatMap((group) => bestOrder(group, runs, left))
    .flatMap((contender) => taken(contender, runs, left))
    .toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1));
}

function byGoods({ of: a }: Run, { of: b }: Run): number {
  const [one, other] = [a.line.sku ?? "", b.line.sku ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  return b.line.quantity - a.line.quantity || a.place - b.place;
}

/** Whoever shares goods, directly or by way of others. */
function groupsOf(contenders: readonly Contender[]): readonly (readonly Contender[])[] {
  const groups: Contender[][] = [];
  for (const contender of contenders) {
    const near = groups.filter((group) => group.some(({ own }) => own.some((at) => contender.own.includes(at))));
    for (const group of near) groups.splice(groups.indexOf(group), 1);
    groups.push([...near.flat(), contender]);
  }
  return groups;
}

function taken({ promotion, own }: Contender, runs: readonly Run[], left: Int32Array): readonly AppliedPromotion[] {
  const sums = new Map<number, { quantity: number; savedFen: number }>();
  takeDeal(promotion.deal, { runs, left, own }, (parts, savedFen) => {
    const weights = parts.map(({ runIndex, count }) => (runs[runIndex]?.worthFen ?? 0) * count);
    for (const [at, partFen] of allocate(fen(savedFen), weights).entries()) {
      const [part, run] = [parts[at], runs[parts[at]?.runIndex ?? -1]];
      if (part === undefined || run === undefined) continue;
      const before = sums.get(run.of.place) ?? { quantity: 0, savedFen: 0 };
      const quantity = run.isWeighed ? run.of.line.quantity : part.count * 1000;
      sums.set(run.of.place, { quantity: before.quantity + quantity, savedFen: before.savedFen + partFen });
    }
  });
  if (sums.size === 0) return [];
  const shares = [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([place, { quantity, savedFen }]) => {
      const lineId = runs.find(({ of }) => of.place === place)?.of.line.id ?? "";
      return { lineId, quantity: milli(quantity), savedFen: fen(savedFen) };
    });
  return [{ ...namedAs(promotion), level: "line", shares }];
}

function savedOnLine(applied: readonly AppliedPromotion[], lineId: string): number {
  const shares = applied.flatMap((one) => one.shares.filter((share) => share.lineId === lineId));
  return shares.reduce((sum, { savedFen }) => sum + savedFen, 0);
}

/** Counts down what is left of each line. */
function bestSpend(
  promotions: readonly Promotion[],
  lines: readonly LineGoods[],
  left: number[],
): AppliedPromotion | null {
  const tried = promotions.map((promotion) => {
    const weights = lines.map((goods, place) => (isIn(promotion, goods) ? (left[place] ?? 0) : 0));
    const worth = weights.reduce((sum, one) => sum + one, 0);
    return { promotion, weights, savedFen: savedBy(promotion, worth) };
  });
  const best = Math.max(0, ...tried.map(({ savedFen }) => savedFen));
  const found = tried.find(({ savedFen }) => savedFen === best);
  if (best === 0 || found === undefined) return null;
  const shares = allocate(fen(best), found.weights).flatMap((savedFen, place) => {
    const line = lines[place]?.line;
    if (savedFen === 0 || line === undefined) return [];
    left[place] = (left[place] ?? 0) - savedFen;
    return [{ lineId: line.id, quantity: line.quantity, savedFen }];
  });
  return { ...namedAs(found.promotion), level: "sale", shares };
}

function savedBy({ deal }: Promotion, worth: number): number {
  if (deal.kind !== "spend-off" && deal.kind !== "spend-percent") return 0;
  if (worth === 0 || worth < deal.thresholdFen) return 0;
  if (deal.kind === "spend-percent") return scaleHalfUp(worth, deal.basisPoints, 10_000);
  let times = 0;
  for (let reached: number = deal.thresholdFen; reached <= worth; reached += deal.thresholdFen) times += 1;
  return Math.min(worth, deal.amountFen * (deal.isRepeated ? times : 1));
}
