import { answer, errorNumbers, orderNotExist, orderPaid, refusal, type Answer } from "./answer.ts";
import { readBody } from "./body.ts";
import type { Desk, Operation } from "./operation.ts";
import { isPaidOnPhone } from "./order.ts";
import { outTradeNoInPath, refuseForeignMerchant } from "./ownership.ts";
import { closeBody } from "./wire.ts";

/** Closes an unpaid order of a QR code or of WeChat's browser, so that it can never be paid. Re-entrant. */
export const close: Operation = {
  name: "close",
  method: "POST",
  path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/,
  read(desk, request) {
    const named = outTradeNoInPath(request);
    if (named.refusal !== null) return { ok: false, answer: named.refusal };
    const body = readBody(closeBody, request.body);
    if (!body.ok) return body;
    const foreign = refuseForeignMerchant(desk.merchant, body.value);
    if (foreign !== null) return { ok: false, answer: foreign };
    const { outTradeNo } = named;
    const amountFen = desk.ledger.order(outTradeNo).terms?.amountFen ?? 0;
    return { ok: true, value: { outTradeNo, amountFen, perform: () => closeOrder(desk, outTradeNo) } };
  },
};

/** The customer is typing the password of this very payment: ask again. */
export function userPaying(): Answer {
  return refusal(202, "USER_PAYING", "用户支付中，需要输入密码");
}

function closeOrder(desk: Desk, outTradeNo: string): Answer {
  const order = desk.ledger.order(outTradeNo);
  if (order.state === "NONE") return orderNotExist();
  if (!isPaidOnPhone(order.kind)) {
    return refusal(400, "INVALID_REQUEST", "当前交易不允许进行普通关单（只能撤销）", {
      errorNumber: errorNumbers.onlyReverse,
    });
  }
  if (order.state === "SUCCESS" || order.state === "REFUND") return orderPaid();
  if (order.due?.moving === true) return userPaying();
  if (order.state !== "CLOSED") desk.ledger.record({ kind: "closed", at: desk.now(), outTradeNo });
  return answer(204, null);
}
