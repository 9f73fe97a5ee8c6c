import { parseQuantity } from "#core/quantity/text.ts";
import type { Milli } from "#core/quantity/quantity.ts";

/**
 * What the cashier has typed by hand: digits and a decimal point. It stands in a chip, is never taken for a scan, and
 * goes with Esc. The multiplier made from it lives in main, because the next scan uses it there.
 */

/** The shortest code that stands on goods: EAN-8. Fewer digits are a number somebody meant to do something with. */
export const fewestCodeDigits = 8;

/** Longer than any code on goods; a paperweight on the key 0 stops here. */
const mostCharacters = 32;

/** The text with one more digit or a decimal point; null for a key that is neither. */
export function typeInto(text: string, key: string): string | null {
  const isPoint = key === "." && text !== "" && !text.includes(".");
  if (!isPoint && !/^\d$/.test(key)) return null;
  return text.length < mostCharacters ? text + key : text;
}

/** `*` and F3: the digits as a quantity in thousandths. Null where they are none. */
export function asTimes(text: string): Milli | null {
  const quantity = parseQuantity(text, "kg");
  return quantity.ok ? quantity.value : null;
}

/** What Enter makes of the digits: a code to ring up, or something to search for. Null when nothing was typed. */
export function asCode(text: string): { readonly kind: "code" | "search"; readonly text: string } | null {
  if (text === "") return null;
  const isCode = /^\d+$/.test(text) && text.length >= fewestCodeDigits;
  return { kind: isCode ? "code" : "search", text };
}
