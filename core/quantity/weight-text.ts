import { fail, ok, type Result } from "#core/result.ts";

/** Units that scales write. The pound is the international one: exactly 453.59237 g; the ounce is its sixteenth. */
export type WeightUnit = "kg" | "g" | "lb" | "oz" | "t";

export type WeightFault =
  | { readonly kind: "not-a-weight" }
  /** A part of a gram, of a unit that is a whole number of grams: the till counts in grams and cuts nothing off. */
  | { readonly kind: "finer-than-a-gram" };

/** Longest weight looked at; "-00012.345" has ten characters. */
const maxCharacters = 16;

/** Of one unit, so that each is a whole number. */
const nanogramsPerUnit: Readonly<Record<WeightUnit, bigint>> = {
  t: 1_000_000_000_000_000n,
  kg: 1_000_000_000_000n,
  g: 1_000_000_000n,
  lb: 453_592_370_000n,
  oz: 28_349_523_125n,
};
/** A gram is 10^9 nanograms. */
const nanogramDigits = 9;

/**
 * Whole grams of a weight as a scale writes it: blanks, a sign, digits with at most one point. Exact for kg, g and t; of
 * pounds and ounces, which are no whole number of grams, the nearest gram, half away from zero.
 */
export function gramsOf(text: string, unit: WeightUnit): Result<number, WeightFault> {
  if (text.length > maxCharacters) return fail({ kind: "not-a-weight" });
  const match = /^ *([+-]?) *(\d+)(?:\.(\d*))? *$/.exec(text);
  if (match === null) return fail({ kind: "not-a-weight" });
  const [, sign, whole = "", decimals = ""] = match;
  // A number over a power of ten: its digits are the whole grams and the rest, and nothing is divided.
  const restDigits = nanogramDigits + decimals.length;
  const nanograms = String(BigInt(`${whole}${decimals}`) * nanogramsPerUnit[unit]).padStart(restDigits + 1, "0");
  const rest = nanograms.slice(-restDigits);
  if (/[1-9]/.test(rest) && unit !== "lb" && unit !== "oz") return fail({ kind: "finer-than-a-gram" });
  const grams = Number(nanograms.slice(0, -restDigits)) + (rest >= "5" ? 1 : 0);
  if (!Number.isSafeInteger(grams)) return fail({ kind: "not-a-weight" });
  return ok(sign === "-" && grams !== 0 ? -grams : grams);
}
