import { errorNumbers, orderClosed, orderPaid, refusal, type Answer } from "./answer.ts";
import { digestOf } from "./body.ts";
import type { Desk } from "./operation.ts";
import type { Order, OrderKind } from "./order.ts";
import type { JsapiBody, NativeBody } from "./wire.ts";

/** A code_url can be scanned, and a prepay_id be paid, for two hours, whatever the order's own deadline. Source: 4012791877. */
export const invitationLifeMs = 2 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** The deadline of payability: raised to a minute, lowered to 90 days, seven days when not given. Source: 4012525171. */
const expiry = { leastMs: 60_000, mostMs: 90 * dayMs, usualMs: 7 * dayMs };

/**
 * Opens the order that `body` asks for, unless it is open already. Null when it is open now; a repeat must carry the same
 * parameters, the openid among them.
 */
export function openOnce(desk: Desk, kind: OrderKind, body: NativeBody | JsapiBody): Answer | null {
  const order = desk.ledger.order(body.out_trade_no);
  if (order.state !== "NONE") return refuseReentry(desk, order, kind, body);
  openOrder(desk, body);
  return null;
}

/** Null for the permitted re-entry: the same parameters again on an unpaid order. */
function refuseReentry(desk: Desk, order: Order, kind: OrderKind, body: NativeBody | JsapiBody): Answer | null {
  if (order.kind !== kind) {
    const { outTradeNo } = order;
    const violation = { kind: "violation", at: desk.now(), outTradeNo, rule: "number-used-for-another-scene" } as const;
    if (order.kind !== null) desk.ledger.record(violation);
    return refusal(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  }
  if (order.state === "SUCCESS" || order.state === "REFUND") return orderPaid();
  if (order.state === "CLOSED") return orderClosed();
  if (order.terms?.digest === digestOf(body)) return null;
  return refusal(400, "INVALID_REQUEST", "订单重入时，要求参数值与原请求一致，请确认参数问题", {
    errorNumber: errorNumbers.reentryDiffers,
  });
}

function openOrder(desk: Desk, body: NativeBody | JsapiBody): void {
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
    ...("payer" in body ? { openid: body.payer.openid } : {}),
  });
}
