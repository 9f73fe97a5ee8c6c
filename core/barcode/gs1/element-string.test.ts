import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import { aiRules, type AiPart, type AiRule } from "./ai-rules.ts";
import { readElementString } from "./element-string.ts";

const year = 2026;
const read = (text: string) => {
  const result = readElementString(text, year);
  return result.ok ? Object.fromEntries(result.value) : result.fault;
};

describe("an element string", () => {
  it.each([
    // GS1 General Specifications and the labels of a shop.
    ["010952123454321310LOT1\u001d15261231", { "01": "09521234543213", "10": "LOT1", "15": "261231" }],
    ["01095212345432131526123110LOT1", { "01": "09521234543213", "15": "261231", "10": "LOT1" }],
    ["0109521234543213", { "01": "09521234543213" }],
    ["\u001d0109521234543213\u001d10A\u001d", { "01": "09521234543213", "10": "A" }],
    ["00006141411234567890", { "00": "006141411234567890" }],
    ["01095212345432133103001750", { "01": "09521234543213", "3103": "001750" }],
    ["01095212345432133922995\u001d10B", { "01": "09521234543213", "3922": "995", "10": "B" }],
    ["01095212345432133932156995", { "01": "09521234543213", "3932": "156995" }],
    ["010952123454321330", { kind: "bad-value", ai: "30" }],
    ["8006095212345432130102", { "8006": "095212345432130102" }],
    ["70032612312359", { "7003": "2612312359" }],
    // Production time: the minutes, and the seconds after them, may be left out, but no half of either.
    ["8008261231", { kind: "bad-value", ai: "8008" }],
    ["800826123123", { "8008": "26123123" }],
    ["80082612312359", { "8008": "2612312359" }],
    ["8008261231235", { kind: "bad-value", ai: "8008" }],
    ["800826130123", { kind: "bad-date", ai: "8008" }],
    // Up to five countries of three digits, and no half of one.
    ["423156276", { "423": "156276" }],
    ["4231562", { kind: "bad-value", ai: "423" }],
    ["423156276392410124840", { kind: "bad-value", ai: "423" }],
    // A returnable asset has a zero before its thirteen digits.
    ["800309521234543213SN7", { "8003": "09521234543213SN7" }],
    ["800319521234543213", { kind: "bad-value", ai: "8003" }],
    // Made to order, a telephone: no item of its own, and no unknown identifier either.
    ["0309521234543213", { "03": "09521234543213" }],
    ["8040490154203237518", { "8040": "490154203237518" }],
    ["717052-20220012345", { "717": "052-20220012345" }],
    ["17261200", { "17": "261200" }],
    ["17260229", { kind: "bad-date", ai: "17" }],
    ["17280229", { "17": "280229" }],
    ["17261331", { kind: "bad-date", ai: "17" }],
    ["15260001", { kind: "bad-date", ai: "15" }],
    ["11260431", { kind: "bad-date", ai: "11" }],
    ["70062612313", { kind: "bad-value", ai: "7006" }],
    ["7006261200", { kind: "bad-date", ai: "7006" }],
    ["0109521234543214", { kind: "bad-check-digit", ai: "01" }],
    ["00006141411234567891", { kind: "bad-check-digit", ai: "00" }],
    ["010952123454321", { kind: "bad-value", ai: "01" }],
    ["01095212345432\u001d3", { kind: "bad-value", ai: "01" }],
    ["10", { kind: "bad-value", ai: "10" }],
    ["10ABCDEFGHIJKLMNOPQRSTU", { kind: "bad-value", ai: "10" }],
    ["10批号", { kind: "bad-value", ai: "10" }],
    ["0510", { kind: "unknown-ai", ai: "05" }],
    ["3106000001", { kind: "unknown-ai", ai: "3106" }],
    ["4999A", { kind: "unknown-ai", ai: "49" }],
    ["A1", { kind: "unknown-ai", ai: "A1" }],
    ["\u0007x", { kind: "unknown-ai", ai: "?x" }],
    ["10A\u001d10B", { kind: "contradiction", ai: "10" }],
    ["10A\u001d10A", { "10": "A" }],
  ])("of %j reads %j", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it("reads back whatever was written by the table, the separator only where it is needed", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyElement(), { selector: ([ai]) => ai, minLength: 1, maxLength: 8 }), (elements) => {
        expect(read(written(elements, ""))).toEqual(Object.fromEntries(elements));
        // A separator after every field, as careless label printers send it, changes nothing.
        expect(read(written(elements, "\u001d"))).toEqual(Object.fromEntries(elements));
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, and never finds more than the label holds", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(..."0123456789\u001d"), maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (label) => {
        const result = readElementString(label, year);
        if (!result.ok) return;
        const all = [...result.value].map(([ai, value]) => ai.length + value.length).reduce((a, b) => a + b, 0);
        expect(all).toBeLessThanOrEqual(label.length);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the table of application identifiers", () => {
  it("begins no identifier with another one", () => {
    const ais = [...aiRules.keys()];
    expect(ais.filter((ai) => ais.some((other) => other !== ai && other.startsWith(ai)))).toEqual([]);
    expect(new Set(ais.map((ai) => `${ai.slice(0, 2)}:${ai.length}`)).size).toBe(
      new Set(ais.map((ai) => ai.slice(0, 2))).size,
    );
  });

  it("has one length for each identifier that ends without a separator", () => {
    const loose = [...aiRules.values()].filter(
      ({ isPredefined, parts }) => isPredefined && parts.some((part) => part.isOptional || part.least !== part.most),
    );
    expect(loose).toEqual([]);
    // GS1 General Specifications, figure 7.8.5-2: characters of identifier and data together.
    const lengths = { "00": 20, "01": 16, "02": 16, "11": 8, "17": 8, "20": 4, "3103": 10, "3669": 10, "410": 16 };
    for (const [ai, length] of Object.entries(lengths)) {
      const rule = aiRules.get(ai);
      if (rule !== undefined) expect(ai.length + (rule.parts[0]?.most ?? 0)).toBe(length);
    }
  });
});

function written(elements: readonly (readonly [string, string])[], needless: string): string {
  return elements
    .map(([ai, value], at) => {
      const isLast = at === elements.length - 1;
      const separator = aiRules.get(ai)?.isPredefined === true || isLast ? needless : "\u001d";
      return `${ai}${value}${separator}`;
    })
    .join("");
}

function anyElement(): fc.Arbitrary<readonly [string, string]> {
  return fc.constantFrom(...aiRules.values()).chain((rule) => valueOf(rule).map((value) => [rule.ai, value] as const));
}

function valueOf(rule: AiRule): fc.Arbitrary<string> {
  return fc.tuple(...rule.parts.map(pieceOf)).map((pieces) => pieces.join(""));
}

function pieceOf({ charset, least, most, check }: AiPart): fc.Arbitrary<string> {
  if (check === "date") return fc.constantFrom("260101", "261231", "280229", "991100", "000229");
  if (check === "date-with-day") return fc.constantFrom("260101", "261231", "280229");
  if (check === "zero") return fc.constant("0".repeat(most));
  const characters = { N: "0123456789", X: "!\"%&'()*+,-./09:;<=>?AZ_az", Y: "#-/09AZ", Z: "09AZ_az-=" }[charset];
  const text = fc.string({ unit: fc.constantFrom(...characters), minLength: least, maxLength: most });
  if (check !== "check-digit") return text;
  return text.map((digits) => `${digits.slice(0, -1)}${mod10CheckDigit(digits.slice(0, -1))}`);
}
