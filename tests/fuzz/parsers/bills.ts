import { billDay, billText } from "#main/payments/bill/testing-bill.ts";
import type { BillReader } from "#main/payments/bill/bill-reader.ts";
import { createFundFlowReader } from "#main/payments/bill/fund-flow-bill.ts";
import { createTradeBillReader } from "#main/payments/bill/trade-bill.ts";
import { assert } from "#core/result.ts";
import type { Answer, FuzzParser } from "../parser.ts";

const owner = { mchid: "1900007291", day: billDay };
const trade = [
  billText([
    { outTradeNo: "A1", totalFen: 499 },
    { outTradeNo: "A2", totalFen: 12_345, fee: "0.00000", name: "可乐,`500ml" },
  ]),
  billText([{ outTradeNo: "A1", state: "REFUND", refundFen: 499, outRefundNo: "R1", refundStatus: "SUCCESS" }]),
  billText([]),
];
const flowHeader =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const flowSums = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";
const flow = [
  flowHeader,
  `\`${billDay} 09:00:00,\`4200001,\`F1,\`交易,\`交易,\`收入,\`4.99,\`104.99,\`system,\`,\`V1`,
  `\`${billDay} 09:00:01,\`4200002,\`F2,\`退款,\`退款,\`支出,\`1.00,\`103.99,\`system,\`备注,\`V2`,
  flowSums,
  "`2.0,`1.0,`4.99,`1.0,`1.00",
];
const words = [",`", "`", "\r\n", "\n", "SUCCESS", "REFUND", "REVOKED", "-0.01000", "45.0", "总交易单数", "CNY"];

export const tradeBill: FuzzParser = {
  name: "trade-bill",
  reads: "WeChat Pay's trade bill as text (main/payments/bill/trade-bill)",
  seeds: () => trade.map((text) => Buffer.from(text)),
  words,
  read: (input) => readBill(input, (keep) => createTradeBillReader(owner, keep)),
};

export const fundFlowBill: FuzzParser = {
  name: "fund-flow-bill",
  reads: "WeChat Pay's fund-flow bill as text (main/payments/bill/fund-flow-bill)",
  seeds: () => [Buffer.from(`\uFEFF${flow.join("\r\n")}\r\n`)],
  words,
  read: (input) => readBill(input, (keep) => createFundFlowReader(billDay, keep)),
};

/** In pieces, as it comes from the disk; what may be kept never holds the customer's id. */
function readBill(input: Uint8Array, create: (keep: (line: string) => void) => BillReader<unknown>): Answer {
  let keptCharacters = 0;
  const reader = create((line) => {
    keptCharacters += line.length;
  });
  const decoder = new TextDecoder();
  for (let from = 0; from < input.length; from += 700) {
    reader.push(decoder.decode(input.subarray(from, from + 700), { stream: true }));
  }
  reader.push(decoder.decode());
  const read = reader.end();
  assert(keptCharacters <= input.length, "what is kept is no more than came");
  return { isTaken: read.ok, told: { read, keptCharacters } };
}
