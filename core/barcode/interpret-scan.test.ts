import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mod10CheckDigit } from "./check-digit.ts";
import { interpretScan, type ScanMeaning } from "./interpret-scan.ts";
import { defaultLabelTemplates, type LabelTemplate } from "./label-template.ts";

const untrustedTemplate: LabelTemplate = {
  name: "no-check-18",
  pattern: "FFIIIIIEEEEEWWWWWC",
  prefixes: ["28"],
  amountDecimals: 2,
  weightDecimals: 3,
  hasCheckDigit: false,
};
const businessDate = "2026-11-26";
const labelTemplates = [...defaultLabelTemplates, untrustedTemplate];

function whileSelling(text: string, aim: string | null = null): ScanMeaning {
  return interpretScan({ text, aim }, { isTakingPayment: false, labelTemplates, businessDate });
}

function whilePaying(text: string, aim: string | null = null): ScanMeaning {
  return interpretScan({ text, aim }, { isTakingPayment: true, labelTemplates, businessDate });
}

const payCode = "134567890123456789";
const scaleLabel18 = "261234501234017500";
const misreadLabel18 = "261234501234017501";

describe("a WeChat payment code", () => {
  test("is money while a payment dialog is open, as QR, as Code 128 and from a scanner that says neither", () => {
    const meaning = { kind: "payment-code", authCode: payCode };
    for (const aim of ["]Q1", "]C0", null]) expect(whilePaying(payCode, aim)).toEqual(meaning);
  });

  test("is too early otherwise, and is then not repeated in the answer", () => {
    expect(whileSelling(payCode)).toStrictEqual({ kind: "payment-code-too-early" });
  });

  test("starts with 10 to 15 and has 18 digits; 16 or 17 digits are goods", () => {
    const kindOf = (text: string): string => whilePaying(text).kind;
    expect(["10", "11", "12", "13", "14", "15"].map((start) => kindOf(start.padEnd(18, "7")))).toEqual(
      Array(6).fill("payment-code"),
    );
    expect([kindOf("16".padEnd(18, "7")), kindOf("13".padEnd(17, "7")), kindOf("13".padEnd(19, "7"))]).toEqual([
      "item",
      "item",
      "item",
    ]);
  });

  test("stays money even where an unchecked template claims its first digits", () => {
    const greedy = {
      isTakingPayment: true,
      businessDate,
      labelTemplates: [{ ...untrustedTemplate, prefixes: ["13"], hasCheckDigit: true }],
    };
    const lookalike = `13456789012345678${mod10CheckDigit("13456789012345678")}`;
    expect(interpretScan({ text: lookalike, aim: "]C0" }, greedy)).toEqual({
      kind: "payment-code",
      authCode: lookalike,
    });
  });

  test("is not what a barcode that no phone shows says", () => {
    for (const aim of ["]E3", "]I1", "]A0", "]z9"]) expect(whilePaying(payCode, aim).kind).toBe("item");
    for (const aim of ["]C1", "]e0", "]d2", "]Q3", "]J1"]) expect(whilePaying(payCode, aim).kind).toBe("gs1-refused");
  });

  test("is never taken for goods or anything that may be shown, whatever its digits", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1[0-5][0-9]{16}$/), fc.constantFrom("]Q1", "]C0", null), (text, aim) => {
        expect(whilePaying(text, aim)).toEqual({ kind: "payment-code", authCode: text });
        expect(JSON.stringify(whileSelling(text, aim))).not.toContain(text);
      }),
    );
  });
});

describe("another wallet's code", () => {
  test("is named while money is being taken", () => {
    expect(whilePaying("281234567890123456", "]Q1")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whilePaying("2512345678901234")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whilePaying("301234567890123456789012")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whilePaying("6212345678901234567")).toEqual({ kind: "other-wallet-code", wallet: "unionpay" });
  });

  test("is too early otherwise", () => {
    expect(whileSelling("271234567890123456")).toEqual({ kind: "payment-code-too-early" });
    expect(whileSelling("6212345678901234567")).toEqual({ kind: "payment-code-too-early" });
  });
});

describe("18 digits that a scale or a wallet may have made", () => {
  const label = {
    kind: "weighed-label",
    template: "amount-weight-18",
    scaleCode: "12345",
    amountFen: 1234,
    weightGrams: 1750,
  };

  test("are a label while selling, if the check digit is right", () => {
    for (const aim of ["]C0", "]I1", null]) expect(whileSelling(scaleLabel18, aim)).toEqual(label);
    for (const aim of ["]C0", "]I1", null])
      expect(whileSelling(misreadLabel18, aim)).toEqual({ kind: "bad-check-digit", text: misreadLabel18 });
  });

  test("are a label while money is being taken only with a right check digit", () => {
    expect(whilePaying(scaleLabel18, "]C0")).toEqual(label);
    expect(whilePaying(misreadLabel18, "]C0")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whilePaying(misreadLabel18, "]I1")).toEqual({ kind: "bad-check-digit", text: misreadLabel18 });
  });

  test("are a wallet's when they come from a QR code, whatever the check digit says", () => {
    expect(whilePaying(scaleLabel18, "]Q1")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whileSelling(scaleLabel18, "]Q1")).toEqual({ kind: "payment-code-too-early" });
  });

  test("of a scale without check digit are taken on trust while selling and by nobody while paying", () => {
    expect(whileSelling("281234501234017509")).toEqual({ ...label, template: "no-check-18" });
    expect(whilePaying("281234501234017509")).toEqual({ kind: "other-wallet-code", wallet: "alipay" });
    expect(whilePaying("281234501234017509", "]I1")).toEqual({ ...label, template: "no-check-18" });
  });
});

describe("a scale's label of 13 digits", () => {
  const checked = (body: string): string => `${body}${mod10CheckDigit(body)}`;

  test("gives its amount, its weight, or its verified amount", () => {
    const base = { kind: "weighed-label", scaleCode: "00042", amountFen: null, weightGrams: null };
    expect(whileSelling(checked("210004201098"), "]E0")).toEqual({ ...base, template: "amount-13", amountFen: 1098 });
    expect(whileSelling(checked("240004200845"), "]E0")).toEqual({ ...base, template: "weight-13", weightGrams: 845 });
    expect(whileSelling(checked("230004292875"), "]E0")).toEqual({
      ...base,
      template: "verified-amount-13",
      amountFen: 2875,
    });
  });

  test("that was misread is refused, by the check digit or by the price verifier", () => {
    const misread = `${checked("210004201098").slice(0, -1)}X`.replace(
      "X",
      String((mod10CheckDigit("210004201098") + 1) % 10),
    );
    expect(whileSelling(misread)).toEqual({ kind: "bad-check-digit", text: misread });
    const wrongVerifier = checked("230004282875");
    expect(whileSelling(wrongVerifier)).toEqual({ kind: "bad-check-digit", text: wrongVerifier });
  });

  test("with a flag of the shop's own goods is an item", () => {
    const ownGoods = checked("290000000017");
    expect(whileSelling(ownGoods, "]E0")).toEqual({ kind: "item", barcode: ownGoods });
  });

  test("is a label while money is being taken, too: nothing else has its length", () => {
    expect(whilePaying(checked("210004201098")).kind).toBe("weighed-label");
  });
});

describe("goods", () => {
  test("are looked up by one spelling of their barcode", () => {
    expect(whileSelling("6901234567892", "]E0")).toEqual({ kind: "item", barcode: "6901234567892" });
    expect(whileSelling("036000291452", "]E0")).toEqual({ kind: "item", barcode: "0036000291452" });
    expect(whileSelling("96385074", "]E4")).toEqual({ kind: "item", barcode: "96385074" });
    expect(whileSelling("A-17", "]C0")).toEqual({ kind: "item", barcode: "A-17" });
    expect(whileSelling("https://example.com/苹果", "]Q1")).toEqual({
      kind: "item",
      barcode: "https://example.com/苹果",
    });
  });

  test("whose EAN was damaged on the way are refused before the look-up", () => {
    expect(whileSelling("6901234567893")).toEqual({ kind: "bad-check-digit", text: "6901234567893" });
    expect(whileSelling("036000291453", "]E0")).toEqual({ kind: "bad-check-digit", text: "036000291453" });
    expect(whileSelling("96385075", "]E4")).toEqual({ kind: "bad-check-digit", text: "96385075" });
  });

  test("may carry the shop's own numbers where they are no EAN", () => {
    expect(whileSelling("6901234567893", "]C0")).toEqual({ kind: "item", barcode: "6901234567893" });
    expect(whileSelling("10000001")).toEqual({ kind: "item", barcode: "10000001" });
  });
});

describe("a receipt", () => {
  test("is known by its sale number", () => {
    expect(whileSelling("T01-000042", "]C0")).toEqual({ kind: "sale-number", saleNumber: "T01-000042" });
    expect(whilePaying("SHOP0001-1234567")).toEqual({ kind: "sale-number", saleNumber: "SHOP0001-1234567" });
  });

  test.each(["T01-00042", "t01-000042", "T-000042", "TERMINAL1-000042", "T01-000042X", "T01-0000000000042"])(
    "is not known by %s",
    (text) => {
      expect(whileSelling(text)).toEqual({ kind: "item", barcode: text });
    },
  );
});

describe("what cannot be a code", () => {
  test("is refused with the reason", () => {
    expect(whileSelling("")).toEqual({ kind: "unreadable", reason: "empty" });
    expect(whileSelling("   ")).toEqual({ kind: "unreadable", reason: "empty" });
    expect(whileSelling("6901234\u00007892")).toEqual({ kind: "unreadable", reason: "control-characters" });
    expect(whileSelling("6901234567892\r")).toEqual({ kind: "unreadable", reason: "control-characters" });
    expect(whileSelling("7".repeat(129))).toEqual({ kind: "unreadable", reason: "too-long" });
    expect(whileSelling("7".repeat(128)).kind).toBe("item");
  });

  test("never makes the till throw, whatever is scanned", () => {
    const anyAim = fc.option(fc.stringMatching(/^\][A-Za-z][0-9A-Za-z]$/));
    const anyText = fc.oneof(
      fc.string({ maxLength: 140 }),
      fc.stringMatching(/^[0-9]{1,30}$/),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(anyText, anyAim, fc.boolean(), (text, aim, isTakingPayment) => {
        const meaning = interpretScan({ text, aim }, { isTakingPayment, labelTemplates, businessDate });
        if (meaning.kind === "weighed-label")
          expect(labelTemplates.map(({ name }) => name)).toContain(meaning.template);
        expect(isTakingPayment || (meaning.kind !== "payment-code" && meaning.kind !== "other-wallet-code")).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
