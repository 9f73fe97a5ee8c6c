import { toHalfWidth } from "#core/money/half-width.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { maxMilli, milli, type Milli, type Unit } from "./quantity.ts";

export type QuantityFault =
  | { readonly kind: "not-a-quantity" }
  /** Part of a piece, or finer than a gram. */
  | { readonly kind: "too-many-decimals" }
  /** Zero, or more than `maxMilli`. */
  | { readonly kind: "out-of-range" };

/** Longest quantity looked at; "99999.000" has nine characters. */
export const maxQuantityCharacters = 16;

/** Reads what a cashier types as a quantity of the unit: "3" pieces, "0.845" kg. Refuses signs, zero and part pieces. */
export function parseQuantity(text: string, unit: Unit): Result<Milli, QuantityFault> {
  const plain = toHalfWidth(text).trim();
  if (plain.length > maxQuantityCharacters) return fail({ kind: "not-a-quantity" });
  const match = /^(\d*)(?:\.(\d*))?$/.exec(plain);
  if (match === null) return fail({ kind: "not-a-quantity" });

  const [, whole = "", decimals = ""] = match;
  if (whole === "" && decimals === "") return fail({ kind: "not-a-quantity" });
  if (decimals.length > (unit === "kg" ? 3 : 0)) return fail({ kind: "too-many-decimals" });

  const value = Number(whole) * 1000 + Number(decimals.padEnd(3, "0"));
  return value > 0 && value <= maxMilli ? ok(milli(value)) : fail({ kind: "out-of-range" });
}

/** "3" for pieces (decimals only where there are any), "0.845" for kilograms, always to the gram. */
export function formatQuantity(quantity: Milli, unit: Unit): string {
  const magnitude = Math.abs(quantity);
  const thousandths = magnitude % 1000;
  const whole = Math.trunc(magnitude / 1000);
  const decimals = String(thousandths).padStart(3, "0");
  const sign = quantity < 0 ? "-" : "";
  return unit === "piece" && thousandths === 0 ? `${sign}${whole}` : `${sign}${whole}.${decimals}`;
}
