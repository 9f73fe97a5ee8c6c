/** Writes bills as the gateway does, for tests: BOM, CRLF, backticks, nothing quoted. */
const header =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类," +
  "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费," +
  "费率,订单金额,申请退款金额,费率备注";
const sumHeader = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

export const billDay = "2026-11-20";
export const openid = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";

export interface BillLine {
  readonly outTradeNo: string;
  /** Of a payment; refunds tell only what went back. */
  readonly totalFen?: number;
  readonly refundFen?: number;
  readonly outRefundNo?: string;
  readonly state?: "SUCCESS" | "REFUND" | "REVOKED";
  readonly refundStatus?: string;
  readonly name?: string;
  /** In yuan, five decimals. */
  readonly fee?: string;
  readonly time?: string;
}

const yuan = (value: number) => `${Math.trunc(value / 100)}.${String(value % 100).padStart(2, "0")}`;

export function billRow(line: BillLine): string {
  const { totalFen = 0, refundFen = 0, outTradeNo, state = "SUCCESS" } = line;
  const cells = [
    ...[
      line.time ?? `${billDay} 12:00:00`,
      "wxd678efh567hg6787",
      "1900007291",
      "0",
      "T01",
      `42${outTradeNo}`,
      outTradeNo,
    ],
    ...[openid, "MICROPAY", state, "OTHERS", "CNY", yuan(totalFen), "0.00", "0", line.outRefundNo ?? "0"],
    ...[
      yuan(refundFen),
      "0.00",
      "",
      line.refundStatus ?? "",
      line.name ?? "便利店",
      "",
      line.fee ?? "0.00000",
      "0.60%",
    ],
    ...[yuan(totalFen), yuan(refundFen), ""],
  ];
  return cells.map((cell) => `\`${cell}`).join(",");
}

export function billText(
  lines: readonly BillLine[],
  sums: Partial<Record<"count" | "total" | "fee", string>> = {},
): string {
  const sum = (of: (line: BillLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const total = yuan(sum((line) => line.totalFen ?? 0));
  const back = yuan(sum((line) => line.refundFen ?? 0));
  const told = [sums.count ?? `${lines.length}.0`, total, back, "0.0", sums.fee ?? "0.00", sums.total ?? total, back];
  const rows = [header, ...lines.map(billRow), sumHeader, told.map((cell) => `\`${cell}`).join(",")];
  return `\uFEFF${rows.join("\r\n")}\r\n`;
}
