import { limitUnits, mostLimit, type LimitedRight } from "#core/access/rights.ts";

/** A limit as it is typed: percent with up to two places, or yuan; null for what is none. Basis points or fen. */
export function readLimit(typed: string, right: LimitedRight): number | null {
  const digits = /^(\d{1,8})(?:\.(\d{0,2}))?$/.exec(typed.trim());
  if (digits === null) return null;
  const limit = Number(digits[1]) * 100 + Number((digits[2] ?? "").padEnd(2, "0"));
  return limit <= mostLimit[limitUnits[right]] ? limit : null;
}

/** How a limit stands in its field: `20`, `12.5`. */
export function limitInWords(limit: number): string {
  const digits = String(limit).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, "");
}
