import type { PayAnswer } from "#core/tender/gateway-answer.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { PaymentOrder } from "#main/till/ports/payment-gateway.ts";
import { ask, type GatewayLine, type SignedReply } from "./ask.ts";
import { isCode, refusalOf, unknownOf } from "./classify.ts";
import { billText } from "./text.ts";
import { readPayment, readTransaction } from "./transaction.ts";

/** Where the payment is taken; the gateway wants it with every scanned code. */
export interface Scene {
  readonly deviceId: string;
  readonly storeInfo: WechatPayConfig["storeInfo"];
}

/** 18 digits beginning 10–15 (15: Hong Kong wallet); anything else is no payment code and is not sent. */
const paymentCode = /^1[0-5]\d{16}$/u;

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
  const { id, outId } = scene.storeInfo;
  const reply = await ask(line, {
    method: "POST",
    target: "/v3/pay/transactions/codepay",
    body: {
      appid: line.appid,
      mchid: line.merchant.mchid,
      description: billText(order.description, order.outTradeNo),
      out_trade_no: order.outTradeNo,
      payer: { auth_code: authCode },
      amount: { total: order.amountFen, currency: "CNY" },
      scene_info: { device_id: scene.deviceId, store_info: id === undefined ? { out_id: outId } : { id } },
    },
  });
  return reply.kind === "signed" ? payAnswer(line, order, reply) : reply;
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
