import type { Fen } from "#core/money/fen.ts";

export interface Shift {
  readonly shiftId: string;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly openedByName: string;
  readonly businessDate: string;
  readonly floatFen: Fen;
  readonly closedAt: string | null;
}

/** What a shift took, from the aggregates that each sale's commit keeps: cash, WeChat and static code sum to the sales. */
export interface ShiftTotals {
  readonly saleCount: number;
  readonly salesFen: Fen;
  readonly cashFen: Fen;
  readonly wechatFen: Fen;
  /** Paid to the shop's printed code, by the cashier's word: nobody has verified it yet. */
  readonly staticCodeFen: Fen;
  readonly discountFen: Fen;
  /** Refunds given back in this shift, whenever their sales were; the sums above are before them. */
  readonly refundCount: number;
  readonly refundCashFen: Fen;
  readonly refundWechatFen: Fen;
  /** Float plus cash taken less cash given back: what must be in the drawer. */
  readonly expectedCashFen: Fen;
}

export interface ShiftClose {
  readonly shiftId: string;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly totals: ShiftTotals;
  readonly countedCashFen: Fen;
  /** Counted minus expected: negative is missing. */
  readonly differenceFen: Fen;
}
