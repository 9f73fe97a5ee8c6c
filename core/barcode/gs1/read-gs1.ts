import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { symbologyOf } from "#core/barcode/aim.ts";
import { readDigitalLink } from "./digital-link.ts";
import { groupSeparator, readElementString, type Gs1Elements, type Gs1Fault } from "./element-string.ts";
import { tradeItemOf, type TradeItem, type TradeItemFault } from "./trade-item.ts";
import type { Result } from "#core/result.ts";

export type Gs1Refusal = Gs1Fault | TradeItemFault | { readonly kind: "compressed-link" };

export type Gs1Reading =
  | { readonly kind: "no-gs1" }
  | { readonly kind: "trade-item"; readonly item: TradeItem }
  | { readonly kind: "refused"; readonly refusal: Gs1Refusal };

/** More than any label of one pack holds (a GS1 DataMatrix on a pack is below 100, a Digital Link below 200). */
export const maxGs1Characters = 256;

/**
 * Reads GS1 data where there is some: what the scanner calls GS1 is, whatever it looks like; a GS between fields or an
 * item's identifier with more after it is taken for it where the scanner says nothing; and a Digital Link is told by
 * its path. `year` is the present one.
 */
export function readGs1(text: string, aim: string | null, year: number): Gs1Reading {
  if (text.length > maxGs1Characters) return { kind: "no-gs1" };
  if (symbologyOf(aim) === "gs1") return judged(readElementString(text, year), year);
  const link = readDigitalLink(text, year);
  if (link.kind === "compressed") return { kind: "refused", refusal: { kind: "compressed-link" } };
  if (link.kind === "link") return judged(link.elements, year);
  if (aim !== null) return { kind: "no-gs1" };
  return readUnannounced(text, year);
}

/** Without an identifier of the symbology the text must be GS1 data all the way through to be taken for it. */
function readUnannounced(text: string, year: number): Gs1Reading {
  const hasSeparator = text.includes(groupSeparator);
  const beginsWithItem = /^01\d{14}./.test(text) && hasValidCheckDigit(text.slice(2, 16));
  if (!hasSeparator && !beginsWithItem) return { kind: "no-gs1" };
  const elements = readElementString(text, year);
  if (!elements.ok && !hasSeparator) return { kind: "no-gs1" };
  return judged(elements, year);
}

function judged(elements: Result<Gs1Elements, Gs1Fault>, year: number): Gs1Reading {
  if (!elements.ok) return { kind: "refused", refusal: elements.fault };
  const item = tradeItemOf(elements.value, year);
  return item.ok ? { kind: "trade-item", item: item.value } : { kind: "refused", refusal: item.fault };
}
