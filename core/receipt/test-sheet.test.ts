import { describe, expect, it } from "vitest";
import { profileFrom, testSheetItems, type TestSheetShows } from "./test-sheet.ts";

function answers(...right: readonly TestSheetShows[]): ReadonlySet<number> {
  return new Set(testSheetItems.filter((item) => right.includes(item.shows)).map((item) => item.number));
}

describe("what a test sheet tells", () => {
  it("numbers its lines from 1 without a gap", () => {
    expect(testSheetItems.map((item) => item.number)).toEqual(testSheetItems.map((_, index) => index + 1));
  });

  it("of an 80 mm printer sold in China", () => {
    const seen = answers(
      "ruler-32",
      "ruler-42",
      "ruler-48",
      "chinese-gb",
      "qr-native",
      "raster",
      "barcode-native",
      "cut",
    );
    expect(profileFrom(seen)).toEqual({
      columns: 48,
      chinese: "gb18030",
      fourByte: false,
      codePage: "none",
      otherCharacters: "raster",
      qr: "native",
      barcode: "native",
      cut: "partial",
    });
  });

  it("of a 58 mm printer that draws no QR code and cuts nothing", () => {
    expect(profileFrom(answers("ruler-32", "chinese-gb", "raster", "barcode-native"))).toEqual({
      columns: 32,
      chinese: "gb18030",
      fourByte: false,
      codePage: "none",
      otherCharacters: "raster",
      qr: "raster",
      barcode: "native",
      cut: "none",
    });
  });

  it("of a printer for Europe, one for Taiwan, and one of which nothing came out right", () => {
    const europe = profileFrom(answers("ruler-32", "ruler-42", "letters-pc850", "letters-wpc1252", "raster", "cut"));
    expect([europe.columns, europe.chinese, europe.codePage, europe.barcode]).toEqual([
      42,
      "none",
      "wpc1252",
      "raster",
    ]);
    expect(profileFrom(answers("ruler-48", "chinese-big5", "chinese-four-byte"))).toMatchObject({
      chinese: "big5",
      fourByte: false,
    });
    expect(profileFrom(new Set())).toEqual({
      columns: 32,
      chinese: "none",
      fourByte: false,
      codePage: "none",
      otherCharacters: "mark",
      qr: "none",
      barcode: "native",
      cut: "none",
    });
  });
});
