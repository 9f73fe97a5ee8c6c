import { type Fen, fen } from "#core/money/fen.ts";
import { maxCashFen } from "./tendering.ts";

/** 5, 10, 20, 50 and 100 yuan: the notes customers hand over. */
const notesFen = [500, 1_000, 2_000, 5_000, 10_000];

/** Keys that fit beside the cash pad. */
const maxKeys = 5;

/**
 * What the customer is likely to hand over for `leftFen`: the exact amount, then the next whole 5, 10, 20, 50 and 100
 * yuan; ascending, distinct, at most five, none over the cash limit. When there are more, the exact amount and the
 * larger ones stay. Empty when nothing is left.
 */
export function quickCashFen(leftFen: Fen): readonly Fen[] {
  if (leftFen <= 0 || leftFen > maxCashFen) return [];
  const above = notesFen
    .map((noteFen) => roundUpToNote(leftFen, noteFen))
    .filter((amountFen) => amountFen > leftFen && amountFen <= maxCashFen);
  const distinct = [...new Set(above)].toSorted((a, b) => a - b);
  return [leftFen, ...distinct.slice(1 - maxKeys)];
}

function roundUpToNote(amountFen: Fen, noteFen: number): Fen {
  const over = amountFen % noteFen;
  return over === 0 ? amountFen : fen(amountFen + noteFen - over);
}
