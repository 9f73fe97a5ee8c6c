import { fen, type Fen, minFen, subtractFen } from "#core/money/fen.ts";
import { allocate } from "#core/money/rounding.ts";
import { assert } from "#core/result.ts";
import { type LineTax, taxOfPart } from "#core/tax/line-tax.ts";

/** Goods that money was given back for, by what reports break it down; with the tax in it where their sale said any. */
export interface RefundedGoods extends LineTax {
  /** Null for a line that was of no item. */
  readonly sku: string | null;
  readonly categoryId: string | null;
  readonly taxClass: string;
  readonly amountFen: Fen;
}

/** A line that came back, what was paid for so much of it, and the tax in that. */
export interface WorthLine extends Omit<RefundedGoods, "amountFen"> {
  readonly worthFen: Fen;
}

/**
 * Of which goods each refund of a return is. Where less goes back than they were worth, each line gives up its share by
 * largest remainder. The refunds then take their amounts from the lines in order, so that the goods of a refund sum to it
 * and what all refunds say of a line sums to that line, to the fen, its tax too. Asserts no more refunded than the lines are
 * worth.
 */
export function goodsOfRefunds(
  lines: readonly WorthLine[],
  refundsFen: readonly Fen[],
): readonly (readonly RefundedGoods[])[] {
  const worthFen = lines.reduce((sum, line) => sum + line.worthFen, 0);
  const amountFen = refundsFen.reduce((sum, amount) => sum + amount, 0);
  assert(amountFen <= worthFen, "no more goes back than the goods were worth");
  const given = allocate(
    fen(amountFen),
    lines.map((line) => line.worthFen),
  );
  const left: Fen[] = [...given];
  return refundsFen.map((refundFen) => {
    let missingFen = refundFen;
    return lines.flatMap((line, index) => {
      const leftFen = left[index] ?? fen(0);
      const taken = minFen(missingFen, leftFen);
      if (taken === 0) return [];
      left[index] = subtractFen(leftFen, taken);
      missingFen = subtractFen(missingFen, taken);
      const { sku, categoryId, taxClass } = line;
      const before = subtractFen(given[index] ?? fen(0), leftFen);
      return [{ sku, categoryId, taxClass, amountFen: taken, ...taxIn(line, before, taken) }];
    });
  });
}

function taxIn({ worthFen, taxBasisPoints, taxFen }: WorthLine, beforeFen: Fen, takenFen: Fen): LineTax {
  if (taxBasisPoints === undefined || taxFen === undefined) return {};
  return { taxBasisPoints, taxFen: taxOfPart({ amountFen: worthFen, taxFen }, beforeFen, takenFen) };
}
