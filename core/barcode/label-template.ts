import { fail, ok, type Result } from "#core/result.ts";

/**
 * How a shop's scale writes its labels; every shop sets its own. `pattern` has one letter for each digit:
 * `F` flag (one of `prefixes`), `I` the item's scale code, `E` amount (金额), `W` weight, `K` the GS1 verifier of the
 * amount (or of the weight where there is no amount), `C` check digit of the whole.
 */
export interface LabelTemplate {
  readonly name: string;
  readonly pattern: string;
  /** What the `F` digits may be, each as long as they are. */
  readonly prefixes: readonly string[];
  /** Decimals of the `E` digits in yuan: 2 is fen. Ignored without `E`. */
  readonly amountDecimals: 0 | 1 | 2;
  /** Decimals of the `W` digits in kilograms: 3 is grams. Ignored without `W`. */
  readonly weightDecimals: 0 | 1 | 2 | 3;
  /** False for scales that print something else in the last place; their labels are then taken on trust. */
  readonly hasCheckDigit: boolean;
}

/** A start for a shop that has not set its own: 13 digits for amount or weight, 18 for both. */
export const defaultLabelTemplates: readonly LabelTemplate[] = [
  {
    name: "amount-13",
    pattern: "FFIIIIIEEEEEC",
    prefixes: ["21", "22"],
    amountDecimals: 2,
    weightDecimals: 3,
    hasCheckDigit: true,
  },
  {
    name: "verified-amount-13",
    pattern: "FFIIIIIKEEEEC",
    prefixes: ["23"],
    amountDecimals: 2,
    weightDecimals: 3,
    hasCheckDigit: true,
  },
  {
    name: "weight-13",
    pattern: "FFIIIIIWWWWWC",
    prefixes: ["24", "25"],
    amountDecimals: 2,
    weightDecimals: 3,
    hasCheckDigit: true,
  },
  {
    name: "amount-weight-18",
    pattern: "FFIIIIIEEEEEWWWWWC",
    prefixes: ["26"],
    amountDecimals: 2,
    weightDecimals: 3,
    hasCheckDigit: true,
  },
];

/** The same scale set to print weight before amount. */
export const weightAmountTemplate18: LabelTemplate = {
  name: "weight-amount-18",
  pattern: "FFIIIIIWWWWWEEEEEC",
  prefixes: ["26"],
  amountDecimals: 2,
  weightDecimals: 3,
  hasCheckDigit: true,
};

export interface LabelTemplateFault {
  readonly kind: "bad-label-template";
  readonly template: string;
  readonly problem:
    | "length"
    | "unknown-letter"
    | "scattered-letter"
    | "flag"
    | "item"
    | "value"
    | "verifier"
    | "check-digit"
    | "prefixes"
    /** 18 digits starting 10–15 are the customer's money, never a label. */
    | "payment-code-prefix";
}

/** Longest label: two more than GS1's longest plain number, and with it the longest wallet code it could be taken for. */
export const maxLabelDigits = 24;

/** Whether a template from a settings file can be read by; says the first thing wrong with it. */
export function checkLabelTemplate(template: LabelTemplate): Result<LabelTemplate, LabelTemplateFault> {
  const problem = problemOf(template);
  return problem === null ? ok(template) : fail({ kind: "bad-label-template", template: template.name, problem });
}

function problemOf({ pattern, prefixes, hasCheckDigit }: LabelTemplate): LabelTemplateFault["problem"] | null {
  const count = (letter: string): number => pattern.split(letter).length - 1;
  if (pattern.length < 8 || pattern.length > maxLabelDigits) return "length";
  if (!/^[FIEWKC]+$/.test(pattern)) return "unknown-letter";
  // A letter that comes back after another one: "FFIIEEII".
  if (/(.)(?!\1).+\1/.test(pattern)) return "scattered-letter";
  if (!pattern.startsWith("F")) return "flag";
  if (count("I") < 1 || count("I") > 8) return "item";
  if (count("E") + count("W") === 0 || count("E") > 6 || count("W") > 6) return "value";

  const verifiedDigits = count("E") > 0 ? count("E") : count("W");
  if (count("K") > 1 || (count("K") === 1 && verifiedDigits !== 4 && verifiedDigits !== 5)) return "verifier";
  if (count("C") > 1 || (count("C") === 1 && !pattern.endsWith("C")) || (hasCheckDigit && count("C") === 0)) {
    return "check-digit";
  }
  const isFlag = (prefix: string): boolean => /^\d+$/.test(prefix) && prefix.length === count("F");
  if (prefixes.length === 0 || !prefixes.every(isFlag)) return "prefixes";
  if (pattern.length === 18 && prefixes.some((prefix) => /^1(?:$|[0-5])/.test(prefix))) return "payment-code-prefix";
  return null;
}
