import type { LineGoods, Run } from "./goods.ts";
import type { AppliedPromotion, Promotion } from "./promotion.ts";
import { takeDeal } from "./take-deal.ts";

/** A promotion on goods and the runs it may take, dearest first. */
export interface Contender {
  readonly promotion: Promotion;
  /** Its place in `PreparedPromotions.all`. */
  readonly index: number;
  readonly own: readonly number[];
  readonly known: KnownContender;
}

/** What was worked out for the very same runs; null until somebody has. */
export interface KnownContender {
  /** What it saves where it takes all by itself, fen. */
  aloneFen: number | null;
  /** What it took when its turn came, and what was left of its runs before and after. */
  turn: { readonly before: Int32Array; readonly after: Int32Array; readonly taken: Taken | null } | null;
}

/** What a promotion took off, with the lines of its shares. */
export interface Taken {
  readonly applied: AppliedPromotion;
  readonly lines: readonly LineGoods[];
}

/**
 * Looks at runs that the search for the best order may take: well under a millisecond. As many contenders are tried in every
 * order as fit in, six at the most: of five that want all of it, four in a basket of 50 lines and two in one of 500, the most
 * a till takes.
 */
const mostLooks = 6_000;
const mostTriedInEveryOrder = 6;

/**
 * In which order contenders for the same goods take them, one after the other, each all that saves something: the order
 * that saves the customer most. Every order is tried of as many as the bound allows, those that save most by themselves
 * first; the rest follow in that order. So nobody pays more than with any one of them alone, and the answer is always the
 * same: of orders that save the same the first stands, by what they save alone and then by id.
 * @param left of each run; as it was when this returns, for the contenders' own
 */
export function bestOrder(
  contenders: readonly Contender[],
  runs: readonly Run[],
  left: Int32Array,
): readonly Contender[] {
  const giveBack = (own: readonly number[]): void => {
    for (const index of own) left[index] = runs[index]?.count ?? 0;
  };
  const take = ({ promotion, own }: Contender): number => takeDeal(promotion.deal, { runs, left, own }, null);
  const alone = contenders
    .map((contender) => {
      const { known, own } = contender;
      if (known.aloneFen === null) {
        known.aloneFen = take(contender);
        giveBack(own);
      }
      return { contender, savedFen: known.aloneFen };
    })
    .filter(({ savedFen }) => savedFen > 0)
    .sort((a, b) => b.savedFen - a.savedFen || (a.contender.promotion.id < b.contender.promotion.id ? -1 : 1))
    .map(({ contender }) => contender);
  if (alone.length < 2) return alone;

  const tried = alone.slice(0, triedInEveryOrder(alone));
  // One order is the best of one.
  if (tried.length < 2) return alone;
  const rest = alone.slice(tried.length);
  let best: { readonly order: readonly Contender[]; readonly savedFen: number } = { order: alone, savedFen: -1 };
  for (const start of orders(tried)) {
    const order = [...start, ...rest];
    let savedFen = 0;
    for (const contender of order) savedFen += take(contender);
    if (savedFen > best.savedFen) best = { order, savedFen };
    for (const { own } of order) giveBack(own);
  }
  return best.order;
}

function triedInEveryOrder(alone: readonly Contender[]): number {
  const looks = alone.reduce((total, { own }) => total + own.length, 0);
  let count = 1;
  let orderCount = 1;
  while (count < Math.min(alone.length, mostTriedInEveryOrder) && orderCount * (count + 1) * looks <= mostLooks) {
    count += 1;
    orderCount *= count;
  }
  return count;
}

/** Every order, the given one first. */
function* orders<T>(things: readonly T[]): Generator<readonly T[]> {
  if (things.length <= 1) {
    yield things;
    return;
  }
  for (const [index, first] of things.entries()) {
    for (const rest of orders([...things.slice(0, index), ...things.slice(index + 1)])) yield [first, ...rest];
  }
}
