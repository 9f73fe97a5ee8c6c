import { randomBytes } from "node:crypto";
import { answer, paramError } from "./answer.ts";
import { beijingTime } from "./beijing-time.ts";
import { readBody } from "./body.ts";
import { invitationLifeMs, openOnce } from "./opening.ts";
import type { Call, Desk, Operation } from "./operation.ts";
import { refuseForeignMerchant } from "./ownership.ts";
import { isKnownOpenid } from "./transaction.ts";
import { jsapiBody, type JsapiBody } from "./wire.ts";

/** Opens an order that one customer, known by openid, pays on a page inside WeChat (公众号支付). */
export const jsapi: Operation = {
  name: "jsapi",
  method: "POST",
  path: /^\/v3\/pay\/transactions\/jsapi$/,
  read(desk, request) {
    const body = readBody(jsapiBody, request.body);
    if (!body.ok) return body;
    const foreign = refuseForeignMerchant(desk.merchant, body.value);
    if (foreign !== null) return { ok: false, answer: foreign };
    const { openid } = body.value.payer;
    if (!isKnownOpenid(openid)) {
      const issue = "no user of this appid";
      return {
        ok: false,
        answer: paramError({ field: "/payer/openid", value: openid, issue, location: "body" }),
      };
    }
    return { ok: true, value: callOf(desk, body.value) };
  },
};

function callOf(desk: Desk, body: JsapiBody): Call {
  return {
    outTradeNo: body.out_trade_no,
    amountFen: body.amount.total,
    perform: () => openOnce(desk, "jsapi", body) ?? answer(200, { prepay_id: newPrepayId(desk, body.out_trade_no) }),
  };
}

/**
 * A fresh id. Nothing published says that the one before dies of it, so it lives on: two pages that can both be paid are
 * the harder case for the shop, and one order still takes the money once.
 */
function newPrepayId(desk: Desk, outTradeNo: string): string {
  const at = desk.now();
  const prepayId = `wx${beijingTime(at).slice(0, 19).replaceAll(/\D/g, "")}${randomBytes(10).toString("hex")}`;
  desk.ledger.record({ kind: "prepay", at, outTradeNo, prepayId, diesAtMs: at + invitationLifeMs });
  return prepayId;
}
