import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";

/** How a code is drawn as bars: as on the goods where it is an EAN, else so that any text fits. */
export function barsFor(barcode: string): "ean13" | "ean8" | "code128" {
  if (!/^(?:\d{8}|\d{13})$/.test(barcode) || !hasValidCheckDigit(barcode)) return "code128";
  return barcode.length === 13 ? "ean13" : "ean8";
}
