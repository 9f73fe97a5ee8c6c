import type { Cart } from "#core/cart/cart.ts";
import type { Fen } from "#core/money/fen.ts";

/** One line's money: `grossFen - discountFen - promotionFen - saleDiscountShareFen - roundingShareFen` is `netFen`. */
export interface LineTotals {
  readonly lineId: string;
  /** Price × quantity rounded half up, or the label's amount. */
  readonly grossFen: Fen;
  /** The line's own discount, positive. */
  readonly discountFen: Fen;
  /** What promotions take off it: those on goods and its part of those on the sale; positive. */
  readonly promotionFen: Fen;
  /** Its part of the sale discount and of 抹零, so that parts always sum to the whole. */
  readonly saleDiscountShareFen: Fen;
  readonly roundingShareFen: Fen;
  readonly netFen: Fen;
}

export interface CartTotals {
  readonly lines: readonly LineTotals[];
  /** Pieces; a weighed line counts as one. */
  readonly pieceCount: number;
  readonly grossFen: Fen;
  readonly lineDiscountFen: Fen;
  readonly promotionFen: Fen;
  readonly saleDiscountFen: Fen;
  /** Of the sale discount, what a member's points took off; absent where none did. */
  readonly pointsFen?: Fen;
  /** 抹零, positive. */
  readonly roundingFen: Fen;
  /** What the customer pays: gross less line discounts, promotions, sale discount and rounding; never negative. */
  readonly totalFen: Fen;
}

export type CartTotalsOf = (cart: Cart) => CartTotals;
