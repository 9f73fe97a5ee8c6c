import type { BillRow } from "#core/reconciliation/bill.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type BillReader, createBillReader } from "./bill-reader.ts";
import { isTimeOfDay } from "./bill-time.ts";
import { asFen, readBillFen, readDecimal } from "./decimal.ts";

/** What a row has to be about to belong into this bill. */
export interface BillOwner {
  readonly mchid: string;
  /** YYYY-MM-DD, Beijing. */
  readonly day: string;
}

/** Those of the bill's own sums, in the order of its last row; the first sum counts the rows. */
const amounts = ["应结订单金额", "退款金额", "充值券退款金额", "手续费", "订单金额", "申请退款金额"] as const;
const feeIndex = 4;
const totalIndex = 5;
const askedBackIndex = 6;

/** The customer's id (用户标识) is not among them: it never gets further than the line it stands in. */
const columns = [
  ...["交易时间", "商户号", "微信订单号", "商户订单号", "交易状态", "货币种类"],
  ...["代金券金额", "商户退款单号", "退款状态", ...amounts],
];
const place = (column: string): number => columns.indexOf(column);
const time = place("交易时间");
const merchant = place("商户号");
const transaction = place("微信订单号");
const order = place("商户订单号");
const tradeState = place("交易状态");
const currency = place("货币种类");
const coupon = place("代金券金额");
const refundNumber = place("商户退款单号");
const refundStatus = place("退款状态");
const firstAmount = place(amounts[0]);

const sums = [
  ...["总交易单数", "应结订单总金额", "退款总金额", "充值券退款总金额", "手续费总金额", "订单总金额", "申请退款总金额"],
];

/** All the columns a bill of type ALL has, but the customer's id. */
const keepable = [
  ...["交易时间", "公众账号ID", "商户号", "特约商户号", "设备号", "微信订单号", "商户订单号", "交易类型", "交易状态"],
  ...[
    "付款银行",
    "货币种类",
    "应结订单金额",
    "代金券金额",
    "微信退款单号",
    "商户退款单号",
    "退款金额",
    "充值券退款金额",
  ],
  ...["退款类型", "退款状态", "商品名称", "商户数据包", "手续费", "费率", "订单金额", "申请退款金额", "费率备注"],
];

/** One whole thing in `readDecimal`'s unit. */
const one = 100_000;

/**
 * Reads a trade bill of type ALL: rows of payments, refunds and reversals, checked against its own sums. `keep` is told
 * every line without the customers' ids.
 */
export function createTradeBillReader(owner: BillOwner, keep?: (line: string) => void): BillReader<BillRow> {
  const layout = {
    ...{ columns, sums },
    freeText: ["商品名称", "商户数据包"],
    keepable,
    roundedSums: ["手续费总金额"],
    readRow(cell: Cell, line: number, adds: number[]): Result<BillRow, string> {
      adds.push(one);
      for (let index = 0; index < amounts.length; index += 1) {
        const amount = readDecimal(cell(firstAmount + index));
        if (amount === null) return fail(`${amounts[index] ?? ""} is no amount`);
        adds.push(amount);
      }
      return readRow(owner, cell, line, adds);
    },
  };
  return createBillReader<BillRow>(layout, keep);
}

type Cell = (column: number) => string;

function readRow(owner: BillOwner, cell: Cell, line: number, adds: readonly number[]): Result<BillRow, string> {
  const at = cell(time);
  if (!isTimeOfDay(at, owner.day)) return fail("交易时间 is not of this day");
  if (cell(merchant) !== owner.mchid) return fail("商户号 is another merchant");
  if (cell(currency) !== "CNY") return fail("货币种类 is not CNY");
  const outTradeNo = cell(order);
  if (outTradeNo === "") return fail("商户订单号 is empty");
  const feeMilliFen = adds[feeIndex] ?? 0;
  const state = cell(tradeState);
  if (state === "SUCCESS") {
    const totalFen = asFen(adds[totalIndex] ?? 0);
    const couponFen = readBillFen(cell(coupon));
    if (totalFen === null || couponFen === null) return fail("订单金额 or 代金券金额 is not in whole fen");
    const transactionId = cell(transaction);
    return ok({ kind: "payment", line, time: at, outTradeNo, transactionId, totalFen, couponFen, feeMilliFen });
  }
  if (state !== "REFUND" && state !== "REVOKED") return fail("交易状态 is not known");
  const refundFen = asFen(adds[askedBackIndex] ?? 0);
  if (refundFen === null) return fail("申请退款金额 is not in whole fen");
  const status = cell(refundStatus).toUpperCase();
  const isAlive = status !== "FAIL" && status !== "CLOSED";
  const kind = state === "REVOKED" ? "reversal" : "refund";
  return ok({ kind, line, time: at, outTradeNo, outRefundNo: cell(refundNumber), refundFen, isAlive, feeMilliFen });
}
