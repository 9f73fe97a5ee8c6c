import { hasValidCheckDigit } from "./check-digit.ts";

/**
 * The UPC-A that eight digits of a UPC-E stand for, or null where they are none: a number system of 0 or 1, and a check
 * digit that is right for the long form. Scanners that do not expand it themselves send those eight. Source: GS1 General
 * Specifications 5.2.2.4.2.
 */
export function expandUpcE(code: string): string | null {
  const match = /^([01])(\d{5})(\d)(\d)$/.exec(code);
  if (match === null) return null;
  const [, system = "", digits = "", rule = "", check = ""] = match;
  const upcA = `${system}${longForm(digits, rule)}${check}`;
  return hasValidCheckDigit(upcA) ? upcA : null;
}

/** The last of the six digits says where zeros were left out. */
function longForm(digits: string, rule: string): string {
  switch (rule) {
    case "0":
    case "1":
    case "2":
      return `${digits.slice(0, 2)}${rule}0000${digits.slice(2)}`;
    case "3":
      return `${digits.slice(0, 3)}00000${digits.slice(3)}`;
    case "4":
      return `${digits.slice(0, 4)}00000${digits.slice(4)}`;
    default:
      return `${digits}0000${rule}`;
  }
}
