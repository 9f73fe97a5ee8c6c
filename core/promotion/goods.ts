import type { Cart, CartLine } from "#core/cart/cart.ts";
import { type Fen, zeroFen } from "#core/money/fen.ts";
import { divideHalfUp } from "#core/money/rounding.ts";
import { pieceCountOf } from "#core/quantity/quantity.ts";

/** Pieces of one line that are worth the same; a line by weight is one run of one. */
export interface Run {
  readonly lineIndex: number;
  /** Of one piece, or of the whole where it was weighed: fen, after the line's own discount. */
  readonly worthFen: number;
  readonly count: number;
  readonly isWeighed: boolean;
}

/**
 * The goods of a cart that promotions may take, dearest first. Equal ones stand in an order of their own (article, size of
 * the line), not in that of the scans, so that the same basket always comes to the same. Lines whose price a person has set
 * and goods without an article are in no promotion on goods.
 * @param worthFen of each line, after its own discount
 */
export function runsOf(cart: Cart, worthFen: readonly Fen[]): readonly Run[] {
  const runs = cart.lines.flatMap((line, index) =>
    isPromotable(line) ? runsOfLine(line, index, worthFen[index] ?? zeroFen) : [],
  );
  return runs.toSorted((a, b) => b.worthFen - a.worthFen || byLine(cart, a, b));
}

function isPromotable(line: CartLine): boolean {
  return line.sku !== null && line.override === undefined;
}

/** What a discount leaves of a line need not go evenly into its pieces: the first ones carry the odd fen. */
function runsOfLine(line: CartLine, lineIndex: number, worthFen: Fen): readonly Run[] {
  if (worthFen <= 0) return [];
  if (line.unit === "kg") return [{ lineIndex, worthFen, count: 1, isWeighed: true }];
  const pieces = pieceCountOf(line.quantity, line.unit);
  const dearer = worthFen % pieces;
  if (dearer === 0) return [{ lineIndex, worthFen: divideHalfUp(worthFen, pieces), count: pieces, isWeighed: false }];
  // Exact: nothing is left to round.
  const each = divideHalfUp(worthFen - dearer, pieces);
  return [
    { lineIndex, worthFen: each + 1, count: dearer, isWeighed: false },
    { lineIndex, worthFen: each, count: pieces - dearer, isWeighed: false },
  ].filter(({ worthFen: worth, count }) => worth > 0 && count > 0);
}

function byLine({ lines }: Cart, a: Run, b: Run): number {
  const [one, other] = [lines[a.lineIndex], lines[b.lineIndex]];
  const [sku, otherSku] = [one?.sku ?? "", other?.sku ?? ""];
  if (sku !== otherSku) return sku < otherSku ? -1 : 1;
  return (other?.quantity ?? 0) - (one?.quantity ?? 0) || a.lineIndex - b.lineIndex;
}
