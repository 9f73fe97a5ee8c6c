import { type Fen, fen, isFen } from "#core/money/fen.ts";

const zero = 48;
const point = 46;
const minus = 45;
const mostWholeDigits = 10;
const mostDecimals = 5;

/**
 * A decimal of a bill in hundred-thousandths of its unit, so that a fee told with five decimals stays exact: "0.03" is
 * 3,000, "45.0" is 4,500,000, "-0.01000" is −1,000. Never a float. Null for anything else, and beyond exact integers.
 * Read digit by digit: a bill has a million of them.
 */
export function readDecimal(text: string): number | null {
  const isNegative = text.charCodeAt(0) === minus;
  let at = isNegative ? 1 : 0;
  let value = 0;
  let digits = 0;
  for (let digit = text.charCodeAt(at) - zero; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - zero) {
    value = value * 10 + digit;
    digits += 1;
    at += 1;
  }
  if (digits === 0 || digits > mostWholeDigits) return null;
  let decimals = 0;
  if (at < text.length) {
    if (text.charCodeAt(at) !== point) return null;
    at += 1;
    for (let digit = text.charCodeAt(at) - zero; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - zero) {
      value = value * 10 + digit;
      decimals += 1;
      at += 1;
    }
    if (decimals === 0 || decimals > mostDecimals || at < text.length) return null;
  }
  for (; decimals < mostDecimals; decimals += 1) value *= 10;
  return isNegative && value !== 0 ? -value : value;
}

/** An amount in yuan as whole fen; null for what is none, finer than a fen, or beyond what a till handles. */
export function readBillFen(text: string): Fen | null {
  const exact = readDecimal(text);
  return exact === null ? null : asFen(exact);
}

/** What `readDecimal` read, as whole fen; null as above. */
export function asFen(exact: number): Fen | null {
  if (exact % 1_000 !== 0 || !isFen(exact / 1_000)) return null;
  return fen(exact / 1_000);
}
