import { type Fen, fen } from "#core/money/fen.ts";
import type { BillPayment, BillRefund, BillRow } from "./bill.ts";
import type { Finding, LocalPayment, LocalRefund } from "./finding.ts";
import { reconcile } from "./reconcile.ts";

/* Both books of 21 November 2026, for tests. */

export const before = "2026-11-20";
export const day = "2026-11-21";
export const after = "2026-11-22";

export const paid = (outTradeNo: string, amountFen: Fen, changes: Partial<LocalPayment> = {}): LocalPayment => ({
  ...{ outTradeNo, saleId: `sale of ${outTradeNo}`, amountFen, state: "paid" },
  ...{ createdDay: day, successAt: `${day} 12:00:00`, reversedDay: null },
  isGivenBack: false,
  ...changes,
});
export const reversed = { state: "reversed", successAt: null, reversedDay: day } as const;
export const refunded = (
  outRefundNo: string,
  outTradeNo: string,
  amountFen: Fen,
  changes: Partial<LocalRefund> = {},
): LocalRefund => ({
  ...{
    outRefundNo,
    outTradeNo,
    saleId: `sale of ${outTradeNo}`,
    amountFen,
    state: "succeeded",
    acceptedAt: `${day} 12:30:00`,
  },
  ...changes,
});
export const row = (outTradeNo: string, totalFen: Fen): BillPayment => ({
  ...{ kind: "payment", line: 2, time: `${day} 12:00:00`, outTradeNo, transactionId: `42${outTradeNo}`, totalFen },
  ...{ couponFen: fen(0), feeMilliFen: 0 },
});
export const refundRow = (
  outRefundNo: string,
  outTradeNo: string,
  refundFen: Fen,
  changes: Partial<BillRefund> = {},
): BillRefund => ({
  ...{
    kind: "refund",
    line: 3,
    time: `${day} 13:00:00`,
    outTradeNo,
    outRefundNo,
    refundFen,
    isAlive: true,
    feeMilliFen: 0,
  },
  ...changes,
});
export const nothing: ReadonlySet<string> = new Set();
export const isOurs = (outTradeNo: string) => outTradeNo.startsWith("T");
export const books = (
  payments: readonly LocalPayment[],
  rows: readonly BillRow[],
  refunds: readonly LocalRefund[] = [],
) => reconcile({ day, bill: { rows }, payments, refunds, awaited: nothing, isOurs });
export const said = (findings: readonly Finding[]) => findings.map(({ kind, action }) => `${kind}: ${action}`);
