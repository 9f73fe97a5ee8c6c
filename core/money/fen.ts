import { assert } from "#core/result.ts";

declare const fenBrand: unique symbol;

/** Money: an integer number of fen (1/100 yuan), negative for money given back. */
export type Fen = number & { readonly [fenBrand]: true };

/** Largest amount a till handles: 10,000,000.00 yuan, far inside the exact integers of a double. */
export const maxFen = 1_000_000_000;

/** Brands an integer as fen. Asserts an integer within ±`maxFen`. */
export function fen(value: number): Fen {
  assert(isFen(value), `an amount in whole fen, got ${value}`);
  return (value === 0 ? 0 : value) as Fen; // the one place where a number becomes money; −0 becomes 0
}

export const zeroFen = fen(0);

export function addFen(...amounts: readonly Fen[]): Fen {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return fen(sum);
}

export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount);
}

export function negateFen(amount: Fen): Fen {
  return fen(-amount);
}

export function minFen(a: Fen, b: Fen): Fen {
  return a < b ? a : b;
}

/** True where `fen` would accept the number: the question to ask before branding a sum that may be too large. */
export function isFen(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= maxFen;
}
