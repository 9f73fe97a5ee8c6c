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
}

/**
 * Takes all of what is left that the deal saves something on, and counts it down in `left`. What saves nothing stays for
 * others. A group is made of the dearest first, which is what saves most.
 * @returns what it saves, fen
 */
export function takeDeal(deal: Deal, offer: Offer, onGroup: OnGroup | null): number {
  switch (deal.kind) {
    case "n-for-m":
      return takeGroups({ size: deal.count, payFor: deal.payFor }, ({ restFen }) => restFen, offer, onGroup);
    case "n-for-price":
      return takeGroups({ size: deal.count, payFor: 0 }, ({ allFen }) => allFen - deal.priceFen, offer, onGroup);
    case "nth-off":
      return takeGroups(
        { size: deal.every, payFor: 0 },
        ({ lastFen }) => share(lastFen, deal.basisPoints),
        offer,
        onGroup,
      );
    case "percent-off":
      return takeEach((run, count) => share(run.worthFen * count, deal.basisPoints), offer, onGroup);
    case "amount-off":
      return takeEach((run, count) => Math.min(run.worthFen, priceOfOne(deal.amountFen, run)) * count, offer, onGroup);
    case "fixed-price":
      return takeEach(
        (run, count) => Math.max(run.worthFen - priceOfOne(deal.priceFen, run), 0) * count,
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
function priceOfOne(eachFen: number, { isWeighed, of }: Run): number {
  return isWeighed ? scaleHalfUp(eachFen, of.line.quantity, 1000) : eachFen;
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

/** What a group's saving is reckoned from; sums in fen, dearest first. */
interface GroupWorth {
  readonly allFen: number;
  /** Of those after the first `payFor`. */
  readonly restFen: number;
  readonly lastFen: number;
}

/**
 * Groups of `size` pieces, of which the first `payFor` are not in `restFen`. As the groups get cheaper, the first that saves
 * nothing is the end. Pieces of one run go in whole groups at once, however many they are.
 */
function takeGroups(
  { size, payFor }: { readonly size: number; readonly payFor: number },
  savedOn: (worth: GroupWorth) => number,
  { runs, left, own }: Offer,
  onGroup: OnGroup | null,
): number {
  let total = 0;
  // Of the group that is being filled; a piece may be the last of it, so runs are counted down when it is full.
  let [filled, allFen, restFen] = [0, 0, 0];
  const takenOf: number[] = [];
  const takenCount: number[] = [];
  for (const runIndex of own) {
    const run = runs[runIndex];
    let count = left[runIndex] ?? 0;
    if (run === undefined || run.isWeighed) continue;
    const { worthFen } = run;
    while (count > 0) {
      const isWhole = filled === 0 && count >= size;
      const taken = isWhole ? count - (count % size) : Math.min(count, size - filled);
      const inGroup = isWhole ? size : taken;
      allFen += worthFen * inGroup;
      restFen += worthFen * (Math.max(filled + inGroup, payFor) - Math.max(filled, payFor));
      filled += inGroup;
      takenOf.push(runIndex);
      takenCount.push(taken);
      count -= taken;
      if (filled < size) continue;
      const times = isWhole ? scaleHalfUp(taken, 1, size) : 1;
      const savedFen = savedOn({ allFen, restFen, lastFen: worthFen }) * times;
      if (savedFen <= 0) return total;
      for (let at = 0; at < takenOf.length; at += 1) {
        const index = takenOf[at] ?? -1;
        left[index] = (left[index] ?? 0) - (takenCount[at] ?? 0);
      }
      onGroup?.(partsOf(takenOf, takenCount), savedFen);
      total += savedFen;
      [filled, allFen, restFen, takenOf.length, takenCount.length] = [0, 0, 0, 0, 0];
    }
  }
  return total;
}

/** Made only for whoever is told: the search for the best order asks for sums, many times. */
function partsOf(runIndexes: readonly number[], counts: readonly number[]): readonly TakenPart[] {
  return runIndexes.map((runIndex, at) => ({ runIndex, count: counts[at] ?? 0 }));
}
