import { assert } from "#core/result.ts";
import { aiLines } from "./ai-table.ts";

export type Charset = "N" | "X" | "Y" | "Z";

/** One piece of an identifier's data. */
export interface AiPart {
  readonly charset: Charset;
  readonly least: number;
  readonly most: number;
  readonly isOptional: boolean;
  /** What its digits promise beyond their number. */
  readonly check: "check-digit" | "date" | "date-with-day" | "zero" | null;
}

export interface AiRule {
  readonly ai: string;
  /** GS1's own short name, such as "BATCH/LOT". */
  readonly title: string;
  readonly parts: readonly AiPart[];
  /** Fixed by the first two digits, so that no separator follows. Source: GS1 General Specifications, figure 7.8.5-2. */
  readonly isPredefined: boolean;
}

/** The first two digits after which no separator is needed. */
const predefined = /^(?:0[0-4]|1[1-9]|20|3[1-6]|41)/;

/** What the letter after a part's length promises. */
const checks: Readonly<Record<string, AiPart["check"]>> = {
  c: "check-digit",
  d: "date",
  D: "date-with-day",
  z: "zero",
};

/** The rules by identifier. */
export const aiRules: ReadonlyMap<string, AiRule> = new Map(
  aiLines
    .trim()
    .split("\n")
    .flatMap(rulesOf)
    .map((rule) => [rule.ai, rule]),
);

/** How many digits an identifier has is told by its first two; null where none begins so. */
export function aiLengthAt(text: string): number | null {
  return lengthByPrefix.get(text.slice(0, 2)) ?? null;
}

const lengthByPrefix: ReadonlyMap<string, number> = new Map(
  [...aiRules.keys()].map((ai) => [ai.slice(0, 2), ai.length]),
);

function rulesOf(line: string): readonly AiRule[] {
  const match = /^(\S+) (\S+) (.+)$/.exec(line);
  assert(match !== null, `a line of the table: ${line}`);
  const [, ais = "", data = "", title = ""] = match;
  const parts = data.split(",").map(partOf);
  return identifiersOf(ais).map((ai) => ({ ai, title, parts, isPredefined: predefined.test(ai) }));
}

/** "310n0-5" is 3100 to 3105. */
function identifiersOf(ais: string): readonly string[] {
  const range = /^(\d+)n(\d)-(\d)$/.exec(ais);
  if (range === null) return [ais];
  const [, stem = "", first = "", last = ""] = range;
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => `${stem}${Number(first) + step}`);
}

function partOf(text: string): AiPart {
  const match = /^(\[?)([NXYZ])(\.\.)?(\d+)([cdDz]?)\]?$/.exec(text);
  assert(match !== null, `a part of the table: ${text}`);
  const [, bracket, charset, dots, digits, mark] = match;
  const most = Number(digits);
  return {
    // The expression lets no other letter through.
    charset: charset as Charset,
    least: dots === undefined ? most : 1,
    most,
    isOptional: bracket === "[",
    check: checks[mark ?? ""] ?? null,
  };
}
