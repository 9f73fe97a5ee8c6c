import type { FundFlowRow } from "#core/reconciliation/fund-flow.ts";
import { fail, ok } from "#core/result.ts";
import { type BillReader, createBillReader } from "./bill-reader.ts";
import { readBillFen, readDecimal } from "./decimal.ts";

const columns = [
  ...["记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "收支类型", "收支金额(元)", "业务凭证号"],
];

/** One whole thing in `readDecimal`'s unit. */
const one = 100_000;

/** Reads a fund-flow bill of one account and day, checked against its own sums. Who asked for a movement is not read. */
export function createFundFlowReader(day: string): BillReader<FundFlowRow> {
  return createBillReader<FundFlowRow>({
    columns,
    sums: ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"],
    roundedSums: [],
    readRow(cell, line) {
      const time = cell("记账时间");
      const isTime = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/u.test(time) && time.startsWith(day);
      if (!isTime) return fail("记账时间 is not of this day");
      const told = cell("收支类型");
      if (told !== "收入" && told !== "支出") return fail("收支类型 is neither in nor out");
      const amountFen = readBillFen(cell("收支金额(元)"));
      const amount = readDecimal(cell("收支金额(元)"));
      if (amountFen === null || amount === null || amountFen < 0) return fail("收支金额 is no amount");
      const isIn = told === "收入";
      return ok({
        row: {
          line,
          time,
          transactionId: cell("微信支付业务单号"),
          flowId: cell("资金流水单号"),
          business: cell("业务名称"),
          direction: isIn ? "in" : "out",
          amountFen,
          voucher: cell("业务凭证号"),
        },
        adds: [one, isIn ? one : 0, isIn ? amount : 0, isIn ? 0 : one, isIn ? 0 : amount],
      });
    },
  });
}
