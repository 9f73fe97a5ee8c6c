import { assert } from "#core/result.ts";

declare const milliBrand: unique symbol;

/** A quantity in thousandths of its unit: one piece is 1000, 0.845 kg is 845 (grams). */
export type Milli = number & { readonly [milliBrand]: true };

/** What one unit of an item is; `kg` items are priced per kilogram and counted in grams. */
export type Unit = "piece" | "kg";

/** Most of one line: 99,999 pieces or kilograms. */
export const maxMilli = 99_999_000;

/** Brands an integer number of thousandths. Asserts an integer within ±`maxMilli`. */
export function milli(value: number): Milli {
  assert(Number.isInteger(value) && Math.abs(value) <= maxMilli, `a quantity in thousandths, got ${value}`);
  return (value === 0 ? 0 : value) as Milli; // the one place where a number becomes a quantity
}

/** Whole pieces as a quantity. */
export function pieces(count: number): Milli {
  return milli(count * 1000);
}

/** True where a line of this unit may be sold in this quantity: above zero, and pieces only whole. */
export function isSellable(quantity: number, unit: Unit): boolean {
  const isWithinLimits = Number.isInteger(quantity) && quantity > 0 && quantity <= maxMilli;
  return isWithinLimits && (unit === "kg" || quantity % 1000 === 0);
}

/** How many things a customer would count: the pieces of a line, and one for whatever was weighed. */
export function pieceCountOf(quantity: Milli, unit: Unit): number {
  return unit === "kg" ? 1 : Math.trunc(quantity / 1000);
}
