import { randomBytes } from "node:crypto";
import { answer } from "./answer.ts";
import { readBody } from "./body.ts";
import { invitationLifeMs, openOnce } from "./opening.ts";
import type { Call, Desk, Operation } from "./operation.ts";
import { refuseForeignMerchant } from "./ownership.ts";
import { nativeBody, type NativeBody } from "./wire.ts";

/** Opens an order the customer pays by scanning our QR (主扫). */
export const native: Operation = {
  name: "native",
  method: "POST",
  path: /^\/v3\/pay\/transactions\/native$/,
  read(desk, request) {
    const body = readBody(nativeBody, request.body);
    if (!body.ok) return body;
    const foreign = refuseForeignMerchant(desk.merchant, body.value);
    if (foreign !== null) return { ok: false, answer: foreign };
    return { ok: true, value: callOf(desk, body.value) };
  },
};

function callOf(desk: Desk, body: NativeBody): Call {
  return {
    outTradeNo: body.out_trade_no,
    amountFen: body.amount.total,
    perform() {
      const refused = openOnce(desk, "native", body);
      return refused ?? answer(200, { code_url: renewCodeUrl(desk, body.out_trade_no) });
    },
  };
}

/** A fresh url; the one before is dead from here on. */
function renewCodeUrl(desk: Desk, outTradeNo: string): string {
  const at = desk.now();
  const codeUrl = `weixin://wxpay/bizpayurl/up?pr=${randomBytes(6).toString("base64url")}&groupid=00`;
  desk.ledger.record({ kind: "code-url", at, outTradeNo, codeUrl, diesAtMs: at + invitationLifeMs });
  return codeUrl;
}
