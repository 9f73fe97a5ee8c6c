import { beijingBillTime } from "../beijing-time.ts";
import type { Merchant } from "../operation.ts";
import type { BillRow } from "./bill-row.ts";
import { billFile } from "./csv.ts";
import { feeFen, feeRate, yuan } from "./yuan.ts";

export const billTypes = ["ALL", "SUCCESS", "REFUND"] as const;
export type BillType = (typeof billTypes)[number];

type Cell = (row: BillRow, merchant: Merchant) => string;
type Columns = readonly (readonly [header: string, cell: Cell])[];

const head: Columns = [
  ["交易时间", (row) => beijingBillTime(row.atMs)],
  ["公众账号ID", (_, merchant) => merchant.appid],
  ["商户号", (_, merchant) => merchant.mchid],
  ["特约商户号", () => "0"],
  ["设备号", (row) => row.deviceId],
  ["微信订单号", (row) => row.transactionId],
  ["商户订单号", (row) => row.outTradeNo],
  ["用户标识", (row) => row.openid],
  ["交易类型", (row) => row.tradeType],
  ["交易状态", (row) => ({ payment: "SUCCESS", refund: "REFUND", reversal: "REVOKED" })[row.kind]],
  ["付款银行", () => "OTHERS"],
  ["货币种类", () => "CNY"],
  ["应结订单金额", (row) => yuan(paidFen(row))],
  ["代金券金额", () => "0.00"],
];

const refundTimes: Columns = [
  ["退款申请时间", (row) => beijingBillTime(row.atMs)],
  ["退款成功时间", (row) => timeOrNothing(row.refund?.end.endedAtMs ?? null)],
];

const refundPart: Columns = [
  ["微信退款单号", (row) => row.refund?.refundId ?? "0"],
  ["商户退款单号", (row) => row.refund?.outRefundNo ?? "0"],
  ["退款金额", (row) => yuan(returnedFen(row))],
  ["充值券退款金额", () => "0.00"],
  ["退款类型", (row) => (row.refund === null ? "" : "ORIGINAL")],
  ["退款状态", (row) => row.refund?.end.status ?? ""],
];

const goods: Columns = [
  ["商品名称", (row) => row.description],
  ["商户数据包", (row) => row.attach],
  ["手续费", (row) => yuan(rowFeeFen(row), 5)],
  ["费率", () => feeRate],
  ["订单金额", (row) => yuan(paidFen(row))],
];

const asked: Columns = [["申请退款金额", (row) => yuan(returnedFen(row))]];
const remark: Columns = [["费率备注", () => ""]];

/** ALL is given by the facts and the published sample; the other two by the documentation of the older interface. */
const columnsOf: Readonly<Record<BillType, Columns>> = {
  ALL: [...head, ...refundPart, ...goods, ...asked, ...remark],
  SUCCESS: [...head, ...goods, ...remark],
  REFUND: [...head, ...refundTimes, ...refundPart, ...goods, ...asked, ...remark],
};

export function isInTradeBill(type: BillType, row: BillRow): boolean {
  return type === "ALL" || (type === "SUCCESS") === (row.kind === "payment");
}

/** The trade bill of `rows`, all of one day and of the right type. */
export function tradeBillFile(type: BillType, rows: readonly BillRow[], merchant: Merchant): Buffer {
  const columns = columnsOf[type];
  const total = (of: (row: BillRow) => number) => yuan(rows.reduce((sum, row) => sum + of(row), 0));
  const summary = {
    header: [
      ...["总交易单数", "应结订单总金额", "退款总金额", "充值券退款总金额"],
      ...["手续费总金额", "订单总金额", "申请退款总金额"],
    ],
    // The count with a decimal, as the published sample has it.
    values: [
      ...[`${rows.length}.0`, total(paidFen), total(returnedFen), "0.00"],
      ...[total(rowFeeFen), total(paidFen), total(returnedFen)],
    ],
  };
  const lines = rows.map((row) => columns.map(([, cell]) => cell(row, merchant)));
  return billFile(
    columns.map(([header]) => header),
    lines,
    summary,
  );
}

function paidFen(row: BillRow): number {
  return row.kind === "payment" ? row.amountFen : 0;
}

function returnedFen(row: BillRow): number {
  return row.kind === "payment" ? 0 : row.amountFen;
}

function rowFeeFen(row: BillRow): number {
  const fee = feeFen(row.amountFen);
  return row.kind === "payment" || fee === 0 ? fee : -fee;
}

function timeOrNothing(atMs: number | null): string {
  return atMs === null ? "" : beijingBillTime(atMs);
}
