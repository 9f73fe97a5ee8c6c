import { answer, type Answer, type JsonObject } from "./answer.ts";
import { beijingTime } from "./beijing-time.ts";
import type { Merchant } from "./operation.ts";
import type { Order } from "./order.ts";

/** The transaction object of codepay's answer and of queries. Facts of the payment are absent while unpaid. */
export function transactionOf(merchant: Merchant, order: Order): JsonObject {
  const { terms } = order;
  if (terms === null || order.kind === null) throw new Error(`order ${order.outTradeNo} has no terms`);
  const paid =
    order.transactionId === null || order.paidAtMs === null
      ? {}
      : {
          transaction_id: order.transactionId,
          bank_type: "OTHERS",
          success_time: beijingTime(order.paidAtMs),
          payer: { openid: customerOpenid },
          promotion_detail: [],
        };
  return {
    appid: merchant.appid,
    mchid: merchant.mchid,
    out_trade_no: order.outTradeNo,
    trade_type: order.kind === "codepay" ? "MICROPAY" : "NATIVE",
    trade_state: order.state,
    trade_state_desc: describe(order),
    attach: terms.attach ?? "",
    amount: { total: terms.amountFen, currency: "CNY", ...payerAmounts(order) },
    ...paid,
    ...(terms.deviceId === undefined ? {} : { scene_info: { device_id: terms.deviceId } }),
  };
}

/** What codepay answers for an order as it stands: 200 when paid, 202 while the customer is busy. */
export function codepayAnswer(merchant: Merchant, order: Order): Answer {
  return answer(order.state === "USERPAYING" ? 202 : 200, transactionOf(merchant, order));
}

/** One wallet twin, one customer. */
export const customerOpenid = "oTillwaySimulatedCustomer001";

function payerAmounts(order: Order): JsonObject {
  if (order.transactionId === null || order.terms === null) return {};
  return { payer_total: order.terms.amountFen, payer_currency: "CNY" };
}

function describe(order: Order): string {
  switch (order.state) {
    case "NONE":
      throw new Error("an order that does not exist is not described");
    case "NOTPAY":
      return "订单未支付";
    case "USERPAYING":
      return "需要用户输入支付密码";
    case "SUCCESS":
      return "支付成功";
    case "PAYERROR":
      return order.failure === "refused" ? "用户取消支付，请撤销订单" : "支付失败，请撤销订单";
    case "REVOKED":
      return "订单已撤销";
    case "CLOSED":
      return "订单已关闭";
    case "REFUND":
      return "订单发生过退款";
  }
}
