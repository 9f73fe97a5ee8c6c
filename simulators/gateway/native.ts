import { randomBytes } from "node:crypto";
import { answer, errorNumbers, orderClosed, orderPaid, refusal, type Answer } from "./answer.ts";
import { digestOf, readBody } from "./body.ts";
import type { Call, Desk, Operation } from "./operation.ts";
import type { Order } from "./order.ts";
import { refuseForeignMerchant } from "./ownership.ts";
import { nativeBody, type NativeBody } from "./wire.ts";

/** A code_url can be scanned for two hours, whatever the order's own deadline. Source: 4012791877. */
const codeUrlLifeMs = 2 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** The deadline of payability: raised to a minute, lowered to 90 days, seven days when not given. Source: 4012525171. */
const expiry = { leastMs: 60_000, mostMs: 90 * dayMs, usualMs: 7 * dayMs };

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
      const order = desk.ledger.order(body.out_trade_no);
      const refused = order.state === "NONE" ? null : refuseReentry(desk, order, body);
      if (refused !== null) return refused;
      if (order.state === "NONE") openOrder(desk, body);
      return answer(200, { code_url: renewCodeUrl(desk, body.out_trade_no) });
    },
  };
}

/** Null for the permitted re-entry: the same parameters again on an unpaid order. */
function refuseReentry(desk: Desk, order: Order, body: NativeBody): Answer | null {
  if (order.kind !== "native") {
    const { outTradeNo, kind } = order;
    const violation = { kind: "violation", at: desk.now(), outTradeNo, rule: "number-used-for-another-scene" } as const;
    if (kind === "codepay") desk.ledger.record(violation);
    return refusal(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  }
  if (order.state === "SUCCESS" || order.state === "REFUND") return orderPaid();
  if (order.state === "CLOSED") return orderClosed();
  if (order.terms?.digest === digestOf(body)) return null;
  return refusal(400, "INVALID_REQUEST", "订单重入时，要求参数值与原请求一致，请确认参数问题", {
    errorNumber: errorNumbers.reentryDiffers,
  });
}

function openOrder(desk: Desk, body: NativeBody): void {
  const at = desk.now();
  const asked = body.time_expire === undefined ? at + expiry.usualMs : Date.parse(body.time_expire);
  desk.ledger.record({
    kind: "opened",
    at,
    outTradeNo: body.out_trade_no,
    amountFen: body.amount.total,
    description: body.description,
    digest: digestOf(body),
    attach: body.attach,
    deviceId: body.scene_info?.device_id,
    notifyUrl: body.notify_url,
    expiresAtMs: Math.min(Math.max(asked, at + expiry.leastMs), at + expiry.mostMs),
  });
}

/** A fresh url; the one before is dead from here on. */
function renewCodeUrl(desk: Desk, outTradeNo: string): string {
  const at = desk.now();
  const codeUrl = `weixin://wxpay/bizpayurl/up?pr=${randomBytes(6).toString("base64url")}&groupid=00`;
  desk.ledger.record({ kind: "code-url", at, outTradeNo, codeUrl, diesAtMs: at + codeUrlLifeMs });
  return codeUrl;
}
