/**
 * What a printer's test sheet asks, in the order of the numbers on the paper. Each line is printed in one way only a
 * printer of that kind gets right, so that the answers tell the printer's profile.
 */
export const testSheetItems = [
  /** A ruler as wide as 58 mm paper, as a 512-dot head, as an 80 mm head: right when it fills one line and ends in `|`. */
  { number: 1, shows: "ruler-32" },
  { number: 2, shows: "ruler-42" },
  { number: 3, shows: "ruler-48" },
  /** `testSheetChinese` in the encodings of mainland China, and of Taiwan and Hong Kong. */
  { number: 4, shows: "chinese-gb" },
  { number: 5, shows: "chinese-big5" },
  /** `testSheetRare`, four bytes a character in GB 18030. */
  { number: 6, shows: "chinese-four-byte" },
  /** `testSheetLetters` on one code page each. */
  { number: 7, shows: "letters-pc437" },
  { number: 8, shows: "letters-pc850" },
  { number: 9, shows: "letters-wpc1252" },
  { number: 10, shows: "qr-native" },
  /** A picture: nearly every printer shows it. Without it no raster can stand in for anything. */
  { number: 11, shows: "raster" },
  { number: 12, shows: "barcode-native" },
  /** After all of it: whether the paper came off by itself. */
  { number: 13, shows: "cut" },
] as const;

export type TestSheetShows = (typeof testSheetItems)[number]["shows"];

/** The numbers a person found right on the paper. */
export type TestSheetAnswers = ReadonlySet<number>;

export const testSheetChinese = "中文收银小票 合计￥8.50";
export const testSheetChineseBig5 = "中文收銀小票 合計￥8.50";
export const testSheetRare = "㐂㙍䶮";
export const testSheetLetters = "Café señor ¥8.50";

/** The keys of the printer's section in terminal.json that the sheet tells. */
export interface TestedProfile {
  readonly columns: 32 | 42 | 48;
  readonly chinese: "gb18030" | "big5" | "none";
  readonly fourByte: boolean;
  readonly codePage: "none" | "pc437" | "pc850" | "wpc1252";
  readonly otherCharacters: "raster" | "mark";
  readonly qr: "native" | "raster" | "none";
  readonly barcode: "native" | "raster";
  readonly cut: "partial" | "none";
}

/**
 * What the answers tell. The widest ruler that stood on one line is the paper; with none of them right the narrowest is
 * taken, on which nothing is cut off.
 */
export function profileFrom(answers: TestSheetAnswers): TestedProfile {
  const isRight = (shows: TestSheetShows): boolean =>
    testSheetItems.some((item) => item.shows === shows && answers.has(item.number));
  const canDraw = isRight("raster");
  const isGb = isRight("chinese-gb");
  return {
    columns: isRight("ruler-48") ? 48 : isRight("ruler-42") ? 42 : 32,
    chinese: isGb ? "gb18030" : isRight("chinese-big5") ? "big5" : "none",
    fourByte: isGb && isRight("chinese-four-byte"),
    // 1252 first: it has every letter of the other two that a receipt needs, and the euro sign.
    codePage: isRight("letters-wpc1252")
      ? "wpc1252"
      : isRight("letters-pc850")
        ? "pc850"
        : isRight("letters-pc437")
          ? "pc437"
          : "none",
    otherCharacters: canDraw ? "raster" : "mark",
    qr: isRight("qr-native") ? "native" : canDraw ? "raster" : "none",
    barcode: isRight("barcode-native") || !canDraw ? "native" : "raster",
    cut: isRight("cut") ? "partial" : "none",
  };
}
