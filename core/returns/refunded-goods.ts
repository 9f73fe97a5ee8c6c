import { fen, type Fen, minFen, subtractFen } from "#core/money/fen.ts";
import { allocate } from "#core/money/rounding.ts";
import { assert } from "#core/result.ts";

/** Goods that money was given back for, by what reports break it down. */
export interface RefundedGoods {
  /** Null for a line that was of no item. */
  readonly sku: string | null;
  readonly categoryId: string | null;
  readonly taxClass: string;
  readonly amountFen: Fen;
}

/** A line that came back, and what was paid for so much of it. */
export interface WorthLine extends Omit<RefundedGoods, "amountFen"> {
  readonly worthFen: Fen;
}

/**
 * Of which goods each refund of a return is. Where less goes back than they were worth, each line gives up its share by
 * largest remainder. The refunds then take their amounts from the lines in order, so that the goods of a refund sum to it
 * and what all refunds say of a line sums to that line, to the fen. Asserts no more refunded than the lines are worth.
 */
export function goodsOfRefunds(
  lines: readonly WorthLine[],
  refundsFen: readonly Fen[],
): readonly (readonly RefundedGoods[])[] {
  const worthFen = lines.reduce((sum, line) => sum + line.worthFen, 0);
  const amountFen = refundsFen.reduce((sum, amount) => sum + amount, 0);
  assert(amountFen <= worthFen, "no more goes back than the goods were worth");
  const left: Fen[] = allocate(
    fen(amountFen),
    lines.map((line) => line.worthFen),
  );
  return refundsFen.map((refundFen) => {
    let missingFen = refundFen;
    return lines.flatMap(({ sku, categoryId, taxClass }, index) => {
      const taken = minFen(missingFen, left[index] ?? fen(0));
      if (taken === 0) return [];
      left[index] = subtractFen(left[index] ?? fen(0), taken);
      missingFen = subtractFen(missingFen, taken);
      return [{ sku, categoryId, taxClass, amountFen: taken }];
    });
  });
}
