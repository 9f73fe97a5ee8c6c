import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";

/** JSON's own spelling of a sum of money: no sign, no exponent, no group, at most two decimals. */
const amountPattern = /^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/;

/**
 * The amount of a message out of its number's own text: digits go straight to whole fen. Null where it is finer than a fen,
 * nothing, more than a till handles, or spelled otherwise: what was meant would be guessing.
 */
export function readAmount(text: string): Fen | null {
  if (!amountPattern.test(text)) return null;
  const parsed = parseYuan(text);
  return parsed.ok && parsed.value > 0 ? parsed.value : null;
}

/** As it is written into an answer: yuan with two decimals, a number of JSON when it stands without quotes. */
export function amountText(amountFen: Fen): string {
  return formatYuan(fen(amountFen)).replaceAll(",", "");
}
