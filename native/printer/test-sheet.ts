import {
  testSheetChinese,
  testSheetChineseBig5,
  testSheetItems,
  testSheetLetters,
  testSheetRare,
  type TestSheetShows,
} from "#contract/devices/test-sheet.ts";
import { codePages } from "../code-pages.ts";
import { cellsOf, pageNumber } from "./cells.ts";
import { code128 } from "./code128.ts";
import { EscPos } from "./escpos.ts";
import { rulerText, testSheetBarcode, testSheetQr } from "./ruler.ts";
import { Bitmap } from "./raster/bitmap.ts";

/** Narrow enough for every paper, and readable by a phone. */
const QR_MODULE_DOTS = 5;
/** A frame of 20 × 6 mm: on paper it is whole, or the printer knows no pictures. */
const FRAME_DOTS = { wide: 160, high: 48 } as const;
const FEED_BEFORE_CUT = 5;

/**
 * The sheet that tells a printer's profile: every line in one way only a printer of that kind gets right, each under its
 * number. What the printer does not understand comes out as rubbish in its own line and nowhere else: every item ends
 * with a line feed and begins from ESC @.
 */
export function encodeTestSheet(): readonly Buffer[] {
  const escPos = new EscPos(32);
  const heading = Buffer.concat([
    escPos.initialise(),
    escPos.size(2, 2),
    Buffer.from("TEST"),
    escPos.newLine(),
    escPos.size(1, 1),
  ]);
  const items = testSheetItems.map(({ number, shows }) => item(escPos, number, shows));
  return [heading, ...items, Buffer.concat([escPos.feed(FEED_BEFORE_CUT), escPos.cut("partial")])];
}

function item(escPos: EscPos, number: number, shows: TestSheetShows): Buffer {
  const label = Buffer.from(`${number}. `, "ascii");
  const line = (...parts: readonly Uint8Array[]): Buffer =>
    Buffer.concat([escPos.initialise(), label, ...parts, escPos.newLine()]);
  // What fills its line, or may only begin one, stands below its number.
  const below = (...parts: readonly Uint8Array[]): Buffer =>
    Buffer.concat([escPos.initialise(), label, escPos.newLine(), ...parts]);
  switch (shows) {
    case "ruler-32":
      return below(ruler(32), escPos.newLine());
    case "ruler-42":
      return below(ruler(42), escPos.newLine());
    case "ruler-48":
      return below(ruler(48), escPos.newLine());
    case "chinese-gb":
      return line(...chinese(escPos, testSheetChinese, "gb18030"));
    case "chinese-big5":
      return line(...chinese(escPos, testSheetChineseBig5, "big5"));
    case "chinese-four-byte":
      return line(escPos.chinese(codePages().encode(testSheetRare, "gb18030")));
    case "letters-pc437":
      return line(...letters(escPos, "pc437"));
    case "letters-pc850":
      return line(...letters(escPos, "pc850"));
    case "letters-wpc1252":
      return line(...letters(escPos, "wpc1252"));
    case "qr-native":
      return below(escPos.qr(Buffer.from(testSheetQr, "ascii"), QR_MODULE_DOTS));
    case "raster":
      return below(...escPos.raster(frame()));
    case "barcode-native":
      return below(...barcode(escPos));
    case "cut":
      return line(Buffer.from("CUT / QIE ZHI", "ascii"));
  }
}

function ruler(columns: number): Buffer {
  return Buffer.from(rulerText(columns), "ascii");
}

function chinese(escPos: EscPos, text: string, encoding: "gb18030" | "big5"): readonly Buffer[] {
  const cells = cellsOf(text, { chinese: encoding, fourByte: false, codePage: "none" });
  return cells.map(({ mode, bytes }) => (mode === "chinese" ? escPos.chinese(Buffer.from(bytes)) : Buffer.from(bytes)));
}

function letters(escPos: EscPos, codePage: "pc437" | "pc850" | "wpc1252"): readonly Buffer[] {
  const cells = cellsOf(testSheetLetters, { chinese: "none", fourByte: false, codePage });
  // FS . also for printers that know it not: of those it says no more than a dot too many, on a sheet made for that.
  return [
    escPos.leaveChinese(),
    escPos.codePage(pageNumber(codePage)),
    ...cells.map((cell) => Buffer.from(cell.bytes)),
  ];
}

function frame(): Bitmap {
  const { wide, high } = FRAME_DOTS;
  const picture = new Bitmap(wide, high + 8);
  picture.blackenBox(0, 0, wide, 3);
  picture.blackenBox(0, high - 3, wide, 3);
  picture.blackenBox(0, 0, 3, high);
  picture.blackenBox(wide - 3, 0, 3, high);
  for (let x = 0; x < wide; x += 1) picture.blackenBox(x, Math.floor((x * high) / wide), 2, 2);
  return picture;
}

function barcode(escPos: EscPos): readonly Buffer[] {
  const symbol = code128(testSheetBarcode);
  return symbol === null ? [] : [escPos.code128(symbol.data, 2)];
}
