import type { FundFlowRow } from "#core/reconciliation/fund-flow.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type BillReader, createBillReader } from "./bill-reader.ts";
import { isTimeOfDay } from "./bill-time.ts";
import { asFen, readDecimal } from "./decimal.ts";

const columns = [
  ...["记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "收支类型", "收支金额(元)", "业务凭证号"],
];
const [time, transaction, flow, business, direction, amount, voucher] = [0, 1, 2, 3, 4, 5, 6] as const;

/** All the columns there are, but who asked for a movement. */
const keepable = [
  ...[
    "记账时间",
    "微信支付业务单号",
    "资金流水单号",
    "业务名称",
    "业务类型",
    "收支类型",
    "收支金额(元)",
    "账户结余(元)",
  ],
  ...["备注", "业务凭证号"],
];

/** One whole thing in `readDecimal`'s unit. */
const one = 100_000;

/**
 * Reads a fund-flow bill of one account and day, checked against its own sums. Who asked for a movement is not read, and
 * not told to `keep`.
 */
export function createFundFlowReader(day: string, keep?: (line: string) => void): BillReader<FundFlowRow> {
  const layout = {
    columns,
    sums: ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"],
    freeText: ["备注"],
    keepable,
    roundedSums: [],
    readRow(cell: (column: number) => string, line: number, adds: number[]): Result<FundFlowRow, string> {
      const at = cell(time);
      if (!isTimeOfDay(at, day)) return fail("记账时间 is not of this day");
      const told = cell(direction);
      if (told !== "收入" && told !== "支出") return fail("收支类型 is neither in nor out");
      const exact = readDecimal(cell(amount));
      const amountFen = exact === null ? null : asFen(exact);
      if (amountFen === null || exact === null || amountFen < 0) return fail("收支金额 is no amount");
      const isIn = told === "收入";
      adds.push(one, isIn ? one : 0, isIn ? exact : 0, isIn ? 0 : one, isIn ? 0 : exact);
      return ok({
        line,
        time: at,
        transactionId: cell(transaction),
        flowId: cell(flow),
        business: cell(business),
        direction: isIn ? "in" : "out",
        amountFen,
        voucher: cell(voucher),
      });
    },
  };
  return createBillReader<FundFlowRow>(layout, keep);
}
