import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import { cellsOf, printable } from "../cells.ts";
import { split } from "../split.ts";
import { Bitmap } from "./bitmap.ts";
import { drawCode128, drawQr } from "./draw-codes.ts";
import { DOTS_PER_COLUMN, drawText } from "./draw-text.ts";
import { receiptFont } from "./receipt-font.ts";

/** Two metres: what drivers take as one page without asking. A longer receipt goes on with a second. */
const MOST_PAGE_DOTS = 16_000;
/** Nothing is drawn by the printer, so every character is a picture; this only tells how wide each was laid out. */
const drawnByUs = { chinese: "none", fourByte: false, codePage: "none" } as const;
const BLANK_DOTS = 30;

/** What of a printer's configuration its pictures depend on. */
export type DrawnFor = Pick<PrinterConfig, "columns" | "qr">;

type TextLine = Extract<PrintLine, { kind: "text" }>;

/**
 * A laid-out receipt as pictures of the paper's dots, one below the other; nearly always one. No line is cut in two, and
 * none is wider than the paper, whatever paper it was laid out for.
 */
export function drawReceipt(
  lines: readonly PrintLine[],
  config: DrawnFor,
  logo: Bitmap | null = null,
): readonly Bitmap[] {
  const paperDots = config.columns * DOTS_PER_COLUMN;
  const strips = lines.flatMap((line) => stripsOf(line, config, paperDots, logo));
  return pagesOf(strips).map((page) => stacked(page, paperDots));
}

function stripsOf(
  line: PrintLine,
  { columns, qr }: DrawnFor,
  paperDots: number,
  logo: Bitmap | null,
): readonly Bitmap[] {
  switch (line.kind) {
    case "text":
      return textStrips(line, columns, paperDots);
    case "blank":
      return [new Bitmap(8, BLANK_DOTS)];
    case "barcode": {
      const picture = drawCode128(printable(line.text), paperDots);
      const readable: TextLine = { kind: "text", text: line.text, align: "center", style: {} };
      // A text no Code 128 of this width can hold is printed as it reads: a number to type is better than none.
      return [...(picture === null ? [] : [centred(picture, paperDots)]), ...textStrips(readable, columns, paperDots)];
    }
    case "qr": {
      const content = printable(line.text);
      const picture = qr === "none" || content === "" ? null : drawQr(content, paperDots);
      return picture === null ? [] : [centred(picture, paperDots)];
    }
    case "logo":
      return logo === null ? [] : [centred(logo, paperDots)];
  }
}

function textStrips({ text, align, style }: TextLine, columns: number, paperDots: number): readonly Bitmap[] {
  const { bold = false, widthTimes = 1, heightTimes = 1 } = style;
  const look = { bold, widthTimes, heightTimes, align };
  const perLine = Math.floor(columns / widthTimes);
  return split(cellsOf(text, drawnByUs), perLine, "laidOut").map((cells) =>
    drawText(cells, look, paperDots, receiptFont()),
  );
}

/** To the next byte's edge: at most four dots, half a millimetre, beside the middle. */
function centred(picture: Bitmap, paperDots: number): Bitmap {
  const free = Math.max(0, paperDots - picture.rowBytes * 8);
  const row = new Bitmap(paperDots, picture.heightDots);
  row.lay(picture, Math.floor(free / 16) * 8, 0);
  return row;
}

function pagesOf(strips: readonly Bitmap[]): readonly (readonly Bitmap[])[] {
  const pages: Bitmap[][] = [[]];
  let used = 0;
  for (const strip of strips) {
    if (used + strip.heightDots > MOST_PAGE_DOTS) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(strip);
    used += strip.heightDots;
  }
  return pages;
}

function stacked(strips: readonly Bitmap[], paperDots: number): Bitmap {
  const height = strips.reduce((sum, { heightDots }) => sum + heightDots, 0);
  // A page without a line has no height, and no program takes a picture of none.
  const page = new Bitmap(paperDots, Math.max(1, height));
  let y = 0;
  for (const strip of strips) {
    page.lay(strip, 0, y);
    y += strip.heightDots;
  }
  return page;
}
