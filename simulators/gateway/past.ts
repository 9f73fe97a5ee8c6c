import { z } from "zod";
import { ControlError } from "../control/route.ts";
import type { Ledger } from "./ledger.ts";

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

/**
 * Writes the payments into the book: all of them or, with a `ControlError`, none. Refused are known numbers, a time to
 * come, and giving back more than was paid.
 */
export function writePast(ledger: Ledger, nowMs: number, payments: readonly PastPayment[]): void {
  const numbers = new Set<string>();
  for (const payment of payments) {
    const objection = objectionTo(ledger, nowMs, payment, numbers);
    if (objection !== null) throw new ControlError(`${payment.outTradeNo} ${objection}`);
  }
  for (const payment of payments) writePayment(ledger, payment);
}

function objectionTo(ledger: Ledger, nowMs: number, payment: PastPayment, numbers: Set<string>): string | null {
  const { outTradeNo, refunds, reversedAt } = payment;
  const times = [payment.at, reversedAt ?? 0, ...refunds.map((refund) => refund.at)];
  const returned = refunds.reduce((sum, refund) => sum + (refund.status === "CLOSED" ? 0 : refund.amountFen), 0);
  const own = [outTradeNo, ...refunds.map(({ outRefundNo }) => `refund ${outRefundNo}`)];
  const isKnown =
    ledger.order(outTradeNo).state !== "NONE" ||
    refunds.some(({ outRefundNo }) => ledger.findByRefund(outRefundNo) !== null) ||
    own.some((number) => numbers.has(number));
  for (const number of own) numbers.add(number);
  if (isKnown) return "or one of its refunds is in the book already";
  if (Math.max(...times) > nowMs) return "has not happened yet";
  if (returned > payment.amountFen) return "gives back more than was paid";
  return reversedAt !== undefined && refunds.length > 0 ? "cannot be refunded and reversed" : null;
}

function writePayment(ledger: Ledger, payment: PastPayment): void {
  const { outTradeNo, amountFen, at, kind, description, attach, deviceId } = payment;
  const terms = { at, outTradeNo, amountFen, description, attach, deviceId, digest: "" };
  if (kind === "native") ledger.record({ ...terms, kind: "opened", expiresAtMs: at });
  else {
    const quiet = { codeDigest: "", visibleFromMs: at, promptsPhone: false, due: null };
    ledger.record({ ...terms, ...quiet, kind: "charging" });
  }
  const { transactionId } = ledger.pay(outTradeNo, at);
  for (const [index, refund] of payment.refunds.entries()) {
    const { outRefundNo, status } = refund;
    const refundId = `50${(transactionId ?? "").slice(2, -2)}${`${index}`.padStart(2, "0")}`;
    const facts = { outTradeNo, outRefundNo, at: refund.at };
    const due = { atMs: refund.at, status };
    ledger.record({ ...facts, kind: "refund-accepted", refundId, amountFen: refund.amountFen, digest: "", due });
    ledger.record({ ...facts, kind: "refund-ended", status });
  }
  const { reversedAt } = payment;
  if (reversedAt !== undefined) ledger.record({ kind: "refunded", at: reversedAt, outTradeNo, amountFen });
}
