import { z } from "zod";
import { beijingDate, beijingMidnight } from "../beijing-time.ts";
import { openidOf } from "../transaction.ts";
import type { BillRow } from "./bill-row.ts";

const outTradeNo = z.string().min(1).max(32);
const outRefundNo = z.string().min(1).max(64);
const amountFen = z.int().min(1);
/** A product name with commas in it is the hazard of an unquoted file. */
const description = z.string().min(1).max(127).default("矿泉水,550ml,2瓶");
const at = z.int().min(0);

/** Body of `POST /gateway/bill/discrepancy`: one way in which the bill and the till do not agree. */
export const discrepancy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("missing-payment"), outTradeNo }),
  z.strictObject({ kind: z.literal("extra-payment"), outTradeNo, amountFen, at, description }),
  z.strictObject({ kind: z.literal("other-amount"), outTradeNo, amountFen }),
  z.strictObject({ kind: z.literal("missing-refund"), outRefundNo }),
  z.strictObject({ kind: z.literal("extra-refund"), outTradeNo, outRefundNo, amountFen, at, description }),
  z.strictObject({ kind: z.literal("other-refund-amount"), outRefundNo, amountFen }),
  /** The row stands half a minute into the next day. */
  z.strictObject({ kind: z.literal("cross-midnight"), outTradeNo }),
  z.strictObject({ kind: z.literal("cross-midnight-refund"), outRefundNo }),
]);
export type Discrepancy = z.output<typeof discrepancy>;

/** The rows as the bill tells them once `one` has got into it. */
export function withDiscrepancy(rows: readonly BillRow[], one: Discrepancy): readonly BillRow[] {
  switch (one.kind) {
    case "missing-payment":
      return rows.filter((row) => !isPayment(row, one.outTradeNo));
    case "extra-payment":
      return [...rows, extraPayment(one)];
    case "other-amount":
      return rows.map((row) => (isPayment(row, one.outTradeNo) ? { ...row, amountFen: one.amountFen } : row));
    case "missing-refund":
      return rows.filter((row) => !isRefund(row, one.outRefundNo));
    case "extra-refund":
      return [...rows, extraRefund(rows, one)];
    case "other-refund-amount":
      return rows.map((row) => (isRefund(row, one.outRefundNo) ? { ...row, amountFen: one.amountFen } : row));
    case "cross-midnight":
      return rows.map((row) => (isPayment(row, one.outTradeNo) ? pastMidnight(row) : row));
    case "cross-midnight-refund":
      return rows.map((row) => (isRefund(row, one.outRefundNo) ? pastMidnight(row) : row));
  }
}

function isPayment(row: BillRow, number: string): boolean {
  return row.kind === "payment" && row.outTradeNo === number;
}

function isRefund(row: BillRow, number: string): boolean {
  return row.refund?.outRefundNo === number;
}

function extraPayment(one: Extract<Discrepancy, { kind: "extra-payment" }>): BillRow {
  return {
    ...{ kind: "payment", atMs: one.at, outTradeNo: one.outTradeNo, amountFen: one.amountFen },
    ...{
      transactionId: numberFrom("4200000891", one.outTradeNo),
      tradeType: "MICROPAY",
      openid: openidOf(1),
      deviceId: "",
    },
    ...{ description: one.description, attach: "", refund: null },
  };
}

function extraRefund(rows: readonly BillRow[], one: Extract<Discrepancy, { kind: "extra-refund" }>): BillRow {
  const payment = rows.find((row) => isPayment(row, one.outTradeNo)) ?? extraPayment({ ...one, kind: "extra-payment" });
  const { outRefundNo, amountFen } = one;
  const refund = { refundId: numberFrom("5030000708", outRefundNo), outRefundNo };
  const end = { status: "SUCCESS", endedAtMs: one.at };
  return { ...payment, kind: "refund", atMs: one.at, amountFen, refund: { ...refund, end } };
}

/** A made-up number of the gateway's that is always the same for the same number of the shop. */
function numberFrom(prefix: string, number: string): string {
  const digits = [...number].map((character) => `${character.charCodeAt(0) % 10}`).join("");
  return prefix + digits.padStart(18, "0").slice(-18);
}

const dayMs = 24 * 3_600_000;

function pastMidnight(row: BillRow): BillRow {
  return { ...row, atMs: beijingMidnight(beijingDate(row.atMs)) + dayMs + 30_000 };
}
