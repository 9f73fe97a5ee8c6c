import type { Fen } from "#core/money/fen.ts";
import type { TaxSum } from "#core/tax/tax-sum.ts";
import type { PieceCount } from "./cash-count.ts";

export interface Shift {
  readonly shiftId: string;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly openedByName: string;
  readonly businessDate: string;
  readonly floatFen: Fen;
  /** What the float was counted from; absent where its total alone was typed. */
  readonly floatPieces?: readonly PieceCount[];
  readonly closedAt: string | null;
}

/** What a shift took, from the aggregates that each commit keeps: cash, WeChat and static code sum to the sales. */
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
  /** 补款, 支出 and 缴存. */
  readonly payInFen: Fen;
  readonly payOutFen: Fen;
  readonly safeDropFen: Fen;
  /** How often the drawer was opened without a sale. */
  readonly noSaleCount: number;
  /** What must be in the drawer, by `expectedCash`. */
  readonly expectedCashFen: Fen;
  /** By rate, highest first; empty where the shop names none. Absent in a Z of before taxes were recorded. */
  readonly taxes?: readonly TaxSum[];
}

/** One count of the drawer at a shift's end. Once given it is kept, whatever is counted after it. */
export interface DrawerCount {
  /** 1, 2, … within the shift. */
  readonly number: number;
  readonly shiftId: string;
  readonly countedCashFen: Fen;
  /** What it was counted from; null where the total alone was typed. */
  readonly pieces: readonly PieceCount[] | null;
  /** At the moment of the count. */
  readonly expectedCashFen: Fen;
  /** True where the counter stood by it and was told what is missing. */
  readonly isFinal: boolean;
  readonly at: string;
  readonly cashierId: string;
  readonly cashierName: string;
}

export interface ShiftClose {
  readonly shiftId: string;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly totals: ShiftTotals;
  readonly countedCashFen: Fen;
  /** What was counted, where it was counted by denomination. */
  readonly pieces?: readonly PieceCount[];
  /** Counted minus expected: negative is missing. */
  readonly differenceFen: Fen;
  /** Who signed for a difference beyond the shop's limit, and why it came about. */
  readonly approval?: { readonly approvedBy: string; readonly reason: string };
}

/** A manager's later word on a closed shift: its Z stays as it was printed. */
export interface ShiftCorrection {
  readonly correctionId: string;
  readonly shiftId: string;
  /** What the drawer was off by less than the Z says, or more: added to the difference by whoever reads both. */
  readonly amountFen: Fen;
  readonly reason: string;
  readonly at: string;
  readonly managerId: string;
  readonly managerName: string;
}
