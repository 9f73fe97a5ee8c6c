import { addFen, type Fen, subtractFen } from "#core/money/fen.ts";

/** The sums of one shift that move cash. */
export interface CashSums {
  readonly floatFen: Fen;
  /** What cash covered of sales: change never stayed in the drawer. */
  readonly cashFen: Fen;
  readonly refundCashFen: Fen;
  readonly payInFen: Fen;
  readonly payOutFen: Fen;
  readonly safeDropFen: Fen;
}

/** What must be in the drawer. Every figure of expected cash, on a screen, on paper and in the store, comes from here. */
export function expectedCash(sums: CashSums): Fen {
  const inFen = addFen(sums.floatFen, sums.cashFen, sums.payInFen);
  return subtractFen(inFen, addFen(sums.refundCashFen, sums.payOutFen, sums.safeDropFen));
}
