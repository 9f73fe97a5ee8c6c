import bwipjs from "bwip-js/node";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasValidCheckDigit, mod10CheckDigit } from "./check-digit.ts";
import { isRestrictedEan13, isValidEan, normalizeBarcode } from "./ean.ts";
import { priceVerifierDigit } from "./price-verifier.ts";

/** A control must fail in every run of the suite: always the same cases, and no time spent on shrinking them. */
const control = { seed: 1, numRuns: 2000, endOnFailure: true };

function digits(length: number) {
  return fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
}

describe("the check digit", () => {
  test.each([
    ["400638133393", 1],
    ["690123456789", 2],
    ["9638507", 4],
    ["03600029145", 2],
    ["950110153100", 0],
    ["629104150021", 3],
    ["37610425002123456", 9],
    ["26123450123401750", 0],
  ])("of %s is %i", (text, expected) => {
    expect(mod10CheckDigit(text)).toBe(expected);
  });

  test("is the one an independent barcode library accepts", () => {
    fc.assert(
      fc.property(digits(12), (text) => {
        const right = mod10CheckDigit(text);
        expect(() => bwipjs.raw("ean13", `${text}${right}`)).not.toThrow();
        expect(() => bwipjs.raw("ean13", `${text}${(right + 1) % 10}`)).toThrow("heck digit");
      }),
      { numRuns: 40 },
    );
  });

  /** Changes one digit of a checked number and asks whether that is noticed. */
  function noticesEverySingleError(checkDigit: (text: string) => number) {
    return fc.property(digits(12), fc.nat(12), fc.integer({ min: 1, max: 9 }), (text, place, shift) => {
      const right = `${text}${checkDigit(text)}`;
      const wrongDigit = (Number(right[place]) + shift) % 10;
      const wrong = `${right.slice(0, place)}${wrongDigit}${right.slice(place + 1)}`;
      return checkDigit(wrong.slice(0, -1)) !== Number(wrong.at(-1));
    });
  }

  test("catches every single wrong digit", () => {
    fc.assert(noticesEverySingleError(mod10CheckDigit), { numRuns: 2000 });
  });

  test("and the check for that catches weights that are blind to some errors", () => {
    const weightsTwoAndOne = (text: string): number =>
      (10 - ([...text].reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 2 : 1), 0) % 10)) % 10;
    expect(fc.check(noticesEverySingleError(weightsTwoAndOne), control).failed).toBe(true);
  });

  test("is never found in text that is not digits", () => {
    expect(["", "1", "12a4", "４００６"].some(hasValidCheckDigit)).toBe(false);
    expect(() => mod10CheckDigit("12a4")).toThrow("digits");
  });
});

describe("EAN and UPC", () => {
  test("an EAN-8, a UPC-A and an EAN-13 are valid, other lengths and wrong digits are not", () => {
    expect(["96385074", "036000291452", "6901234567892"].every(isValidEan)).toBe(true);
    expect(["96385075", "036000291453", "6901234567893", "16901234567899", "", "690123456789X"].some(isValidEan)).toBe(
      false,
    );
  });

  test("a UPC-A and the EAN-13 with a zero before it are one barcode", () => {
    expect(normalizeBarcode("036000291452")).toBe("0036000291452");
    expect(normalizeBarcode("0036000291452")).toBe("0036000291452");
  });

  test("an in-house code is only trimmed", () => {
    expect(["036000291453", "96385074", " A-17 ", "000123"].map(normalizeBarcode)).toEqual([
      "036000291453",
      "96385074",
      "A-17",
      "000123",
    ]);
  });

  test("a normalised code stays what it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), digits(12), digits(13)),
        (text) => normalizeBarcode(normalizeBarcode(text)) === normalizeBarcode(text),
      ),
    );
  });

  test("prefixes 02, 04 and 20 to 29 are the shop's own to define", () => {
    const prefixes = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));
    const restricted = prefixes.filter((prefix) => {
      const body = `${prefix}1234567890`;
      return isRestrictedEan13(`${body}${mod10CheckDigit(body)}`);
    });
    expect(restricted).toEqual(["02", "04", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29"]);
    expect(isRestrictedEan13("2112345010980")).toBe(false);
  });
});

describe("the price verifier", () => {
  test("of 2875 is 9 and of 14685 is 6, as GS1 works them out", () => {
    expect(priceVerifierDigit("2875")).toBe(9);
    expect(priceVerifierDigit("14685")).toBe(6);
  });

  test("follows the standard's formula: products less or plus their tens, filled up to the next ten by 5-", () => {
    const product = (digit: number, factor: number, sign: number): number => {
      const plain = digit * factor;
      return (plain + sign * Math.floor(plain / 10) + 10) % 10;
    };
    fc.assert(
      fc.property(digits(5), (text) => {
        const [a, b, c, d, e] = Array.from(text, Number) as [number, number, number, number, number]; // five by its pattern
        const weighed = product(a, 5, 1) + product(b, 2, -1) + product(c, 5, -1) + product(d, 5, 1) + product(e, 2, -1);
        return (weighed + product(priceVerifierDigit(text), 5, -1)) % 10 === 0;
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(digits(4), (text) => {
        const [a, b, c, d] = Array.from(text, Number) as [number, number, number, number]; // four by its pattern
        const weighed = product(a, 2, -1) + product(b, 2, -1) + product(c, 3, 0) + product(d, 5, -1);
        return priceVerifierDigit(text) === (weighed * 3) % 10;
      }),
      { numRuns: 1000 },
    );
  });

  test.each([4, 5])("of %i digits changes with every single wrong digit", (length) => {
    fc.assert(
      fc.property(digits(length), fc.nat(length - 1), fc.integer({ min: 1, max: 9 }), (text, place, shift) => {
        const wrong = `${text.slice(0, place)}${(Number(text[place]) + shift) % 10}${text.slice(place + 1)}`;
        return priceVerifierDigit(wrong) !== priceVerifierDigit(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("of any other length does not exist", () => {
    for (const text of ["", "123", "123456", "12a4"]) expect(() => priceVerifierDigit(text)).toThrow("four or five");
  });
});
