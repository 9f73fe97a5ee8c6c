import type { BillRow } from "#core/reconciliation/bill.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type BillReader, createBillReader } from "./bill-reader.ts";
import { readBillFen, readDecimal } from "./decimal.ts";

/** What a row has to be about to belong into this bill. */
export interface BillOwner {
  readonly mchid: string;
  /** YYYY-MM-DD, Beijing. */
  readonly day: string;
}

const amounts = [...["应结订单金额", "退款金额", "充值券退款金额", "手续费", "订单金额", "申请退款金额"]] as const;

/** The customer's id (用户标识) is not among them: it never gets further than the line it stands in. */
const columns = [
  ...["交易时间", "商户号", "微信订单号", "商户订单号", "交易状态", "货币种类", "代金券金额"],
  ...["商户退款单号", "退款状态", ...amounts],
];

const sums = [
  ...["总交易单数", "应结订单总金额", "退款总金额", "充值券退款总金额", "手续费总金额", "订单总金额", "申请退款总金额"],
];

/** One whole thing in `readDecimal`'s unit. */
const one = 100_000;

/** Reads a trade bill of type ALL: rows of payments, refunds and reversals, checked against its own sums. */
export function createTradeBillReader(owner: BillOwner): BillReader<BillRow> {
  return createBillReader<BillRow>({
    columns,
    sums,
    roundedSums: ["手续费总金额"],
    readRow(cell, line) {
      const adds: number[] = [one];
      for (const column of amounts) {
        const amount = readDecimal(cell(column));
        if (amount === null) return fail(`${column} is no amount`);
        adds.push(amount);
      }
      const row = readRow(owner, cell, line);
      return row.ok ? ok({ row: row.value, adds }) : row;
    },
  });
}

function readRow(owner: BillOwner, cell: (column: string) => string, line: number): Result<BillRow, string> {
  const time = cell("交易时间");
  const isTime = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/u.test(time) && time.startsWith(owner.day);
  if (!isTime) return fail("交易时间 is not of this day");
  if (cell("商户号") !== owner.mchid) return fail("商户号 is another merchant");
  if (cell("货币种类") !== "CNY") return fail("货币种类 is not CNY");
  const outTradeNo = cell("商户订单号");
  if (outTradeNo === "") return fail("商户订单号 is empty");
  const feeMilliFen = readDecimal(cell("手续费"));
  if (feeMilliFen === null) return fail("手续费 is no amount");
  const state = cell("交易状态");
  if (state === "SUCCESS") {
    const totalFen = readBillFen(cell("订单金额"));
    const couponFen = readBillFen(cell("代金券金额"));
    if (totalFen === null || couponFen === null) return fail("订单金额 or 代金券金额 is not in whole fen");
    const transactionId = cell("微信订单号");
    return ok({ kind: "payment", line, time, outTradeNo, transactionId, totalFen, couponFen, feeMilliFen });
  }
  if (state !== "REFUND" && state !== "REVOKED") return fail("交易状态 is not known");
  const refundFen = readBillFen(cell("申请退款金额"));
  if (refundFen === null) return fail("申请退款金额 is not in whole fen");
  const status = cell("退款状态").toUpperCase();
  const isAlive = status !== "FAIL" && status !== "CLOSED";
  const kind = state === "REVOKED" ? "reversal" : "refund";
  const outRefundNo = cell("商户退款单号");
  return ok({ kind, line, time, outTradeNo, outRefundNo, refundFen, isAlive, feeMilliFen });
}
