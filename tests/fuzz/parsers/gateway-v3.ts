import { fen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { codepay } from "#main/payments/wechat/codepay.ts";
import type { GatewayLine } from "#wechatpay/ask.ts";
import { openNative } from "#main/payments/wechat/native.ts";
import { query } from "#wechatpay/query.ts";
import { queryRefund } from "#wechatpay/refund.ts";
import type { FuzzParser } from "../parser.ts";
import { gatewayLine, nowMs, vouched } from "./gateway-line.ts";

const order = { outTradeNo: "BJ01T01X00000042", amountFen: fen(499), description: "便利店" };
const refundOrder = { ...order, outRefundNo: "R1", totalFen: fen(499), transactionId: null, reason: "" };
const scene = { deviceId: "T01", storeInfo: { outId: "SH01" } };
const paid = {
  ...{ appid: "wxd678efh567hg6787", mchid: "1900007291", out_trade_no: order.outTradeNo, trade_state: "SUCCESS" },
  ...{ transaction_id: "4200001234202611210000000001", success_time: "2026-11-21T12:00:00+08:00" },
  amount: { total: 499, payer_total: 499, currency: "CNY" },
};
const refunded = {
  ...{
    refund_id: "50000000382019052709732678859",
    out_refund_no: "R1",
    out_trade_no: order.outTradeNo,
    status: "SUCCESS",
  },
  amount: { total: 499, refund: 499, payer_refund: 499, currency: "CNY" },
};

const questions: readonly ((line: GatewayLine) => Promise<{ readonly kind: string }>)[] = [
  (line) => codepay(line, scene, order, "134567890123456789"),
  (line) => query(line, order.outTradeNo, order.amountFen),
  (line) => queryRefund(line, refundOrder),
  (line) => openNative(line, "https://shop.example/wechatpay", order, nowMs + 60_000),
];
const statuses = [200, 202, 400, 403, 404, 429, 500, 204];
const sample = (question: number, status: number, body: object) =>
  Buffer.from([question, statuses.indexOf(status), ...Buffer.from(JSON.stringify(body))]);

/** First byte: what was asked; second: the status. The rest is signed by the gateway's key, and once more by nobody. */
export const gatewayV3: FuzzParser = {
  name: "gateway-v3",
  reads: "signed answers of WeChat Pay v3, and the same unsigned (main/payments/wechat)",
  seeds: () => [
    ...[sample(0, 200, paid), sample(1, 200, paid), sample(2, 200, refunded)],
    sample(3, 200, { code_url: "weixin://wxpay/bizpayurl?pr=abc" }),
    sample(0, 400, { code: "AUTH_CODE_EXPIRE", message: "付款码已过期" }),
    sample(1, 404, { code: "ORDER_NOT_EXIST" }),
  ],
  words: ["SUCCESS", "USERPAYING", "NOTENOUGH", "code", "amount", "payer_total", "CNY", "weixin://"],
  twentieths: 10,
  jsonFrom: 2,
  async read(input) {
    const ask = questions[(input[0] ?? 0) % questions.length];
    const status = statuses[(input[1] ?? 0) % statuses.length] ?? 200;
    assert(ask !== undefined, "one of the questions");
    const body = Buffer.from(input.subarray(2));
    const signed = await ask(gatewayLine(() => ({ status, headers: vouched(body), body })));
    const unsigned = await ask(gatewayLine(() => ({ status, headers: {}, body })));
    assert(unsigned.kind === "unknown", "nothing is believed that nobody signed");
    return { isTaken: signed.kind !== "unknown", told: { signed, unsigned } };
  },
};
