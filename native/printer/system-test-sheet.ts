import type { PrintLine } from "#contract/devices/messages.ts";
import { testSheetChinese, testSheetLetters, testSheetRare } from "#contract/devices/test-sheet.ts";
import { rulerText, testSheetBarcode, testSheetQr } from "./ruler.ts";

/**
 * The test sheet of a printer that everything is drawn for: nothing of its own is to be found out but whether the ruler
 * ends in `|` at the edge of what it prints, and whether the codes can be read.
 */
export function systemTestSheet(columns: number): readonly PrintLine[] {
  const text = (words: string): PrintLine => ({ kind: "text", text: words, align: "left", style: {} });
  return [
    { kind: "text", text: "TEST", align: "center", style: { bold: true, widthTimes: 2, heightTimes: 2 } },
    { kind: "blank" },
    text(rulerText(columns)),
    text(testSheetChinese),
    text(testSheetRare),
    text(testSheetLetters),
    { kind: "blank" },
    { kind: "qr", text: testSheetQr },
    { kind: "barcode", text: testSheetBarcode },
    text(rulerText(columns)),
  ];
}
