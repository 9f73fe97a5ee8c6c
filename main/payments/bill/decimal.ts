import { type Fen, fen, isFen } from "#core/money/fen.ts";

/**
 * A decimal of a bill in hundred-thousandths of its unit, so that a fee told with five decimals stays exact: "0.03" is
 * 3,000, "45.0" is 4,500,000, "-0.01000" is −1,000. Never a float. Null for anything else, and beyond exact integers.
 */
export function readDecimal(text: string): number | null {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,5}))?$/u.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", decimals = ""] = match;
  const magnitude = Number(whole) * 100_000 + Number(decimals.padEnd(5, "0"));
  return sign === "-" && magnitude !== 0 ? -magnitude : magnitude;
}

/** An amount in yuan as whole fen; null for what is none, finer than a fen, or beyond what a till handles. */
export function readBillFen(text: string): Fen | null {
  const exact = readDecimal(text);
  if (exact === null || exact % 1_000 !== 0 || !isFen(exact / 1_000)) return null;
  return fen(exact / 1_000);
}
