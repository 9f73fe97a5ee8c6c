import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readGs1 } from "./read-gs1.ts";

const year = 2026;
const gtin = "09521234543213";
const plain = { gtin, weightGrams: null, amountFen: null, count: null, pack: null };
const nothing = { lot: null, serial: null, expiresOn: null, bestBefore: null };
const read = (text: string, aim: string | null = "]C1") => readGs1(text, aim, year);
const item = (facts: object) => ({ kind: "trade-item", item: { ...plain, ...facts } });
const refused = (refusal: object) => ({ kind: "refused", refusal });

describe("GS1 data", () => {
  it("is what the scanner calls GS1, in every symbology that carries it", () => {
    const meaning = item({ pack: { ...nothing, lot: "LOT1", bestBefore: "2026-12-31" } });
    for (const aim of ["]C1", "]e0", "]d2", "]Q3", "]J1"])
      expect(read("010952123454321310LOT1\u001d15261231", aim)).toEqual(meaning);
    for (const aim of ["]C0", "]d1", "]Q1", "]E0", "]z9"])
      expect(read("010952123454321310LOT1\u001d15261231", aim)).toEqual({ kind: "no-gs1" });
  });

  it("is told by its separator, or by an item and more, where the scanner says nothing", () => {
    const meaning = item({ pack: { ...nothing, lot: "A", expiresOn: "2026-11-30" } });
    expect(read(`01${gtin}10A\u001d17261100`, null)).toEqual(meaning);
    expect(read(`01${gtin}1726110010A`, null)).toEqual(meaning);
    // 16 digits of a shop's own that begin so, and the same with something else behind.
    expect(read(`01${gtin}`, null)).toEqual({ kind: "no-gs1" });
    expect(read(`01${gtin}0599`, null)).toEqual({ kind: "no-gs1" });
    expect(read("010952123454321410A", null)).toEqual({ kind: "no-gs1" });
    expect(read(`01${gtin}\u001d05`, null)).toEqual(refused({ kind: "unknown-ai", ai: "05" }));
  });

  it.each([
    [`01${gtin}3103001750`, item({ weightGrams: 1750 })],
    [`01${gtin}3100000002`, item({ weightGrams: 2000 })],
    [`01${gtin}3105000149`, item({ weightGrams: 1 })],
    [`01${gtin}3105000150`, item({ weightGrams: 2 })],
    [`01${gtin}310300175039221098`, item({ weightGrams: 1750, amountFen: 1098 })],
    [`01${gtin}392012`, item({ amountFen: 1200 })],
    [`01${gtin}393215612345`, item({ amountFen: 12345 })],
    [`01${gtin}393284012345`, refused({ kind: "foreign-currency", ai: "3932" })],
    [`01${gtin}3922100\u001d3932156100`, refused({ kind: "contradiction", ai: "3932" })],
    [`01${gtin}31030017503102000175`, refused({ kind: "contradiction", ai: "3102" })],
    [`01${gtin}3103000000`, refused({ kind: "bad-value", ai: "3103" })],
    [`01${gtin}39220`, refused({ kind: "bad-value", ai: "3922" })],
    [`01${gtin}3920999999999999999`, refused({ kind: "bad-value", ai: "3920" })],
    [`01${gtin}3012`, item({ count: 12 })],
    [`01${gtin}300`, refused({ kind: "bad-value", ai: "30" })],
    [`01${gtin}21S1`, item({ pack: { ...nothing, serial: "S1" } })],
    [`01${gtin}70032611260930\u001d17261127`, item({ pack: { ...nothing, expiresOn: "2026-11-26" } })],
    ["00006141411234567890", refused({ kind: "no-item" })],
    [`02${gtin}3712`, refused({ kind: "no-item" })],
    [`01${gtin}17261331`, refused({ kind: "bad-date", ai: "17" })],
    [`01${gtin}99SHOP`, item({})],
  ])("%j means %j", (text, meaning) => {
    expect(read(text)).toEqual(meaning);
  });
});

describe("a Digital Link", () => {
  it.each([
    [`https://example.com/01/${gtin}/10/LOT?17=261231`, { ...nothing, lot: "LOT", expiresOn: "2026-12-31" }],
    [`http://shop.example/p/a/01/9521234543213/10/A%2FB/21/7`, { ...nothing, lot: "A/B", serial: "7" }],
    [`https://id.gs1.org/01/${gtin}/22/X/10/L/21/S?15=261100&utm=1&3103=001750#x`, undefined],
    [`https://example.com/01/${gtin}/?linkType=gs1:pip`, null],
  ])("%s", (text, pack) => {
    for (const aim of ["]Q1", "]d1", null]) {
      const reading = read(text, aim);
      if (pack !== undefined) expect(reading).toEqual(item({ pack }));
      else
        expect(reading).toEqual(
          item({ weightGrams: 1750, pack: { lot: "L", serial: "S", expiresOn: null, bestBefore: "2026-11-30" } }),
        );
    }
  });

  it.each([
    "weixin://wxpay/bizpayurl?pr=abc",
    "https://example.com/",
    "https://example.com/01/about",
    "https://example.com/01/123",
    "https://qr.alipay.com/01abc",
    `ftp://example.com/01/${gtin}`,
    `https://example.com/01/${gtin}/99/X`,
    `https://example.com/01/${gtin}/21/S/10/L`,
    `https://example.com/01/${gtin}/10`,
    `https://example.com/?01=${gtin}`,
  ])("is not %s", (text) => {
    expect(read(text, "]Q1")).toEqual({ kind: "no-gs1" });
  });

  it("is refused where its data is wrong, and in the short form", () => {
    expect(read("https://example.com/01/09521234543214", "]Q1")).toEqual(
      refused({ kind: "bad-check-digit", ai: "01" }),
    );
    expect(read(`https://example.com/01/${gtin}?17=261331`, "]Q1")).toEqual(refused({ kind: "bad-date", ai: "17" }));
    expect(read(`https://example.com/01/${gtin}?0000=1`, "]Q1")).toEqual(refused({ kind: "unknown-ai", ai: "0000" }));
    expect(read(`https://example.com/01/${gtin}/10/%E4%25`, "]Q1")).toEqual(refused({ kind: "bad-value", ai: "10" }));
    expect(read(`https://example.com/01/${gtin}/10/A?10=B`, "]Q1")).toEqual(
      refused({ kind: "contradiction", ai: "10" }),
    );
    expect(read("https://id.gs1.org/AQnYUc1gmiERBhQ-2", "]Q1")).toEqual(refused({ kind: "compressed-link" }));
  });

  it("is read without a throw and in no time, whatever the address", () => {
    const address = fc.oneof(
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.string({ maxLength: 240 }).map((rest) => `https://example.com/01/${gtin}${rest}`),
      fc
        .array(fc.constantFrom("/", "10", "21", "%", "?", "&", "=", "01", gtin))
        .map((all) => `http://a${all.join("")}`),
    );
    fc.assert(
      fc.property(address, (text) => {
        const reading = read(text, "]Q1");
        if (reading.kind === "trade-item") expect(reading.item.gtin).toMatch(/^\d{14}$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
