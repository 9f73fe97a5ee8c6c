import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { aiLengthAt, aiRules, type AiPart, type AiRule, type Charset } from "./ai-rules.ts";
import { isGs1Date } from "./gs1-date.ts";

/** Ends a field of no fixed length: how scanners send the FNC1 between two fields. */
export const groupSeparator = "\u001d";

/** Data by identifier; each identifier once. */
export type Gs1Elements = ReadonlyMap<string, string>;

/** Why an element string is not taken. None of it is guessed around: half an understood label is a wrong price. */
export type Gs1Fault =
  | { readonly kind: "unknown-ai"; readonly ai: string }
  /** Too short, too long, or with characters its identifier does not allow. */
  | { readonly kind: "bad-value"; readonly ai: string }
  | { readonly kind: "bad-check-digit"; readonly ai: string }
  /** Month 13, 30 February. */
  | { readonly kind: "bad-date"; readonly ai: string }
  /** The same identifier with two different values. */
  | { readonly kind: "contradiction"; readonly ai: string };

/**
 * Reads a GS1 element string as scanners send it: identifiers and data, a GS after each field whose length is not fixed
 * (a needless one is forgiven). `year` is the present one, for dates of two-digit years. Source: GS1 General
 * Specifications 7.8.
 */
export function readElementString(text: string, year: number): Result<Gs1Elements, Gs1Fault> {
  const elements = new Map<string, string>();
  let rest = withoutLeadingSeparators(text);
  while (rest !== "") {
    const length = aiLengthAt(rest);
    const ai = rest.slice(0, length ?? 2);
    const rule = length === null ? undefined : aiRules.get(ai);
    if (rule === undefined) return fail({ kind: "unknown-ai", ai: printable(ai) });
    const value = valueAt(rest.slice(ai.length), rule);
    const fault = faultOfValue(rule, value, year) ?? faultOfRepetition(elements, ai, value);
    if (fault !== null) return fail(fault);
    elements.set(ai, value);
    rest = withoutLeadingSeparators(rest.slice(ai.length + value.length));
  }
  return ok(elements);
}

/** What is wrong with the data of one identifier, also where it did not come in an element string. */
export function faultOfValue(rule: AiRule, value: string, year: number): Gs1Fault | null {
  const { ai } = rule;
  let rest = value;
  for (const part of rule.parts) {
    if (part.isOptional && rest === "") break;
    const piece = rest.slice(0, part.most);
    if (piece.length < part.least || !charsets[part.charset].test(piece)) return { kind: "bad-value", ai };
    if (part.check === "zero" && /[^0]/.test(piece)) return { kind: "bad-value", ai };
    if (part.check === "check-digit" && !hasValidCheckDigit(piece)) return { kind: "bad-check-digit", ai };
    if (isBadDate(part, piece, year)) return { kind: "bad-date", ai };
    rest = rest.slice(piece.length);
  }
  return rest === "" ? null : { kind: "bad-value", ai };
}

function isBadDate({ check }: AiPart, piece: string, year: number): boolean {
  if (check !== "date" && check !== "date-with-day") return false;
  return !isGs1Date(piece, year) || (check === "date-with-day" && piece.endsWith("00"));
}

function faultOfRepetition(known: Gs1Elements, ai: string, value: string): Gs1Fault | null {
  const before = known.get(ai);
  return before === undefined || before === value ? null : { kind: "contradiction", ai };
}

/** Of predefined length, or up to the next separator. */
function valueAt(text: string, { isPredefined, parts }: AiRule): string {
  const end = text.indexOf(groupSeparator);
  const upToSeparator = end === -1 ? text : text.slice(0, end);
  if (!isPredefined) return upToSeparator;
  return upToSeparator.slice(
    0,
    parts.reduce((sum, part) => sum + part.most, 0),
  );
}

/** The name goes to a screen. */
function printable(ai: string): string {
  return ai.replace(/[^!-~]/g, "?");
}

function withoutLeadingSeparators(text: string): string {
  let start = 0;
  while (text.startsWith(groupSeparator, start)) start += 1;
  return text.slice(start);
}

const charsets: Readonly<Record<Charset, RegExp>> = {
  N: /^\d+$/,
  X: /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/,
  Y: /^[#\-/0-9A-Z]+$/,
  Z: /^[0-9A-Z_a-z=-]+$/,
};
