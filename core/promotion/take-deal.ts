import { scaleHalfUp } from "#core/money/rounding.ts";
import type { Deal } from "./promotion.ts";
import type { Run } from "./goods.ts";

/** Pieces of one run that a promotion takes together; sums in fen. */
export interface TakenPart {
  readonly runIndex: number;
  readonly count: number;
}

/** Told of every group that saves something: what is in it and what it saves, fen. */
export type OnGroup = (parts: readonly TakenPart[], savedFen: number) => void;

/** What one promotion works on: all runs, what is left of each, and which of them are its own, dearest first. */
export interface Offer {
  readonly runs: readonly Run[];
  readonly left: Int32Array;
  readonly own: readonly number[];
  /** Quantity of a run's line in thousandths, for what counts by the kilogram. */
  readonly quantityOf: (run: Run) => number;
}

/**
 * Takes all of what is left that the deal saves something on, and counts it down in `left`. What saves nothing stays for
 * others. A group is made of the dearest first, which is what saves most.
 * @returns what it saves, fen
 */
export function takeDeal(deal: Deal, offer: Offer, onGroup: OnGroup | null): number {
  switch (deal.kind) {
    case "n-for-m":
      return takeGroups(deal.count, (worths) => sum(worths.slice(deal.payFor)), offer, onGroup);
    case "n-for-price":
      return takeGroups(deal.count, (worths) => Math.max(sum(worths) - deal.priceFen, 0), offer, onGroup);
    case "nth-off":
      return takeGroups(deal.every, (worths) => share(worths.at(-1) ?? 0, deal.basisPoints), offer, onGroup);
    case "percent-off":
      return takeEach((run, count) => share(run.worthFen * count, deal.basisPoints), offer, onGroup);
    case "amount-off":
      return takeEach(
        (run, count) => Math.min(run.worthFen, priceOfOne(deal.amountFen, run, offer)) * count,
        offer,
        onGroup,
      );
    case "fixed-price":
      return takeEach(
        (run, count) => Math.max(run.worthFen - priceOfOne(deal.priceFen, run, offer), 0) * count,
        offer,
        onGroup,
      );
    case "spend-off":
    case "spend-percent":
      return 0; // off the sale, once all goods have theirs (take-spend.ts)
  }
}

/** Half up, as every other percentage. */
function share(worthFen: number, basisPoints: number): number {
  return scaleHalfUp(worthFen, basisPoints, 10_000);
}

/** So much a piece, or for what was weighed. */
function priceOfOne(eachFen: number, run: Run, { quantityOf }: Offer): number {
  return run.isWeighed ? scaleHalfUp(eachFen, quantityOf(run), 1000) : eachFen;
}

function takeEach(savedOn: (run: Run, count: number) => number, { runs, left, own }: Offer, onGroup: OnGroup | null) {
  let total = 0;
  for (const runIndex of own) {
    const [run, count] = [runs[runIndex], left[runIndex] ?? 0];
    if (run === undefined || count === 0) continue;
    const savedFen = savedOn(run, count);
    if (savedFen <= 0) continue;
    left[runIndex] = 0;
    total += savedFen;
    onGroup?.([{ runIndex, count }], savedFen);
  }
  return total;
}

/**
 * Groups of `size` pieces. `savedOn` is given the worths of one group, dearest first; as the groups get cheaper, the first
 * that saves nothing is the end. Pieces of one run go in whole groups at once, however many they are.
 */
function takeGroups(
  size: number,
  savedOn: (worths: readonly number[]) => number,
  { runs, left, own }: Offer,
  onGroup: OnGroup | null,
): number {
  let total = 0;
  let parts: TakenPart[] = [];
  let worths: number[] = [];
  const close = (times: number): boolean => {
    const savedFen = savedOn(worths) * times;
    if (savedFen <= 0) return false;
    for (const { runIndex, count } of parts) left[runIndex] = (left[runIndex] ?? 0) - count;
    onGroup?.(parts, savedFen);
    total += savedFen;
    [parts, worths] = [[], []];
    return true;
  };
  for (const runIndex of own) {
    const run = runs[runIndex];
    if (run === undefined || run.isWeighed) continue;
    let count = left[runIndex] ?? 0;
    while (count > 0) {
      const isWhole = worths.length === 0 && count >= size;
      const taken = isWhole ? count - (count % size) : Math.min(count, size - worths.length);
      parts.push({ runIndex, count: taken });
      for (let piece = 0; piece < (isWhole ? size : taken); piece += 1) worths.push(run.worthFen);
      count -= taken;
      if (worths.length < size) continue;
      if (!close(isWhole ? scaleHalfUp(taken, 1, size) : 1)) return total;
    }
  }
  return total;
}

function sum(worths: readonly number[]): number {
  return worths.reduce((total, worth) => total + worth, 0);
}
