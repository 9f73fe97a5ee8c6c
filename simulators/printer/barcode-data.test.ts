import { describe, expect, it } from "vitest";
import { readBarcode } from "./barcode-data.ts";

const read = (symbology: Parameters<typeof readBarcode>[0], text: string) =>
  readBarcode(symbology, Buffer.from(text, "latin1"));

describe("readBarcode", () => {
  it("adds the check digit the printer adds", () => {
    expect(read("ean13", "400638133393")).toEqual({ text: "4006381333931", modules: 95 });
    expect(read("ean8", "9638507")).toEqual({ text: "96385074", modules: 67 });
    expect(read("upc-a", "03600029145")).toEqual({ text: "036000291452", modules: 95 });
  });

  it("reads all three code sets of Code 128", () => {
    expect(read("code128", "{BAb{{1")).toEqual({ text: "Ab{1", modules: (1 + 4 + 1) * 11 + 13 });
    expect(read("code128", "{C\x0c\x22{B!")).toEqual({ text: "1234!", modules: (1 + 2 + 2 + 1) * 11 + 13 });
    expect(read("code128", "{AX{Sy\x09")).toMatchObject({ text: "Xy\t" });
    expect(read("code128", "{C{1\x01")).toMatchObject({ text: "\u001d01" });
  });

  it.each([
    ["code128", "ABC", "must begin with a code set"],
    ["code128", "{{A", "must begin with a code set"],
    ["code128", "{B", "no data"],
    ["code128", "{B中", "cannot hold byte"],
    ["code128", "{Ba{", "does not know"],
    ["code128", "{C\x64", "set C cannot hold byte 100"],
    ["code128", "{Aa", "set A cannot hold byte 97"],
    ["ean13", "40063813339A", "digits only"],
    ["itf", "123", "cannot hold"],
    ["codabar", "123", "cannot hold"],
    ["code39", "abc", "cannot hold"],
    ["upc-e", "99", "cannot hold"],
    ["code93", "", "ASCII only"],
  ] as const)("refuses %s of %j", (symbology, text, reason) => {
    expect(readBarcode(symbology, Buffer.from(text))).toContain(reason);
  });

  it.each([
    ["itf", "1234"],
    ["codabar", "A123B"],
    ["code39", "ABC-1"],
    ["upc-e", "01234565"],
    ["code93", "Ab1"],
  ] as const)("takes %s of %j as it stands", (symbology, text) => {
    expect(read(symbology, text)).toMatchObject({ text });
  });
});
