import { assert } from "#core/result.ts";

const zero = 0x30;

/**
 * The check digit of every GS1 number (EAN-8, EAN-13, UPC-A, GTIN-14, SSCC): weights 3 and 1 in turn from the right, up
 * to the next ten. `digits` are those before the check digit, any number of them. Source: GS1 General Specifications 7.9.1.
 */
export function mod10CheckDigit(digits: string): number {
  assert(/^\d+$/.test(digits), "digits to check");
  let sum = 0;
  let weight = 3;
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    sum += (digits.charCodeAt(at) - zero) * weight;
    weight = weight === 3 ? 1 : 3;
  }
  return (10 - (sum % 10)) % 10;
}

/** True where the last digit checks the ones before it. */
export function hasValidCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && mod10CheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}
