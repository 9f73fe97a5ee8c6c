import { randomBytes, randomUUID } from "node:crypto";
import type { JsonObject } from "../answer.ts";
import { beijingTime } from "../beijing-time.ts";
import type { Merchant } from "../operation.ts";
import type { LedgerEvent, Order } from "../order.ts";
import type { Refund } from "../refund/refund-record.ts";
import { userAccount } from "../refund/refund-object.ts";
import { sealText } from "../signing.ts";
import { transactionOf } from "../transaction.ts";

/** One thing the gateway has to tell the shop, as it will be sent every time. */
export interface Notice {
  readonly id: string;
  readonly eventType: string;
  readonly outTradeNo: string;
  readonly outRefundNo: string | null;
  /** Where the shop asked to be told. */
  readonly notifyUrl: string;
  /** The JSON text, sealed resource included. */
  readonly body: string;
}

const summaries: Readonly<Record<string, string>> = {
  "TRANSACTION.SUCCESS": "支付成功",
  "REFUND.SUCCESS": "退款成功",
  "REFUND.ABNORMAL": "退款异常",
  "REFUND.CLOSED": "退款关闭",
};

/**
 * The notice that `event` calls for, or null: payments by QR code always, refunds that named a notify_url, payment codes
 * never. Source: 4012791836, 4012075420.
 */
export function noticeOf(merchant: Merchant, event: LedgerEvent, order: Order): Notice | null {
  const { apiV3Key } = merchant;
  if (apiV3Key === undefined) return null;
  const { at, outTradeNo } = event;
  if (event.kind === "paid" && order.notifyUrl !== null) {
    const eventType = "TRANSACTION.SUCCESS";
    const resource = transactionOf(merchant, order);
    const { notifyUrl } = order;
    return { ...seal(apiV3Key, at, eventType, "transaction", resource), outTradeNo, outRefundNo: null, notifyUrl };
  }
  if (event.kind !== "refund-ended") return null;
  const { outRefundNo } = event;
  const refund = order.refunds.find((known) => known.outRefundNo === outRefundNo);
  if (refund === undefined || refund.notifyUrl === null) return null;
  const resource = refundResource(merchant, order, refund);
  const { notifyUrl } = refund;
  return { ...seal(apiV3Key, at, `REFUND.${event.status}`, "refund", resource), outTradeNo, outRefundNo, notifyUrl };
}

function refundResource(merchant: Merchant, order: Order, refund: Refund): JsonObject {
  const total = order.terms?.amountFen ?? 0;
  const isDone = refund.status === "SUCCESS" && refund.endedAtMs !== null;
  return {
    mchid: merchant.mchid,
    transaction_id: order.transactionId ?? "",
    out_trade_no: order.outTradeNo,
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    refund_status: refund.status,
    ...(isDone ? { success_time: beijingTime(refund.endedAtMs) } : {}),
    user_received_account: userAccount,
    amount: { total, refund: refund.amountFen, payer_total: total, payer_refund: refund.amountFen },
  };
}

function seal(
  apiV3Key: string,
  atMs: number,
  eventType: string,
  originalType: "transaction" | "refund",
  resource: JsonObject,
): Pick<Notice, "id" | "eventType" | "body"> {
  const id = randomUUID();
  const nonce = randomBytes(6).toString("hex");
  const associatedData = originalType;
  const ciphertext = sealText(JSON.stringify(resource), { apiV3Key, nonce, associatedData });
  const body = {
    ...{ id, create_time: beijingTime(atMs), resource_type: "encrypt-resource", event_type: eventType },
    summary: summaries[eventType] ?? "",
    resource: {
      ...{ original_type: originalType, algorithm: "AEAD_AES_256_GCM", ciphertext },
      ...{ associated_data: associatedData, nonce },
    },
  };
  return { id, eventType, body: JSON.stringify(body) };
}
