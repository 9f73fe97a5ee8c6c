import { fail, ok, type Result } from "#core/result.ts";
import { fen, isFen, type Fen } from "./fen.ts";
import { toHalfWidth } from "./half-width.ts";

export type AmountFault =
  | { readonly kind: "not-an-amount" }
  /** Finer than a fen: nobody can pay it, and rounding what was typed would be guessing. */
  | { readonly kind: "too-many-decimals" }
  | { readonly kind: "out-of-range" };

/** Longest amount looked at: far above "-¥10,000,000.00", short enough for any pattern to be harmless. */
export const maxAmountCharacters = 32;

/** Optional sign and currency sign in either order, whole yuan plain or in groups of three, optional decimals. */
const amountPattern = /^(?:(-)?¥?|¥(-))\s*(\d+|\d{1,3}(?:,\d{3})+)?(?:\.(\d*))?$/;

/**
 * Reads an amount in yuan as a cashier types it or a spreadsheet holds it: "12", "12.5", ".5", "1,234.50", "￥１２．５０",
 * "-3.25". Never touches a fraction: digits go straight to whole fen. Refuses letters, stray commas and more than two
 * decimals.
 */
export function parseYuan(text: string): Result<Fen, AmountFault> {
  const plain = toHalfWidth(text).trim();
  if (plain.length > maxAmountCharacters) return fail({ kind: "not-an-amount" });
  const match = amountPattern.exec(plain);
  if (match === null) return fail({ kind: "not-an-amount" });

  const [, signFirst, signSecond, groupedYuan = "", decimals = ""] = match;
  if (groupedYuan === "" && decimals === "") return fail({ kind: "not-an-amount" });
  if (decimals.length > 2) return fail({ kind: "too-many-decimals" });

  const magnitude = Number(groupedYuan.replaceAll(",", "")) * 100 + Number(decimals.padEnd(2, "0"));
  const isNegative = signFirst !== undefined || signSecond !== undefined;
  const amount = isNegative ? -magnitude : magnitude;
  return isFen(amount) ? ok(fen(amount)) : fail({ kind: "out-of-range" });
}

/** An amount in yuan with two decimals and groups of three, without a currency sign: "1,234.50", "-3.25". */
export function formatYuan(amountFen: Fen): string {
  const magnitude = Math.abs(amountFen);
  const jiaoAndFen = magnitude % 100;
  const wholeYuan = String((magnitude - jiaoAndFen) / 100).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return `${amountFen < 0 ? "-" : ""}${wholeYuan}.${String(jiaoAndFen).padStart(2, "0")}`;
}
