import { hasValidCheckDigit, mod10CheckDigit } from "./check-digit.ts";
import { expandUpcE } from "./upc-e.ts";

/**
 * The numbers a catalogue may hold one article under, in the order it is asked: as scanned; a GTIN of 8, 12, 13 or 14
 * digits in every other length, because zeros in front change nothing (a UPC-A is the EAN-13 with a zero before it, a
 * DataBar and a GS1 label send 14); and for eight digits that are no EAN-8 of the shop's, the UPC-A of a UPC-E.
 * A GTIN-14 that begins with 1 to 8 is a case of the article and a number of its own: it is never taken for one piece.
 */
export function spellingsOf(code: string): readonly string[] {
  const same = isGtin(code) ? lengthsOf(code) : [];
  const upcA = expandUpcE(code);
  const expanded = upcA === null ? [] : lengthsOf(upcA);
  return [...new Set([code, ...same, ...expanded])];
}

function lengthsOf(gtin: string): readonly string[] {
  const digits = gtin.padStart(14, "0");
  return [13, 12, 8, 14]
    .filter((length) => /^0*$/.test(digits.slice(0, 14 - length)))
    .map((length) => digits.slice(-length));
}

/**
 * What a weighed article may be listed under beside its own number: a GTIN-14 that begins with 9 says that the weight
 * differs from pack to pack, and the rest is the number the shop knows it by. Null for any other number. Only to be used
 * for an item that is sold by weight. Source: GS1 General Specifications 2.1.10.
 */
export function fixedNumberOf(gtin14: string): string | null {
  if (!/^9\d{13}$/.test(gtin14)) return null;
  const digits = gtin14.slice(1, 13);
  return `${digits}${mod10CheckDigit(digits)}`;
}

function isGtin(code: string): boolean {
  return /^(?:\d{8}|\d{12,14})$/.test(code) && hasValidCheckDigit(code);
}
