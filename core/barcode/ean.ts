import { hasValidCheckDigit } from "./check-digit.ts";

/** True for an EAN-8, a UPC-A (12 digits) or an EAN-13 with a right check digit. */
export function isValidEan(code: string): boolean {
  return /^(?:\d{8}|\d{12}|\d{13})$/.test(code) && hasValidCheckDigit(code);
}

/**
 * The one spelling of a barcode that the catalogue holds and a scan is looked up by: a UPC-A is the EAN-13 with a zero
 * before it, and scanners send either. Everything else, an in-house code included, is only trimmed.
 */
export function normalizeBarcode(code: string): string {
  const trimmed = code.trim();
  return trimmed.length === 12 && isValidEan(trimmed) ? `0${trimmed}` : trimmed;
}

/**
 * True for numbers that mean something only inside one company or region, such as a scale's label: EAN-13 starting with
 * 02, 04 or 20–29. What their digits say is for the shop to define. Source: GS1 General Specifications 1.4.2.
 */
export function isRestrictedEan13(code: string): boolean {
  return /^(?:0[24]|2\d)\d{11}$/.test(code) && isValidEan(code);
}
