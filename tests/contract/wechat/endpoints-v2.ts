import { distrusted, type Endpoint, order, type Refusal, refused, said, unlisted } from "./endpoints.ts";
import { amountFen } from "./shop.ts";

const paid = { kind: "paid", facts: { payerTotalFen: 1_000 } };
const trouble = { kind: "unknown", cause: "server-error" };
const limited = { kind: "unknown" };

/** The result table of micropay (v2/4011937125); answers of v2 come with status 200. */
const micropayRefusals: readonly Refusal[] = [
  [200, "SYSTEM_ERROR", trouble],
  [200, "BANK_ERROR", trouble],
  [200, "USER_PAYING", said("user-paying")],
  [200, "AUTH_CODE_EXPIRE", refused("code-expired")],
  [200, "AUTH_CODE_ERROR", refused("code-invalid")],
  [200, "AUTH_CODE_INVALID", refused("code-invalid")],
  [200, "NOT_ENOUGH", refused("not-enough-money")],
  [200, "NOT_SUPORT_CARD", refused("card-not-supported")],
  [200, "ORDER_PAID", unlisted],
  [200, "OUT_TRADE_NO_USED", unlisted],
  [200, "ORDER_CLOSED", refused("order-closed")],
  [200, "ORDER_REVERSED", refused("order-closed")],
  [200, "BUYER_MISMATCH", unlisted],
  [200, "TRADE_ERROR", unlisted],
  [200, "NO_AUTH", refused("merchant-configuration")],
  [200, "PARAM_ERROR", refused("merchant-configuration")],
  [200, "SIGN_ERROR", refused("signature-rejected")],
  [200, "LACK_PARAMS", refused("merchant-configuration")],
  [200, "NOT_UTF8", refused("merchant-configuration")],
  [200, "XML_FORMAT_ERROR", refused("merchant-configuration")],
  [200, "REQUIRE_POST_METHOD", refused("merchant-configuration")],
  [200, "APPID_NOT_EXIST", refused("merchant-configuration")],
  [200, "MCHID_NOT_EXIST", refused("merchant-configuration")],
  [200, "APPID_MCHID_NOT_MATCH", refused("merchant-configuration")],
  [200, "INVALID_REQUEST", unlisted],
  [200, "FREQUENCY_LIMITED", limited],
];

/** The three endpoints of payment-code pay over v2. */
export const paymentsV2: readonly Endpoint[] = [
  {
    name: "POST /pay/micropay",
    ...{ protocol: "v2", good: paid, distrusted, refusals: micropayRefusals },
    prepare: (shop) => {
      const authCode = shop.simulator.wallet.showCode();
      return Promise.resolve(() => shop.v2.pay(order(shop.number()), authCode));
    },
  },
  {
    name: "POST /pay/orderquery",
    ...{ protocol: "v2", good: paid, distrusted },
    refusals: [
      [200, "ORDER_NOT_EXIST", said("not-found")],
      [200, "SYSTEM_ERROR", trouble],
      [200, "SIGN_ERROR", unlisted],
    ],
    async prepare(shop) {
      const { outTradeNo } = await shop.paid();
      return () => shop.v2.query(outTradeNo, amountFen, "v2");
    },
  },
  {
    name: "POST /secapi/pay/reverse",
    ...{ protocol: "v2", good: said("accepted"), distrusted },
    refusals: [
      [200, "SYSTEM_ERROR", trouble],
      [200, "BANK_ERROR", trouble],
      [200, "USER_PAYING", unlisted],
      [200, "REVERSE_EXPIRE", said("refused")],
      [200, "INVALID_TRANSACTIONID", said("refused")],
      [200, "NO_AUTH", said("refused")],
      [200, "PARAM_ERROR", said("refused")],
      [200, "SIGN_ERROR", said("refused")],
    ],
    async prepare(shop) {
      const { outTradeNo } = await shop.paid();
      shop.pass(15_000);
      return () => shop.v2.reverse(outTradeNo, "v2");
    },
  },
];
