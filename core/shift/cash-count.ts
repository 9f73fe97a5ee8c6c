import { fen, type Fen, isFen, maxFen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** Notes and coins that a shop's drawer holds, largest first: 100 yuan to 1 jiao. Anything smaller is not in use. */
export const denominationsFen = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10] as const;

export type Denomination = (typeof denominationsFen)[number];

/** So many notes or coins of one kind; a count names each kind at most once. */
export interface PieceCount {
  readonly denominationFen: Denomination;
  readonly pieces: number;
}

/** Most pieces of one kind: a full coin tray has hundreds, and nobody counts ten thousand notes at a till. */
export const mostPieces = 9_999;

export type CountFault = { readonly kind: "no-such-count" };

/** What the pieces come to. Refuses a kind that comes twice, a number of pieces nobody has, and a sum beyond `maxFen`. */
export function countedFen(count: readonly PieceCount[]): Result<Fen, CountFault> {
  let sum = 0;
  const seen = new Set<number>();
  for (const { denominationFen, pieces } of count) {
    const isCountable = Number.isInteger(pieces) && pieces >= 0 && pieces <= mostPieces;
    if (!isCountable || seen.has(denominationFen)) return fail({ kind: "no-such-count" });
    seen.add(denominationFen);
    sum += denominationFen * pieces;
  }
  return isFen(sum) && sum <= maxFen ? ok(fen(sum)) : fail({ kind: "no-such-count" });
}

/** Largest first, without those of which there are none: one way to write one count. */
export function tidyCount(count: readonly PieceCount[]): readonly PieceCount[] {
  return count.filter(({ pieces }) => pieces > 0).toSorted((one, other) => other.denominationFen - one.denominationFen);
}
