import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mod10CheckDigit } from "./check-digit.ts";
import {
  checkLabelTemplate,
  defaultLabelTemplates,
  weightAmountTemplate18,
  type LabelTemplate,
} from "./label-template.ts";
import { readLabel } from "./read-label.ts";

const good: LabelTemplate = {
  name: "mine",
  pattern: "FFIIIIIEEEEEC",
  prefixes: ["21"],
  amountDecimals: 2,
  weightDecimals: 3,
  hasCheckDigit: true,
};

describe("a label template from the settings", () => {
  test("is accepted as the shop's scale needs it", () => {
    const templates = [
      ...defaultLabelTemplates,
      weightAmountTemplate18,
      { ...good, pattern: "FIIIIIIEEEEEC", prefixes: ["2"] },
      { ...good, pattern: "FFIIIIEEEEEEC", hasCheckDigit: false },
      { ...good, pattern: "FFIIIIKEEEEEC" },
    ];
    for (const template of templates) expect(checkLabelTemplate(template)).toEqual({ ok: true, value: template });
  });

  const faults: readonly (readonly [string, Partial<LabelTemplate>])[] = [
    ["length", { pattern: "FFIEC" }],
    ["length", { pattern: `FFIIIII${"E".repeat(18)}` }],
    ["unknown-letter", { pattern: "FFIIIIIVVVVVC" }],
    ["scattered-letter", { pattern: "FFIIIEEEEEIIC" }],
    ["flag", { pattern: "IIIIIEEEEEFFC" }],
    ["item", { pattern: "FFEEEEEWWWWWC" }],
    ["value", { pattern: "FFIIIIIC" }],
    ["value", { pattern: "FFIIIEEEEEEEC" }],
    ["verifier", { pattern: "FFIIIKEEEEEEC" }],
    ["check-digit", { pattern: "FFIIIIICEEEEE" }],
    ["check-digit", { pattern: "FFIIIIIEEEEE" }],
    ["prefixes", { prefixes: [] }],
    ["prefixes", { prefixes: ["21", "2"] }],
    ["prefixes", { prefixes: ["2x"] }],
    ["payment-code-prefix", { pattern: "FFIIIIIEEEEEWWWWWC", prefixes: ["26", "13"] }],
    ["payment-code-prefix", { pattern: "FIIIIIIEEEEEWWWWWC", prefixes: ["1"] }],
  ];

  test.each(faults)("is refused for its %s: %j", (problem, change) => {
    const fault = { kind: "bad-label-template", template: "mine", problem };
    expect(checkLabelTemplate({ ...good, ...change })).toEqual({ ok: false, fault });
  });
});

describe("reading a label", () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

  test("gives back what the scale was told, in either order", () => {
    fc.assert(
      fc.property(digits(5), digits(5), digits(5), fc.boolean(), (scaleCode, amount, weight, isSwapped) => {
        const body = `26${scaleCode}${isSwapped ? weight + amount : amount + weight}`;
        const templates = isSwapped ? [weightAmountTemplate18] : defaultLabelTemplates;
        expect(readLabel(`${body}${mod10CheckDigit(body)}`, templates)).toEqual({
          kind: "label",
          isProven: true,
          label: {
            template: isSwapped ? "weight-amount-18" : "amount-weight-18",
            scaleCode,
            amountFen: Number(amount),
            weightGrams: Number(weight),
          },
        });
      }),
    );
  });

  test("counts the decimals the scale was set to", () => {
    const inJiao: LabelTemplate = { ...good, amountDecimals: 1 };
    const inTensOfGrams: LabelTemplate = { ...good, pattern: "FFIIIIIWWWWWC", weightDecimals: 2 };
    const body = "211234500123";
    const text = `${body}${mod10CheckDigit(body)}`;
    expect(readLabel(text, [inJiao])).toMatchObject({ label: { amountFen: 1230, weightGrams: null } });
    expect(readLabel(text, [inTensOfGrams])).toMatchObject({ label: { amountFen: null, weightGrams: 1230 } });
  });

  test("one wrong digit is never read as another label of the same template", () => {
    fc.assert(
      fc.property(digits(10), fc.nat(10), fc.integer({ min: 1, max: 9 }), (rest, offset, shift) => {
        const body = `21${rest}`;
        const right = `${body}${mod10CheckDigit(body)}`;
        const place = offset + 2;
        const wrong = `${right.slice(0, place)}${(Number(right[place]) + shift) % 10}${right.slice(place + 1)}`;
        expect(readLabel(wrong, [good])).toEqual({ kind: "bad-check-digit" });
      }),
    );
  });

  test("of another length or flag is no label", () => {
    expect(readLabel("2912345012345", [good])).toEqual({ kind: "no-label" });
    expect(readLabel("21123450123", [good])).toEqual({ kind: "no-label" });
    expect(readLabel("21A2345012345", [good])).toEqual({ kind: "no-label" });
  });
});
