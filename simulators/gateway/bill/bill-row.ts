import type { Ledger } from "../ledger.ts";
import type { Order } from "../order.ts";
import { openidIn, tradeTypes, type TradeType } from "../transaction.ts";

/** One movement of money as bills list it. */
export interface BillRow {
  readonly kind: "payment" | "refund" | "reversal";
  /** Payments by their success, refunds by their acceptance. */
  readonly atMs: number;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly tradeType: TradeType;
  readonly openid: string;
  readonly amountFen: number;
  readonly deviceId: string;
  readonly description: string;
  readonly attach: string;
  /** Null for payments. */
  readonly refund: { readonly refundId: string; readonly outRefundNo: string; readonly end: RefundInBill } | null;
}

/** How the refund stood when the bill was made. */
interface RefundInBill {
  readonly status: string;
  readonly endedAtMs: number | null;
}

/** Every movement in the book, as a bill made at `madeAtMs` knows it: in the order of the book. */
export function billRowsOf(ledger: Ledger, madeAtMs: (rowAtMs: number) => number): readonly BillRow[] {
  return ledger.orders().flatMap((order) => rowsOf(order, madeAtMs));
}

function rowsOf(order: Order, madeAtMs: (rowAtMs: number) => number): readonly BillRow[] {
  const { transactionId, paidAtMs, terms } = order;
  if (transactionId === null || paidAtMs === null || terms === null || order.kind === null) return [];
  const common = {
    transactionId,
    outTradeNo: order.outTradeNo,
    tradeType: tradeTypes[order.kind],
    openid: openidIn(order),
    deviceId: terms.deviceId ?? "",
    description: terms.description,
    attach: terms.attach ?? "",
  } as const;
  const payment = { ...common, kind: "payment", atMs: paidAtMs, amountFen: terms.amountFen, refund: null } as const;
  const refunds = order.refunds.map((refund) => {
    const { refundId, outRefundNo, amountFen, acceptedAtMs: atMs } = refund;
    const isEnded = refund.endedAtMs !== null && refund.endedAtMs < madeAtMs(atMs);
    const end = isEnded ? refund : { status: "PROCESSING", endedAtMs: null };
    return { ...common, kind: "refund", atMs, amountFen, refund: { refundId, outRefundNo, end } } as const;
  });
  return [payment, ...refunds, ...reversalOf(order, payment)];
}

/** A reverse of a paid order: no refund number of the shop's own, a refund id derived from the payment's. */
function reversalOf(order: Order, payment: BillRow): readonly BillRow[] {
  if (order.reversedAtMs === null) return [];
  const refundId = `50${payment.transactionId.slice(2)}`;
  const end = { status: "SUCCESS", endedAtMs: order.reversedAtMs };
  return [{ ...payment, kind: "reversal", atMs: order.reversedAtMs, refund: { refundId, outRefundNo: "0", end } }];
}
