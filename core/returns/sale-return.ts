import type { ReturnedPoints } from "#core/members/member.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";

/** What becomes of goods that came back: for the stock. */
export type GoodsCondition = "back-to-stock" | "damaged";

export interface ReturnedLine {
  /** Of the original sale. */
  readonly lineNumber: number;
  /** Null for an open-price line, and where another till's sale is told without. */
  readonly sku: string | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  readonly quantity: Milli;
  /** What was paid for so much of it. */
  readonly worthFen: Fen;
  readonly condition: GoodsCondition;
}

/** Goods that came back, exactly as committed and journaled; the money is in the refunds it names. */
export interface SaleReturn {
  /** Made by whoever asked, once: asking again with it is the same return. In an exchange it is the exchange's id. */
  readonly returnId: string;
  readonly saleId: string;
  readonly saleNumber: string;
  /** The till that sold them, where it was another one. */
  readonly soldBy?: string;
  readonly lines: readonly ReturnedLine[];
  readonly worthFen: Fen;
  /** What goes back, in all its refunds; less than the worth where money went back before without goods. */
  readonly amountFen: Fen;
  readonly refundNos: readonly string[];
  readonly reason: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** Id of the manager whose word it was. */
  readonly approvedBy: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly businessDate: string;
  /** What it did to the points of a member's sale; absent where it did nothing. */
  readonly points?: ReturnedPoints;
  /** The sale of new goods it was exchanged for, and how much of it paid for them. */
  readonly exchange?: {
    readonly saleId: string;
    readonly saleNumber: string;
    readonly creditFen: Fen;
    /** What went back beside it. */
    readonly backCashFen: Fen;
    readonly backWechatFen: Fen;
  };
}
