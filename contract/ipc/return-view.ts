import type { Fen } from "#core/money/fen.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";
import type { ReturnPart } from "#core/returns/return-plan.ts";
import type { GoodsCondition } from "#core/returns/sale-return.ts";

/** A line of a sale of which goods may come back. */
export interface ReturnableLineView {
  readonly lineNumber: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  readonly sold: Milli;
  /** By this till and, as far as was told, by others. */
  readonly returned: Milli;
  readonly remaining: Milli;
  readonly paidFen: Fen;
}

export interface ReturnableView {
  readonly saleId: string;
  readonly saleNumber: string;
  /** The till that sold it, where it was another one. */
  readonly soldBy: string | null;
  readonly businessDate: string;
  readonly totalFen: Fen;
  readonly lines: readonly ReturnableLineView[];
  /** Money that may still go back, in all. */
  readonly remainingFen: Fen;
  /** Who was asked what other tills took back; `alone`: this till belongs to no head office. */
  readonly toldBy: "office" | "relay" | "nobody" | "alone";
  /** Earlier returns here, oldest first. */
  readonly earlier: readonly ReturnView[];
  readonly isWechatSetUp: boolean;
}

export interface ReturnPlanView {
  readonly worthFen: Fen;
  /** Less than the worth where money went back before without goods. */
  readonly amountFen: Fen;
  readonly parts: readonly ReturnPart[];
}

export interface ReturnView {
  readonly returnId: string;
  readonly saleNumber: string;
  readonly amountFen: Fen;
  readonly at: string;
  readonly cashierName: string;
  readonly reason: string;
  readonly refundNos: readonly string[];
  readonly lines: readonly {
    readonly lineNumber: number;
    readonly nameZh: string;
    readonly nameEn: string;
    readonly unit: Unit;
    readonly quantity: Milli;
    readonly worthFen: Fen;
    readonly condition: GoodsCondition;
  }[];
  /** Of the sale its goods were exchanged for. */
  readonly exchangedFor: string | null;
}

/** The return in the cart on the screen, beside the new goods. */
export interface ExchangeView {
  /** Of the sale the goods are of; null for goods without a receipt. */
  readonly saleNumber: string | null;
  readonly lines: ReturnView["lines"];
  readonly amountFen: Fen;
  /** Set against the new goods. */
  readonly creditFen: Fen;
  /** What the customer still pays for the new goods, before what is paid already. */
  readonly dueFen: Fen;
  /** What goes back; zero where something is due. */
  readonly backFen: Fen;
  readonly backParts: readonly ReturnPart[];
}
