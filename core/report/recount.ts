import { addSums, type Dimension, type Share, type Sums } from "./shares.ts";

/** The sums of one day by dimension and key. */
export type DaySums = Map<string, Share>;

export function addShares(day: DaySums, shares: readonly Share[]): void {
  for (const share of shares) {
    const { dimension, key } = share;
    const name = nameOf(dimension, key);
    const before = day.get(name);
    day.set(name, before === undefined ? share : { dimension, key, ...addSums(before, share) });
  }
}

/** A number that is kept and one that was counted, where they are not the same. */
export interface Disagreement {
  readonly dimension: Dimension;
  readonly key: string;
  readonly column: keyof Sums;
  readonly kept: number;
  readonly counted: number;
}

/** Where what is kept of a day is not what its journal adds up to, in the order of what is kept. */
export function compareDays(kept: DaySums, counted: DaySums): readonly Disagreement[] {
  const found: Disagreement[] = [];
  for (const name of new Set([...kept.keys(), ...counted.keys()])) {
    const known = kept.get(name) ?? counted.get(name);
    if (known === undefined) continue;
    const { dimension, key } = known;
    for (const column of columns) {
      const [a, b] = [kept.get(name)?.[column] ?? 0, counted.get(name)?.[column] ?? 0];
      if (a !== b) found.push({ dimension, key, column, kept: a, counted: b });
    }
  }
  return found;
}

/** Every number that is kept of a key. */
export const columns = [
  ...["saleCount", "pieceCount", "quantityMilli", "grossFen", "discountFen", "netFen"],
  ...["refundCount", "refundFen", "voidCount", "voidFen"],
  ...["taxedFen", "taxFen", "refundTaxedFen", "refundTaxFen"],
] as const satisfies readonly (keyof Sums)[];

function nameOf(dimension: Dimension, key: string): string {
  return `${dimension} ${key}`;
}
