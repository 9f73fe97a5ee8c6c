/** The path of one order by the merchant's own number, whose alphabet (`|`, `*`) is wider than a path's. */
export function orderTarget(outTradeNo: string): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}`;
}
