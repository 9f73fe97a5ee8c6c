import { answer, type Answer, type JsonObject } from "./answer.ts";
import { beijingTime } from "./beijing-time.ts";
import type { Merchant } from "./operation.ts";
import type { Order, OrderKind } from "./order.ts";

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
          payer: { openid: openidIn(order) },
          promotion_detail: [],
        };
  return {
    appid: merchant.appid,
    mchid: merchant.mchid,
    out_trade_no: order.outTradeNo,
    trade_type: tradeTypes[order.kind],
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

/** What queries and bills call each kind of order. */
export const tradeTypes = { codepay: "MICROPAY", native: "NATIVE", jsapi: "JSAPI" } as const;
export type TradeType = (typeof tradeTypes)[OrderKind];

/** One purse, and nine phones that pay from it: WeChat knows each by another name. */
export function openidOf(phone: number): string {
  return `oTillwaySimulatedCustomer00${phone}`;
}

/** Who has paid, or is to pay; the first phone where the order names nobody. */
export function openidIn(order: Order): string {
  return order.openid ?? openidOf(1);
}

export function isKnownOpenid(openid: string): boolean {
  return /^oTillwaySimulatedCustomer00[1-9]$/.test(openid);
}

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
