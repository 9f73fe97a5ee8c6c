import { constants, type KeyObject, publicEncrypt } from "node:crypto";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import type { OnwardOrder, RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { ask, type GatewayLine } from "#wechatpay/ask.ts";
import { refundAnswer } from "#wechatpay/refund.ts";

/**
 * Sends a stuck refund on (apply-abnormal-refund): to the shop's own bank account, or to the customer's debit card, whose
 * number and holder travel sealed. The gateway takes it for an ABNORMAL refund only, so the same asked twice moves
 * nothing twice. `refundId` is the gateway's own number of it.
 */
export async function sendOnward(
  line: GatewayLine,
  order: RefundOrder,
  refundId: string,
  onward: OnwardOrder,
): Promise<RefundAnswer> {
  const key = onward.to === "customer-card" ? line.sealingKey() : null;
  if (onward.to === "customer-card" && key === null) {
    line.log("no key of the gateway to seal a bank card with", {});
    return { kind: "refused", reason: "merchant-configuration", code: "NO_SEALING_KEY" };
  }
  const reply = await ask(line, {
    method: "POST",
    target: `/v3/refund/domestic/refunds/${encodeURIComponent(refundId)}/apply-abnormal-refund`,
    ...(key === null ? {} : { sealedFor: key.serial }),
    body: {
      ...(line.partner === null ? {} : { sub_mchid: line.partner.subMchid }),
      out_refund_no: order.outRefundNo,
      ...whereTo(onward, (text) => (key === null ? "" : seal(key.key, text))),
    },
  });
  return reply.kind === "unknown" ? reply : refundAnswer(order, reply);
}

function whereTo(onward: OnwardOrder, sealed: (text: string) => string): Readonly<Record<string, string>> {
  if (onward.to === "shop-account") return { type: "MERCHANT_BANK_CARD" };
  return {
    type: "USER_BANK_CARD",
    bank_type: onward.bankType,
    bank_account: sealed(onward.account),
    real_name: sealed(onward.name),
  };
}

/** The documentation's rule for what is personal: RSA-OAEP with SHA-1, base64 (4013053257). */
function seal(key: KeyObject, text: string): string {
  return publicEncrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
    Buffer.from(text),
  ).toString("base64");
}
