import { assert } from "#core/result.ts";

/**
 * The check digit of every GS1 number (EAN-8, EAN-13, UPC-A, GTIN-14, SSCC): weights 3 and 1 in turn from the right, up
 * to the next ten. `digits` are those before the check digit, any number of them. Source: GS1 General Specifications 7.9.1.
 */
export function mod10CheckDigit(digits: string): number {
  assert(/^\d+$/.test(digits), "digits to check");
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    sum += Number(digits.at(-1 - place)) * (place % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/** True where the last digit checks the ones before it. */
export function hasValidCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && mod10CheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}
