import { beijingBillTime } from "../beijing-time.ts";
import type { BillRow } from "./bill-row.ts";
import { billFile } from "./csv.ts";
import { feeFen, yuan } from "./yuan.ts";

/** One line of the merchant's account. */
interface Flow {
  readonly atMs: number;
  readonly transactionId: string;
  readonly flowId: string;
  readonly name: string;
  readonly type: string;
  readonly isIncome: boolean;
  readonly amountFen: number;
  readonly balanceFen: number;
  readonly voucher: string;
}

const header = [
  ...["记账时间", "微信支付业务单号", "资金流水单号", "业务名称", "业务类型", "收支类型", "收支金额(元)"],
  ...["账户结余(元)", "资金变更提交申请人", "备注", "业务凭证号"],
];

/**
 * The fund-flow bill of the basic account for the day that begins at `dayMs`; null when nothing moved.
 * @param rows every movement up to the end of that day, in any order: the balance comes from them.
 */
export function fundFlowFile(
  rows: readonly BillRow[],
  day: { readonly fromMs: number; readonly toMs: number; readonly openingFen: number },
): Buffer | null {
  const flows = flowsOf(rows, day.openingFen).filter(({ atMs }) => atMs >= day.fromMs && atMs < day.toMs);
  if (flows.length === 0) return null;
  const incomes = flows.filter(({ isIncome }) => isIncome);
  const expenses = flows.filter(({ isIncome }) => !isIncome);
  return billFile(header, flows.map(cellsOf), {
    header: ["资金流水总笔数", "收入笔数", "收入金额", "支出笔数", "支出金额"],
    values: [
      ...[`${flows.length}.0`, `${incomes.length}.0`, yuan(sumOf(incomes))],
      ...[`${expenses.length}.0`, yuan(sumOf(expenses))],
    ],
  });
}

function flowsOf(rows: readonly BillRow[], openingFen: number): readonly Flow[] {
  const flows: Flow[] = [];
  let balanceFen = openingFen;
  for (const row of rows.toSorted((a, b) => a.atMs - b.atMs)) {
    // A closed refund never left the account.
    if (row.refund?.end.status === "CLOSED") continue;
    for (const part of partsOf(row)) {
      balanceFen += part.isIncome ? part.amountFen : -part.amountFen;
      const flowId = `${row.transactionId}${flows.length}`;
      const { atMs, transactionId, outTradeNo, refund } = row;
      flows.push({ ...part, atMs, transactionId, flowId, balanceFen, voucher: refund?.outRefundNo ?? outTradeNo });
    }
  }
  return flows;
}

/** The money itself and the gateway's fee for it, which comes back with a refund. */
function partsOf(row: BillRow): readonly Pick<Flow, "name" | "type" | "isIncome" | "amountFen">[] {
  const fee = feeFen(row.amountFen);
  const isIncome = row.kind === "payment";
  const money = isIncome ? { name: "交易", type: "交易" } : { name: "退款", type: "退款" };
  const charge = { name: "交易手续费", type: isIncome ? "扣除交易手续费" : "退还交易手续费" };
  return [
    { ...money, isIncome, amountFen: row.amountFen },
    ...(fee === 0 ? [] : [{ ...charge, isIncome: !isIncome, amountFen: fee }]),
  ];
}

function cellsOf(flow: Flow): readonly string[] {
  return [
    ...[beijingBillTime(flow.atMs), flow.transactionId, flow.flowId, flow.name, flow.type],
    ...[flow.isIncome ? "收入" : "支出", yuan(flow.amountFen), yuan(flow.balanceFen)],
    ...["system", flow.type, flow.voucher],
  ];
}

function sumOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, { amountFen }) => sum + amountFen, 0);
}
