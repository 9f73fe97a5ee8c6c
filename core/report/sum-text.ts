/** A sum of fen in yuan, "1,234,567.50", "-3.25": as `formatYuan`, beyond the bounds of one amount too. */
export function formatSum(sumFen: number): string {
  const digits = String(Math.abs(sumFen)).padStart(3, "0");
  const yuan = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${sumFen < 0 ? "-" : ""}${yuan}.${digits.slice(-2)}`;
}

/** The same as a spreadsheet's number, whose text is exact: "1234567.50". */
export function plainSum(sumFen: number): string {
  return formatSum(sumFen).replaceAll(",", "");
}
