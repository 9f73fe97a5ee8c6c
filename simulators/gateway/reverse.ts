import { answer, errorNumbers, refusal, type Answer } from "./answer.ts";
import { readBody } from "./body.ts";
import type { Desk, Operation } from "./operation.ts";
import { isPaidOnPhone, type Order } from "./order.ts";
import { outTradeNoInPath, refuseForeignMerchant } from "./ownership.ts";
import { reverseBody } from "./wire.ts";

/** "Do not reverse right after paying": at least 15 s. Allowed when broken, and held against the shop. */
const notBeforeMs = 15_000;
/** Afterwards only a refund gives money back. */
const windowMs = 7 * 24 * 3_600_000;

/** Reverses a payment-code order: unpaid it is dead, paid it is returned to the customer. Re-entrant. */
export const reverse: Operation = {
  name: "reverse",
  method: "POST",
  path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/reverse$/,
  read(desk, request) {
    const named = outTradeNoInPath(request);
    if (named.refusal !== null) return { ok: false, answer: named.refusal };
    const body = readBody(reverseBody, request.body);
    if (!body.ok) return body;
    const foreign = refuseForeignMerchant(desk.merchant, body.value);
    if (foreign !== null) return { ok: false, answer: foreign };
    const { outTradeNo } = named;
    const amountFen = desk.ledger.order(outTradeNo).terms?.amountFen ?? 0;
    return { ok: true, value: { outTradeNo, amountFen, perform: () => reverseOrder(desk, outTradeNo) } };
  },
};

/** Money is on its way: nothing is changed, ask again. */
export function cannotReverseWhilePaying(): Answer {
  return refusal(400, "INVALID_REQUEST", "订单正在支付中，不能撤销，请稍后重试");
}

/** The same for both protocols. */
export function reverseOrder(desk: Desk, outTradeNo: string): Answer {
  const order = desk.ledger.order(outTradeNo);
  const at = desk.now();
  const refused = refuse(order, at);
  if (refused !== null) return refused;
  if (order.kind === "codepay" && at - order.createdAtMs < notBeforeMs) {
    desk.ledger.record({ kind: "violation", at, outTradeNo, rule: "reversed-too-soon" });
  }
  if (order.state === "SUCCESS") {
    desk.ledger.record({ kind: "refunded", at, outTradeNo, amountFen: order.chargedFen - order.refundedFen });
  } else if (order.state !== "REVOKED" && order.state !== "REFUND") {
    // Also for a number never seen: what the real gateway says then is not published, and a pay that is still under
    // way somewhere must find its number dead. Script `order-not-exist` for the other reading.
    desk.ledger.record({ kind: "revoked", at, outTradeNo, by: "shop" });
  }
  const { appid, mchid } = desk.merchant;
  return answer(200, { appid, mchid, out_trade_no: outTradeNo });
}

function refuse(order: Order, nowMs: number): Answer | null {
  if (isPaidOnPhone(order.kind)) return refusal(400, "INVALID_REQUEST", "非付款码支付订单，请使用关单接口");
  if (order.refunds.length > 0) return refusal(400, "INVALID_REQUEST", "订单已转入退款，不能撤销");
  if (order.due?.moving === true) return cannotReverseWhilePaying();
  const expired = order.paidAtMs !== null && nowMs - order.paidAtMs > windowMs;
  return expired && order.state === "SUCCESS"
    ? refusal(400, "INVALID_REQUEST", "订单已超过7天，不能撤销，请使用退款接口", { errorNumber: errorNumbers.expired })
    : null;
}
