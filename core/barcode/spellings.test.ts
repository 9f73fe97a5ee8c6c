import { describe, expect, it } from "vitest";
import { fixedNumberOf, spellingsOf } from "./spellings.ts";
import { expandUpcE } from "./upc-e.ts";

describe("the spellings of a barcode", () => {
  it.each([
    ["6901234567892", ["6901234567892", "06901234567892"]],
    ["06901234567892", ["06901234567892", "6901234567892"]],
    ["0036000291452", ["0036000291452", "036000291452", "00036000291452"]],
    ["00000096385074", ["00000096385074", "0000096385074", "000096385074", "96385074"]],
    ["96385074", ["96385074", "0000096385074", "000096385074", "00000096385074"]],
    // A case of 12: a number of its own.
    ["16901234567899", ["16901234567899"]],
    ["A-17", ["A-17"]],
    ["6901234567893", ["6901234567893"]],
    ["10000001", ["10000001"]],
    // Eight digits that are both no EAN-8 and the short form of 0 42100 00526 4.
    ["04252614", ["04252614", "0042100005264", "042100005264", "00042100005264"]],
  ])("of %s are %j", (code, expected) => {
    expect(spellingsOf(code)).toEqual(expected);
  });

  it("have the fixed number of what is weighed apart, for weighed items only", () => {
    expect(fixedNumberOf("96901234567895")).toBe("6901234567892");
    expect(fixedNumberOf("16901234567899")).toBeNull();
  });
});

describe("a UPC-E", () => {
  it.each([
    ["04252614", "042100005264"],
    ["01234505", "012000003455"],
    ["01234514", "012100003454"],
    ["01234523", "012200003453"],
    ["01234531", "012300000451"],
    ["01234543", "012340000053"],
    ["01234558", "012345000058"],
    ["01234565", "012345000065"],
    ["11234562", "112345000062"],
  ])("%s is %s", (short, long) => {
    expect(expandUpcE(short)).toBe(long);
  });

  it("needs a number system of 0 or 1 and a right check digit", () => {
    expect([expandUpcE("21234565"), expandUpcE("01234566"), expandUpcE("0123456")]).toEqual([null, null, null]);
  });
});
