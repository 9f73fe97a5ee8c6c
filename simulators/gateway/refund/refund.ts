import { randomInt } from "node:crypto";
import { answer, errorNumbers, refusal, type Answer } from "../answer.ts";
import { compactBeijingDate } from "../beijing-time.ts";
import { digestOf, readBody } from "../body.ts";
import type { Call, Desk, Operation, ScriptedCourse } from "../operation.ts";
import { remainingFen, type Order } from "../order.ts";
import { refundBody, type RefundBody } from "../wire.ts";
import { merchantShortOfMoney, refundNotPossible, resourceNotExists } from "./refusals.ts";
import { refundObjectOf } from "./refund-object.ts";

const dayMs = 24 * 3_600_000;
/** After a year nothing is given back this way. */
const windowMs = 365 * dayMs;
const mostRefunds = 50;
const apartMs = 60_000;
/** From balance to balance real refunds take up to five minutes; a demonstration waits for nobody that long. */
const usualRefundMs = 5_000;

/** Gives back a part or the whole of a paid order. Repeating the same request with the same number changes nothing. */
export const refund: Operation = {
  name: "refund",
  method: "POST",
  path: /^\/v3\/refund\/domestic\/refunds$/,
  read(desk, request) {
    const body = readBody(refundBody, request.body);
    return body.ok ? { ok: true, value: callOf(desk, body.value) } : body;
  },
};

function callOf(desk: Desk, body: RefundBody): Call {
  const order = orderOf(desk, body);
  return {
    outTradeNo: order === null || order.state === "NONE" ? null : order.outTradeNo,
    outRefundNo: body.out_refund_no,
    amountFen: body.amount.refund,
    perform: (course) => carryOut(desk, body, course),
    restate: () => restate(desk, body.out_refund_no) ?? resourceNotExists(),
  };
}

function orderOf(desk: Desk, body: RefundBody): Order | null {
  if (body.transaction_id !== undefined) return desk.ledger.findByTransactionId(body.transaction_id);
  const order = desk.ledger.order(body.out_trade_no ?? "");
  // By the shop's own number an order may not be known yet right after paying.
  return desk.now() < order.visibleFromMs ? null : order;
}

function carryOut(desk: Desk, body: RefundBody, course: ScriptedCourse): Answer {
  const order = orderOf(desk, body);
  const known = desk.ledger.findByRefund(body.out_refund_no);
  if (known !== null) return repeat(desk, known, body);
  if (order === null || order.terms === null) return resourceNotExists();
  const refused = refuse(desk, order, body);
  if (refused !== null) return refused;
  const at = desk.now();
  const { outTradeNo } = order;
  desk.ledger.record({
    kind: "refund-accepted",
    ...{ at, outTradeNo, outRefundNo: body.out_refund_no, refundId: newRefundId(at) },
    amountFen: body.amount.refund,
    digest: digestOf(body),
    notifyUrl: body.notify_url,
    due: { atMs: at + (course.settleAfterMs ?? usualRefundMs), status: course.refundEnds ?? "SUCCESS" },
  });
  return restate(desk, body.out_refund_no) ?? resourceNotExists();
}

function repeat(desk: Desk, known: Order, body: RefundBody): Answer {
  const before = known.refunds.find(({ outRefundNo }) => outRefundNo === body.out_refund_no);
  if (before?.digest === digestOf(body)) return restate(desk, body.out_refund_no) ?? resourceNotExists();
  return refusal(400, "INVALID_REQUEST", "请求重入时，参数与首次请求时不一致", {
    errorNumber: errorNumbers.reentryDiffers,
  });
}

/** The rules of §"refund" of the documentation, each with its own words. */
function refuse(desk: Desk, order: Order, body: RefundBody): Answer | null {
  const { refund: wanted, total } = body.amount;
  if (order.transactionId === null || order.paidAtMs === null) return refundNotPossible("订单未支付，不能退款");
  if (total !== order.terms?.amountFen) return refundNotPossible("订单金额或退款金额与之前请求不一致");
  if (desk.now() - order.paidAtMs > windowMs) return refundNotPossible("订单已经超过可退款的最大期限");
  if (wanted > remainingFen(order)) return refundNotPossible("累计退款金额大于支付金额");
  if (order.refunds.length >= mostRefunds) return refundNotPossible("订单退款次数超过50次");
  const last = order.refunds.at(-1);
  if (last !== undefined && desk.now() - last.acceptedAtMs < apartMs) {
    return refusal(429, "FREQUENCY_LIMITED", "退款请求频率过高，请间隔1分钟后重试", { errorNumber: errorNumbers.rate });
  }
  const shares = body.amount.from?.reduce((sum, { amount }) => sum + amount, 0) ?? wanted;
  if (shares !== wanted) return refundNotPossible("出资账户金额之和与退款金额不一致");
  return wanted > desk.funds.balanceFen() ? merchantShortOfMoney() : null;
}

function restate(desk: Desk, outRefundNo: string): Answer | null {
  const order = desk.ledger.findByRefund(outRefundNo);
  const found = order?.refunds.find((refund) => refund.outRefundNo === outRefundNo);
  return order === null || found === undefined ? null : answer(200, refundObjectOf(order, found));
}

/** 28 digits beginning 503, as the published bill samples have them. */
function newRefundId(atMs: number): string {
  const tail = Array.from({ length: 16 }, () => `${randomInt(10)}`).join("");
  return `5030${compactBeijingDate(atMs)}${tail}`;
}
