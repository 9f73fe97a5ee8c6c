import type { Fen } from "#core/money/fen.ts";

/** One movement of the merchant's account. */
export interface FundFlowRow {
  readonly line: number;
  /** `YYYY-MM-DD HH:mm:ss`, Beijing. */
  readonly time: string;
  /** The payment or refund behind it, as the gateway numbers it. */
  readonly transactionId: string;
  readonly flowId: string;
  /** In the gateway's words, e.g. 交易 or 退款. */
  readonly business: string;
  readonly direction: "in" | "out";
  readonly amountFen: Fen;
  /** The business voucher, e.g. our refund number. */
  readonly voucher: string;
}

/** The movements of one account on one Beijing day, as the bill's own summary confirms them. */
export interface FundFlowBill {
  readonly rows: readonly FundFlowRow[];
}
