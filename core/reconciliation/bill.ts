import type { Fen } from "#core/money/fen.ts";

/** One successful payment of the gateway's bill. */
export interface BillPayment {
  readonly kind: "payment";
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** `YYYY-MM-DD HH:mm:ss`, Beijing: when it succeeded. */
  readonly time: string;
  readonly outTradeNo: string;
  readonly transactionId: string;
  /** The order's amount before coupons. */
  readonly totalFen: Fen;
  /** Coupons, the part that is not settled with the merchant. */
  readonly couponFen: Fen;
  /** The gateway's fee in thousandths of a fen: it is told with five decimals of a yuan. */
  readonly feeMilliFen: number;
}

/** One refund of the bill. */
export interface BillRefund {
  /** `reversal`: a paid codepay attempt that was taken back; it has no refund number of ours. */
  readonly kind: "refund" | "reversal";
  readonly line: number;
  /** When the gateway accepted it. */
  readonly time: string;
  readonly outTradeNo: string;
  readonly outRefundNo: string;
  /** What was asked for, coupons included. */
  readonly refundFen: Fen;
  /** False when the gateway gave it up: no money moved. */
  readonly isAlive: boolean;
  readonly feeMilliFen: number;
}

export type BillRow = BillPayment | BillRefund;

/** The bill of one Beijing day, as its own summary confirms it. */
export interface TradeBill {
  readonly rows: readonly BillRow[];
}
