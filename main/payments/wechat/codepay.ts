import { fen } from "#core/money/fen.ts";
import type { PayAnswer } from "#core/tender/gateway-answer.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import { ask, type GatewayLine, type Question, type SignedReply } from "#wechatpay/ask.ts";
import { isCode, refusalOf, unknownOf } from "#wechatpay/classify.ts";
import { ordersTarget, partyFields } from "#wechatpay/party.ts";
import { impossibleCode, type ProbeAnswer, refusedField } from "./connection-test.ts";
import { billText } from "#wechatpay/text.ts";
import { readPayment, readTransaction } from "#wechatpay/transaction.ts";

/** Where the payment is taken; the gateway wants it with every scanned code. */
export interface Scene {
  readonly deviceId: string;
  readonly storeInfo: WechatPayConfig["storeInfo"];
}

/** 18 digits beginning 10–15 (15: Hong Kong wallet); anything else is no payment code and is not sent. */
export const paymentCode = /^1[0-5]\d{16}$/u;

/**
 * Takes `order` from the customer's scanned code. Posted once and never again: a code works once, and a second post of
 * a payment that went through is answered as an invalid code. Paid only by a verified success for exactly this order.
 */
export async function codepay(
  line: GatewayLine,
  scene: Scene,
  order: PaymentOrder,
  authCode: string,
): Promise<PayAnswer> {
  if (!paymentCode.test(authCode)) return { kind: "refused", reason: "code-invalid", code: "NOT_A_PAYMENT_CODE" };
  const reply = await ask(line, codepayQuestion(line, scene, order, authCode));
  return reply.kind === "signed" ? payAnswer(line, order, reply) : reply;
}

/** Asks for a payment with a code no wallet shows, to see what the gateway says of everything else. */
export async function probeCodepay(line: GatewayLine, scene: Scene, outTradeNo: string): Promise<ProbeAnswer> {
  const order = { outTradeNo, amountFen: fen(1), description: "Tillway" };
  const reply = await ask(line, codepayQuestion(line, scene, order, impossibleCode));
  if (reply.kind === "unknown") return reply;
  return { kind: "signed", status: reply.status, code: reply.code, field: refusedField(reply.body) };
}

function codepayQuestion(line: GatewayLine, scene: Scene, order: PaymentOrder, authCode: string): Question {
  const { id, outId } = scene.storeInfo;
  return {
    method: "POST",
    target: `${ordersTarget(line)}/codepay`,
    isOnce: true,
    body: {
      ...partyFields(line),
      description: billText(order.description, order.outTradeNo),
      out_trade_no: order.outTradeNo,
      payer: { auth_code: authCode },
      amount: { total: order.amountFen, currency: "CNY" },
      scene_info: { device_id: scene.deviceId, store_info: id === undefined ? { out_id: outId } : { id } },
    },
  };
}

function payAnswer(line: GatewayLine, order: PaymentOrder, reply: SignedReply): PayAnswer {
  const { status, code } = reply;
  // 202 is "accepted, not final" whatever its body says.
  if (status === 202 || isCode(code, "USERPAYING")) return { kind: "user-paying" };
  if (status !== 200) {
    const reason = refusalOf(status, code);
    return reason === null || code === null ? unknownOf(status, code) : { kind: "refused", reason, code };
  }
  const transaction = readTransaction(line, order.outTradeNo, reply.body);
  if (!transaction.ok) return { kind: "unknown", cause: transaction.fault, code };
  const state = transaction.value.trade_state;
  if (state === "USERPAYING") return { kind: "user-paying" };
  if (state !== "SUCCESS") return { kind: "unknown", cause: "unlisted-code", code: state };
  const payment = readPayment(transaction.value, order.amountFen);
  return payment.ok ? { kind: "paid", facts: payment.value } : { kind: "unknown", cause: payment.fault, code: state };
}
