import { describe, expect, it } from "vitest";
import { createFundFlowReader } from "./fund-flow-bill.ts";

const header =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const text = (sums: string, direction = "收入") =>
  [
    header,
    `\`2026-11-20 12:00:00,\`4200,\`F1,\`交易,\`交易,\`${direction},\`12.50,\`100.00,\`system,\`结算, 含手续费,\`T1`,
    "`2026-11-20 13:00:00,`5000,`F2,`退款,`退款,`支出,`0.50,`99.50,`1900007291API,`,`R1",
    "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额",
    sums,
    "",
  ].join("\r\n");

function read(bill: string, day = "2026-11-20") {
  const reader = createFundFlowReader(day);
  reader.push(bill);
  return reader.end();
}

describe("a fund-flow bill", () => {
  it("tells every movement with its direction, and agrees with its sums", () => {
    const flow = { time: "2026-11-20 12:00:00", transactionId: "4200", flowId: "F1", business: "交易", voucher: "T1" };
    expect(read(text("`2.0,`1.0,`12.50,`1.0,`0.50"))).toEqual({
      ok: true,
      value: [
        { ...flow, line: 2, direction: "in", amountFen: 1_250 },
        {
          ...flow,
          line: 3,
          time: "2026-11-20 13:00:00",
          transactionId: "5000",
          flowId: "F2",
          business: "退款",
          direction: "out",
          amountFen: 50,
          voucher: "R1",
        },
      ],
    });
  });

  it("is refused with the line named when a sum, a direction or the day is wrong", () => {
    const fault = (line: number, problem: string) => ({ ok: false, fault: { line, problem } });
    expect(read(text("`2.0,`1.0,`12.50,`1.0,`0.51"))).toEqual(fault(5, "支出金额 is not the sum of the rows"));
    expect(read(text("`2.0,`1.0,`12.50,`1.0,`0.50", "转账"))).toEqual(fault(2, "收支类型 is neither in nor out"));
    expect(read(text("`2.0,`1.0,`12.50,`1.0,`0.50"), "2026-11-21")).toEqual(fault(2, "记账时间 is not of this day"));
  });
});
