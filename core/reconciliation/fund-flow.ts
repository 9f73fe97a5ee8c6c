import type { Fen } from "#core/money/fen.ts";
import type { TradeBill } from "./bill.ts";

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

/** A day of the merchant's account beside its trade bill. Fen; of the whole merchant, since no movement names a till. */
export interface AccountDay {
  /** Payments that came in and refunds that went out; fees and payouts are neither. */
  readonly inFen: number;
  readonly outFen: number;
  /** What moved beyond the trade bill, or less than it; 0 is agreement. */
  readonly differenceFen: number;
}

/** Compares the account's movements with the trade bill of the same day (null: none exists). Coupons never reach the account. */
export function accountDay(flows: readonly FundFlowRow[], bill: TradeBill | null): AccountDay {
  let inFen = 0;
  let outFen = 0;
  for (const { business, direction, amountFen } of flows) {
    if (business === "交易" && direction === "in") inFen += amountFen;
    if (business === "退款" && direction === "out") outFen += amountFen;
  }
  let billFen = 0;
  for (const row of bill?.rows ?? []) {
    if (row.kind === "payment") billFen += row.totalFen - row.couponFen;
    else if (row.isAlive) billFen -= row.refundFen;
  }
  return { inFen, outFen, differenceFen: inFen - outFen - billFen };
}
