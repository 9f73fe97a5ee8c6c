import { fen, type Fen } from "#core/money/fen.ts";
import { hasValidCheckDigit } from "./check-digit.ts";
import type { LabelTemplate } from "./label-template.ts";
import { priceVerifierDigit } from "./price-verifier.ts";

/** What a scale printed. Leading zeros of the scale code are kept: they are part of it. */
export interface WeighedLabel {
  readonly template: string;
  readonly scaleCode: string;
  readonly amountFen: Fen | null;
  readonly weightGrams: number | null;
}

export type LabelReading =
  | { readonly kind: "no-label" }
  /** Looks like one of the shop's labels, but was misread, or is something else that starts alike. */
  | { readonly kind: "bad-check-digit" }
  | { readonly kind: "label"; readonly label: WeighedLabel; readonly isProven: boolean };

/** Reads a scale's label by the first template that fits it in length, flag and check digits. */
export function readLabel(text: string, templates: readonly LabelTemplate[]): LabelReading {
  const fitting = templates.filter((template) => fits(text, template));
  const template = fitting.find((candidate) => areChecksRight(text, candidate));
  if (template !== undefined)
    return { kind: "label", label: labelOf(text, template), isProven: template.hasCheckDigit };
  return fitting.length === 0 ? { kind: "no-label" } : { kind: "bad-check-digit" };
}

function fits(text: string, { pattern, prefixes }: LabelTemplate): boolean {
  return text.length === pattern.length && /^\d+$/.test(text) && prefixes.includes(digitsOf(text, pattern, "F"));
}

function areChecksRight(text: string, { pattern, hasCheckDigit }: LabelTemplate): boolean {
  if (hasCheckDigit && !hasValidCheckDigit(text)) return false;
  const verifier = digitsOf(text, pattern, "K");
  if (verifier === "") return true;
  const verified = digitsOf(text, pattern, pattern.includes("E") ? "E" : "W");
  return priceVerifierDigit(verified) === Number(verifier);
}

function labelOf(text: string, { name, pattern, amountDecimals, weightDecimals }: LabelTemplate): WeighedLabel {
  const amount = digitsOf(text, pattern, "E");
  const weight = digitsOf(text, pattern, "W");
  return {
    template: name,
    scaleCode: digitsOf(text, pattern, "I"),
    amountFen: amount === "" ? null : fen(Number(amount) * 10 ** (2 - amountDecimals)),
    weightGrams: weight === "" ? null : Number(weight) * 10 ** (3 - weightDecimals),
  };
}

/** The digits under one letter of the pattern; a checked pattern has each letter in one run. */
function digitsOf(text: string, pattern: string, letter: string): string {
  const start = pattern.indexOf(letter);
  return start === -1 ? "" : text.slice(start, pattern.lastIndexOf(letter) + 1);
}
