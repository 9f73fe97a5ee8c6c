import { parseYuan } from "#core/money/yuan.ts";

export type DiscountKind = "amount" | "percent";

export type TypedDiscount =
  | { readonly kind: "amount"; readonly amountFen: number }
  | { readonly kind: "percent"; readonly basisPoints: number };

/**
 * A discount as it was typed: yuan as an amount, percent with at most two decimals as basis points ("12.5" is 1250).
 * Null for anything that is none. Whether it may be granted is main's to say.
 */
export function readDiscount(text: string, kind: DiscountKind): TypedDiscount | null {
  // Percent and yuan are both hundredths: one careful reader serves both.
  const hundredths = parseYuan(text);
  if (!hundredths.ok || hundredths.value <= 0) return null;
  if (kind === "amount") return { kind, amountFen: hundredths.value };
  return hundredths.value <= 10_000 ? { kind, basisPoints: hundredths.value } : null;
}
