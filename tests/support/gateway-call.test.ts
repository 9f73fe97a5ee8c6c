import { expect, it } from "vitest";
import { nameCall } from "./gateway-call.ts";

const http = (line: string, body = "") => Buffer.from(`${line} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n${body}`);
const orders = "/v3/pay/transactions";
const none = { outTradeNo: null, outRefundNo: null };

it.each([
  [`POST ${orders}/codepay`, '{"out_trade_no":"S1"}', { operation: "pay", protocol: "v3", ...none, outTradeNo: "S1" }],
  [`POST ${orders}/native`, '{"out_trade_no":"S1"}', { operation: "open", protocol: "v3", ...none, outTradeNo: "S1" }],
  [`GET ${orders}/out-trade-no/S1?mchid=1`, "", { operation: "query", protocol: "v3", ...none, outTradeNo: "S1" }],
  [`POST ${orders}/out-trade-no/S1/reverse`, "{}", { operation: "reverse", protocol: "v3", ...none, outTradeNo: "S1" }],
  [`POST ${orders}/out-trade-no/S1/close`, "{}", { operation: "close", protocol: "v3", ...none, outTradeNo: "S1" }],
  [
    "POST /v3/refund/domestic/refunds",
    '{"transaction_id":"42","out_refund_no":"S1R1"}',
    { operation: "refund", protocol: "v3", outTradeNo: null, outRefundNo: "S1R1" },
  ],
  [
    "GET /v3/refund/domestic/refunds/S1R1",
    "",
    { operation: "refund-query", protocol: "v3", outTradeNo: null, outRefundNo: "S1R1" },
  ],
  [
    "POST /pay/micropay",
    "<xml><out_trade_no><![CDATA[S1]]></out_trade_no></xml>",
    { operation: "pay", protocol: "v2", ...none, outTradeNo: "S1" },
  ],
  [
    "POST /secapi/pay/reverse",
    "<xml><out_trade_no>S1</out_trade_no></xml>",
    { operation: "reverse", protocol: "v2", ...none, outTradeNo: "S1" },
  ],
  ["GET /v3/certificates", "", { operation: "other", protocol: "v3", ...none }],
])("%s is named by what it asks", (line, body, named) => {
  expect(nameCall(http(line, body))).toEqual(named);
});
