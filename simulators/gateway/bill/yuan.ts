/** Fen as yuan with `places` decimals (2 or more), the way bills write money: `0.03`, `-12.50000`. */
export function yuan(fen: number, places = 2): string {
  const digits = `${Math.abs(fen)}`.padStart(3, "0");
  const sign = fen < 0 ? "-" : "";
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}${"0".repeat(places - 2)}`;
}

/** What the gateway keeps of a payment, and gives back of a refund. */
export const feeRate = "0.60%";

/** 0.60 %, rounded to the fen. */
export function feeFen(amountFen: number): number {
  return Math.round(amountFen * 0.006);
}
