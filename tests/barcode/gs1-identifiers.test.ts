import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aiRules, type AiPart } from "#core/barcode/gs1/ai-rules.ts";

// GS1's own dictionary says what the table may not be wrong about: length, characters, check digit, date, separator.

interface Entry {
  readonly isPredefined: boolean;
  readonly parts: readonly AiPart[];
}

const dictionary: ReadonlyMap<string, Entry> = new Map(
  readFileSync(new URL("../fixtures/gs1-identifiers.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .flatMap(entriesOf),
);

describe("the table of application identifiers", () => {
  it("has those of GS1's dictionary, every one and no other", () => {
    expect([...aiRules.keys()].toSorted()).toEqual([...dictionary.keys()].toSorted());
    expect(dictionary.size).toBe(541);
  });

  it.each([...dictionary])("has %s as GS1's dictionary has it", (ai, entry) => {
    const rule = aiRules.get(ai);
    expect({ isPredefined: rule?.isPredefined, parts: rule?.parts }).toEqual(entry);
  });
});

function entriesOf(line: string): readonly (readonly [string, Entry])[] {
  const [range = "", ...words] = line.split(" ");
  const isPredefined = words[0] === "*";
  const parts = (isPredefined ? words.slice(1) : words).map(partOf);
  const [first = "", last = first] = range.split("-");
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => {
    const ai = String(Number(first) + step).padStart(first.length, "0");
    return [ai, { isPredefined, parts }] as const;
  });
}

/** "N13,csum", "[X..17]", "[N6],yymmdd". */
function partOf(word: string): AiPart {
  const [format = "", check] = word.split(",");
  const match = /^\[?([NXYZ])(\.\.)?(\d+)\]?$/.exec(format);
  if (match === null) throw new Error(`a component: ${word}`);
  const most = Number(match[3]);
  const checks = { csum: "check-digit", yymmd0: "date", yymmdd: "date-with-day", zero: "zero" } as const;
  return {
    // The expression lets no other letter through.
    charset: match[1] as AiPart["charset"],
    least: match[2] === undefined ? most : 1,
    most,
    isOptional: format.startsWith("["),
    check: check === undefined ? null : (checks[check as keyof typeof checks] ?? null),
  };
}
