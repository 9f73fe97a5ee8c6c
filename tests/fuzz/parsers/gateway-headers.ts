import { assert } from "#core/result.ts";
import { clockOffset } from "#wechatpay/clock-offset.ts";
import { verifyAnswer } from "#wechatpay/verify.ts";
import type { FuzzParser } from "../parser.ts";
import { gatewayKeys, nowMs, vouched } from "./gateway-line.ts";
import { headerText, headersIn } from "./header-lines.ts";

const body = Buffer.from('{"code":"SUCCESS"}');
const right = headerText(vouched(body));

export const gatewayHeaders: FuzzParser = {
  name: "gateway-headers",
  reads: "the headers by which WeChat Pay signs (main/payments/wechat/verify)",
  seeds: () => [
    Buffer.from(
      headerText({
        "wechatpay-timestamp": String(nowMs / 1_000),
        "wechatpay-nonce": "n",
        "wechatpay-serial": "PUB_KEY_ID_0110000000",
        "wechatpay-signature": "A".repeat(172),
      }),
    ),
  ],
  words: ["wechatpay-signature: ", "WECHATPAY/SIGNTEST/", "wechatpay-timestamp: ", "date: ", "=", "\n"],
  read(input) {
    const text = Buffer.from(input).toString("latin1");
    // The true ones stand before what was made up, so that some of them stay true.
    const told = [text, `${right}\n${text}`].map((lines) => {
      const headers = headersIn(lines);
      const verdict = verifyAnswer({ headers, body }, gatewayKeys, nowMs);
      const offset = clockOffset({ headers }, nowMs);
      assert(offset === null || !Number.isNaN(offset), "an offset in milliseconds or none");
      const isForged = verifyAnswer({ headers, body: Buffer.from("{}") }, gatewayKeys, nowMs).ok;
      assert(!isForged, "a signature is over these bytes and no others");
      return verdict.ok ? "believed" : verdict.fault;
    });
    return { isTaken: told[0] !== "unsigned", told };
  },
};
