import { expect } from "vitest";
import { distrusted, type Endpoint, order, type Refusal, refused, said, troubles, unlisted } from "./endpoints.ts";
import { amountFen } from "./shop.ts";

const paid = { kind: "paid", facts: { payerTotalFen: 1_000 } };

/** What may be said to a payment that is begun. */
const payRefusals: readonly Refusal[] = [
  [202, "USER_PAYING", said("user-paying")],
  [400, "PARAM_ERROR", refused("merchant-configuration")],
  [400, "INVALID_REQUEST", unlisted],
  [400, "APPID_MCHID_NOT_MATCH", refused("merchant-configuration")],
  [400, "MCH_NOT_EXISTS", unlisted],
  [400, "ORDER_CLOSED", refused("order-closed")],
  [400, "ORDER_PAID", unlisted],
  [401, "SIGN_ERROR", refused("signature-rejected")],
  [403, "ACCOUNT_ERROR", refused("card-not-supported")],
  [403, "NO_AUTH", refused("merchant-configuration")],
  [403, "RULE_LIMIT", refused("limit-reached")],
  [403, "TRADE_ERROR", unlisted],
  [403, "NOT_ENOUGH", refused("not-enough-money")],
  [403, "OUT_TRADE_NO_USED", unlisted],
  [404, "ORDER_NOT_EXIST", unlisted],
  [400, "AUTH_CODE_EXPIRE", refused("code-expired")],
  [400, "AUTH_CODE_ERROR", refused("code-invalid")],
  [400, "AUTH_CODE_INVALID", refused("code-invalid")],
  ...troubles,
];

export const payments: readonly Endpoint[] = [
  {
    name: "POST /v3/pay/transactions/codepay",
    ...{ protocol: "v3", good: paid, distrusted, refusals: payRefusals },
    prepare: (shop) => {
      const authCode = shop.simulator.wallet.showCode();
      return Promise.resolve(() => shop.v3.pay(order(shop.number()), authCode));
    },
  },
  {
    name: "POST /v3/pay/transactions/native",
    ...{ protocol: "v3", good: { kind: "opened", codeUrl: expect.stringMatching(/^weixin:/u) }, distrusted },
    refusals: payRefusals.filter(([status]) => status !== 202),
    prepare: (shop) => Promise.resolve(() => shop.v3.openNative(order(shop.number()), shop.now() + 300_000)),
  },
  {
    name: "GET /v3/pay/transactions/out-trade-no/{out_trade_no}",
    ...{ protocol: "v3", good: paid, distrusted },
    refusals: [
      [202, "USER_PAYING", said("user-paying")],
      [400, "PARAM_ERROR", unlisted],
      [401, "SIGN_ERROR", unlisted],
      [403, "NO_AUTH", unlisted],
      [404, "ORDER_NOT_EXIST", said("not-found")],
      [400, "ORDER_CLOSED", unlisted],
      ...troubles,
    ],
    async prepare(shop) {
      const { outTradeNo } = await shop.paid();
      return () => shop.v3.query(outTradeNo, amountFen, "v3");
    },
  },
  {
    name: "GET /v3/pay/transactions/id/{transaction_id}",
    ...{ protocol: "v3", good: paid, distrusted },
    refusals: [[404, "ORDER_NOT_EXIST", said("not-found")], [400, "PARAM_ERROR", unlisted], ...troubles],
    async prepare(shop) {
      const { transactionId } = await shop.paid();
      return () => shop.v3.queryById(transactionId, amountFen);
    },
  },
  {
    name: "POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close",
    ...{ protocol: "v3", good: { kind: "closed" }, distrusted },
    refusals: [
      [202, "USER_PAYING", said("user-paying")],
      [400, "ORDER_PAID", said("already-paid")],
      [400, "ORDER_CLOSED", said("closed")],
      [400, "INVALID_REQUEST", unlisted],
      [401, "SIGN_ERROR", unlisted],
      [404, "ORDER_NOT_EXIST", unlisted],
      ...troubles,
    ],
    async prepare(shop) {
      const outTradeNo = shop.number();
      await shop.v3.openNative(order(outTradeNo), shop.now() + 300_000);
      return () => shop.v3.close(outTradeNo);
    },
  },
  {
    name: "POST /v3/pay/transactions/out-trade-no/{out_trade_no}/reverse",
    ...{ protocol: "v3", good: { kind: "accepted" }, distrusted },
    refusals: [
      [400, "PARAM_ERROR", said("refused")],
      [400, "INVALID_REQUEST", said("refused")],
      [401, "SIGN_ERROR", said("refused")],
      ...troubles,
    ],
    async prepare(shop) {
      const { outTradeNo } = await shop.paid();
      shop.pass(15_000);
      return () => shop.v3.reverse(outTradeNo, "v3");
    },
  },
];
