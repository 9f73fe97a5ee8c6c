import { orderClosed, orderPaid, refusal, type Answer } from "./answer.ts";
import { digestOf, readBody } from "./body.ts";
import type { Call, Desk, Operation, PhoneAnswer } from "./operation.ts";
import { isPaidOnPhone, type FailureReason, type Order } from "./order.ts";
import { refuseForeignMerchant } from "./ownership.ts";
import { codepayAnswer } from "./transaction.ts";
import { codepayBody, type CodepayBody } from "./wire.ts";

/** Payment-code pay (被扫): charges the customer whose 18-digit code was scanned. */
export const codepay: Operation = {
  name: "codepay",
  method: "POST",
  path: /^\/v3\/pay\/transactions\/codepay$/,
  read(desk, request) {
    const body = readBody(codepayBody, request.body);
    if (!body.ok) return body;
    const foreign = refuseForeignMerchant(desk.merchant, body.value);
    if (foreign !== null) return { ok: false, answer: foreign };
    return { ok: true, value: codepayCall(desk, body.value) };
  },
};

/** The same for both protocols: `body` is a V3 body, or a V2 request translated into one. */
export function codepayCall(desk: Desk, body: CodepayBody): Call {
  const outTradeNo = body.out_trade_no;
  const { payer, ...terms } = body;
  return {
    outTradeNo,
    amountFen: body.amount.total,
    authCode: payer.auth_code,
    perform({ phone, queryDelayMs = 0 }) {
      const order = desk.ledger.order(outTradeNo);
      if (wasSentBefore(desk, order)) {
        desk.ledger.record({ kind: "violation", at: desk.now(), outTradeNo, rule: "codepay-sent-twice" });
      }
      if (order.state !== "NONE") return answerRepeat(desk, order, digestOf(terms));
      if (phone !== undefined) desk.phone.useUp(payer.auth_code);
      const said = phone ?? desk.phone.present(payer.auth_code, body.amount.total);
      if (said.kind === "bad-code") return badCode(said.fault);
      openOrder(desk, body, said, queryDelayMs);
      return conclude(desk, outTradeNo, said);
    },
    restate: () => codepayAnswer(desk.merchant, desk.ledger.order(outTradeNo)),
  };
}

/** A payment-code pay must never be sent again, whatever its answer was: the till has to query. */
function wasSentBefore(desk: Desk, order: Order): boolean {
  if (order.kind === "codepay") return true;
  return desk.ledger
    .history(order.outTradeNo)
    .some((event) => event.kind === "request" && event.operation === "codepay");
}

/**
 * A number used before. With the same parameters but a spent or another code the real gateway answers the misleading
 * AUTH_CODE_INVALID (community reports); it never charges a second time.
 */
function answerRepeat(desk: Desk, order: Order, digest: string): Answer {
  if (isPaidOnPhone(order.kind)) {
    const { outTradeNo } = order;
    desk.ledger.record({ kind: "violation", at: desk.now(), outTradeNo, rule: "number-used-for-another-scene" });
  }
  if (order.kind !== "codepay" || order.terms?.digest !== digest) {
    return refusal(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  }
  if (order.state === "SUCCESS") return orderPaid();
  if (order.state === "REVOKED" || order.state === "REFUND") return orderClosed();
  return badCode("used");
}

function openOrder(desk: Desk, body: CodepayBody, said: PhoneAnswer, queryDelayMs: number): void {
  const at = desk.now();
  const { payer, ...terms } = body;
  const asks = said.kind === "asks-password" ? said : null;
  desk.ledger.record({
    kind: "charging",
    at,
    outTradeNo: body.out_trade_no,
    amountFen: body.amount.total,
    description: body.description,
    digest: digestOf(terms),
    attach: body.attach,
    deviceId: body.scene_info.device_id,
    codeDigest: digestOf(payer.auth_code),
    visibleFromMs: at + queryDelayMs,
    promptsPhone: asks?.promptsPhone ?? false,
    due: asks?.due ?? null,
  });
}

function conclude(desk: Desk, outTradeNo: string, said: Exclude<PhoneAnswer, { kind: "bad-code" }>): Answer {
  const at = desk.now();
  switch (said.kind) {
    case "pays":
      return codepayAnswer(desk.merchant, desk.ledger.pay(outTradeNo, at));
    case "asks-password":
      return codepayAnswer(desk.merchant, desk.ledger.order(outTradeNo));
    case "declines":
      desk.ledger.record({ kind: "failed", at, outTradeNo, reason: said.reason });
      return declined(said.reason);
  }
}

function declined(reason: FailureReason): Answer {
  switch (reason) {
    case "not-enough":
      return refusal(403, "NOT_ENOUGH", "用户帐号余额不足，请用户更换银行卡或充值");
    case "card-not-supported":
      // The gateway's own spelling: v2/4011937125.
      return refusal(403, "NOTSUPORTCARD", "不支持卡类型，请用户换卡支付");
    case "limit-reached":
      return refusal(403, "RULE_LIMIT", "业务规则限制，超过支付限额");
    case "order-closed":
      return orderClosed();
    case "trade-error":
      return refusal(403, "TRADE_ERROR", "交易错误，业务错误导致交易失败");
    case "bank-error":
      return refusal(500, "BANK_ERROR", "银行系统异常");
    case "refused":
      return refusal(403, "TRADE_ERROR", "用户取消支付");
  }
}

/** Wordings seen from the real gateway. The HTTP status of V3 is not published; 400 is our reading. */
function badCode(fault: Extract<PhoneAnswer, { kind: "bad-code" }>["fault"]): Answer {
  switch (fault) {
    case "expired":
      return refusal(400, "AUTH_CODE_EXPIRE", "101 付款码已过期,请退出重试");
    case "used":
      return refusal(400, "AUTH_CODE_INVALID", "101 每个二维码仅限使用一次，请刷新再试");
    case "unknown":
      return refusal(400, "AUTH_CODE_INVALID", "101 付款码无效,请重新扫码");
    case "prefix":
      return refusal(400, "AUTH_CODE_ERROR", "101 请扫描微信支付授权码(以10/11/12/13/14/15为前缀的18位数字)");
  }
}
