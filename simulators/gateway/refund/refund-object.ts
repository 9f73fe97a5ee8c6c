import { beijingTime } from "../beijing-time.ts";
import type { JsonObject } from "../answer.ts";
import type { Order } from "../order.ts";
import type { Refund } from "./refund-record.ts";

/** The refund object of the refund's answer and of its query: documentation 4012556457 and 4012552567. */
export function refundObjectOf(order: Order, refund: Refund): JsonObject {
  if (order.terms === null || order.transactionId === null) throw new Error(`${order.outTradeNo} was never paid`);
  const { amountFen: total } = order.terms;
  const isDone = refund.status === "SUCCESS" && refund.endedAtMs !== null;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    channel: "ORIGINAL",
    user_received_account: userAccount,
    create_time: beijingTime(refund.acceptedAtMs),
    ...(isDone ? { success_time: beijingTime(refund.endedAtMs) } : {}),
    status: refund.status,
    funds_account: "AVAILABLE",
    amount: {
      ...{ total, refund: refund.amountFen, from: [], payer_total: total, payer_refund: refund.amountFen },
      ...{ settlement_refund: refund.amountFen, settlement_total: total, discount_refund: 0, currency: "CNY" },
      refund_fee: 0,
    },
    promotion_detail: [],
  };
}

/** What the documentation's own samples say when the money goes back into the wallet. */
export const userAccount = "支付用户零钱";
