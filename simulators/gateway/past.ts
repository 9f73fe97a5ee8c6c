import { z } from "zod";
import { ControlError } from "../control/route.ts";
import type { Ledger } from "./ledger.ts";
import { remainingFen } from "./order.ts";

const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/);
const amountFen = z.int().min(1);
/** Milliseconds since the epoch. */
const at = z.int().min(0);

const pastRefund = z.strictObject({
  outRefundNo: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  amountFen,
  at,
  status: z.enum(["SUCCESS", "ABNORMAL", "CLOSED"]).default("SUCCESS"),
});

const pastPayment = z.strictObject({
  outTradeNo,
  amountFen,
  at,
  kind: z.enum(["codepay", "native"]).default("codepay"),
  description: z.string().min(1).max(127).default("日用百货"),
  attach: z.string().max(128).optional(),
  deviceId: z.string().max(32).optional(),
  refunds: z.array(pastRefund).max(50).default([]),
  /** A payment that was reversed. */
  reversedAt: at.optional(),
});
type PastPayment = z.output<typeof pastPayment>;

/** Body of `POST /gateway/past`: payments that shall have happened, without a till and a customer for each. */
export const pastRequest = z.strictObject({ payments: z.array(pastPayment).min(1).max(10_000) });

/** Writes the payments into the book. Throws `ControlError` for a known number, a time to come, or too large a refund. */
export function writePast(ledger: Ledger, nowMs: number, payments: readonly PastPayment[]): void {
  for (const payment of payments) {
    const { outTradeNo } = payment;
    if (ledger.order(outTradeNo).state !== "NONE") throw new ControlError(`${outTradeNo} is in the book already`);
    const times = [payment.at, payment.reversedAt ?? 0, ...payment.refunds.map((refund) => refund.at)];
    if (Math.max(...times) > nowMs) throw new ControlError(`${outTradeNo} has not happened yet`);
    writePayment(ledger, payment);
  }
}

function writePayment(ledger: Ledger, payment: PastPayment): void {
  const { outTradeNo, amountFen, at, kind, description, attach, deviceId } = payment;
  const terms = { at, outTradeNo, amountFen, description, attach, deviceId, digest: "" };
  if (kind === "native") ledger.record({ ...terms, kind: "opened", expiresAtMs: at });
  else {
    const quiet = { codeDigest: "", visibleFromMs: at, promptsPhone: false, due: null };
    ledger.record({ ...terms, ...quiet, kind: "charging" });
  }
  ledger.pay(outTradeNo, at);
  for (const [index, refund] of payment.refunds.entries()) {
    const { outRefundNo, status } = refund;
    const order = ledger.order(outTradeNo);
    if (refund.amountFen > remainingFen(order) || ledger.findByRefund(outRefundNo) !== null) {
      throw new ControlError(`${outRefundNo} cannot have been a refund of ${outTradeNo}`);
    }
    const refundId = `50${(order.transactionId ?? "").slice(2, -2)}${`${index}`.padStart(2, "0")}`;
    const due = { atMs: refund.at, status };
    const facts = { outTradeNo, outRefundNo, at: refund.at };
    ledger.record({ ...facts, kind: "refund-accepted", refundId, amountFen: refund.amountFen, digest: "", due });
    ledger.record({ ...facts, kind: "refund-ended", status });
  }
  const { reversedAt } = payment;
  if (reversedAt === undefined) return;
  if (payment.refunds.length > 0) throw new ControlError(`${outTradeNo} cannot be refunded and reversed`);
  ledger.record({ kind: "refunded", at: reversedAt, outTradeNo, amountFen });
}
