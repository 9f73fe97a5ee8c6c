import { ok, assert } from "#core/result.ts";
import { fen } from "#core/money/fen.ts";
import type { LineV2 } from "#main/payments/wechat/v2/ask-v2.ts";
import { payV2, queryV2 } from "#main/payments/wechat/v2/codepay-v2.ts";
import { readFlatXml, writeFlatXml } from "#main/payments/wechat/v2/flat-xml.ts";
import { signV2 } from "#main/payments/wechat/v2/sign-v2.ts";
import type { FuzzParser } from "../parser.ts";

const key = "0123456789abcdef0123456789ABCDEF";
const order = { outTradeNo: "BJ01T01X00000042", amountFen: fen(499), description: "便利店" };
const answer = {
  ...{ return_code: "SUCCESS", result_code: "SUCCESS", appid: "wxd678efh567hg6787", mch_id: "1900007291" },
  ...{ out_trade_no: order.outTradeNo, trade_state: "SUCCESS", total_fee: "499", cash_fee: "499", fee_type: "CNY" },
  ...{ transaction_id: "4200001234202611210000000001", time_end: "20261121120000", nonce_str: "n" },
};

function line(body: Buffer): LineV2 {
  return {
    hosts: { inOrder: () => [new URL("https://127.0.0.1")], failed() {} },
    ...{ appid: answer.appid, mchid: answer.mch_id, partner: null, key, signType: "HMAC-SHA256" },
    clientCertificate: { certificatePem: "", privateKeyPem: "" },
    exchange: async () => ok({ status: 200, headers: {}, body }),
    ...{ requestTimeoutMs: 1_000, now: () => 0, nonce: () => "n", log() {}, onReachability() {} },
  };
}

export const gatewayV2: FuzzParser = {
  name: "gateway-v2",
  reads: "XML of WeChat Pay v2, signed once it can be read, and unsigned (main/payments/wechat/v2)",
  seeds: () =>
    [
      writeFlatXml(answer),
      `<?xml version="1.0"?>\n<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>`,
      writeFlatXml({ ...answer, result_code: "FAIL", err_code: "USERPAYING" }),
    ].map((text) => Buffer.from(text)),
  words: [
    "<![CDATA[",
    "]]>",
    "</xml>",
    "<xml>",
    "&amp;",
    "&#0;",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "&a;",
    "<sign></sign>",
    "__proto__",
  ],
  twentieths: 10,
  mostBytes: 65_536,
  async read(input) {
    const text = Buffer.from(input).toString();
    const fields = readFlatXml(text);
    const unsigned = await queryV2(line(Buffer.from(input)), order.outTradeNo, order.amountFen);
    assert(unsigned.kind === "unknown", "nothing is believed that nobody signed");
    if (fields === null) return { isTaken: false, told: unsigned };
    const sign = `<sign>${signV2(fields, key, "HMAC-SHA256")}</sign></xml>`;
    const signed = Buffer.from(text.replace(/<\/xml>\s*$/, () => sign));
    const asked = await queryV2(line(signed), order.outTradeNo, order.amountFen);
    const paid = await payV2(
      line(signed),
      { deviceId: "T01", storeInfo: { outId: "SH01" } },
      order,
      "134567890123456789",
    );
    return { isTaken: fields.size > 0, told: { fields: [...fields], unsigned, asked, paid } };
  },
};
