import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import { micronsPerDot, type PrintPages } from "#contract/devices/print-page.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { DOTS_PER_COLUMN } from "./raster/draw-text.ts";
import { drawReceipt } from "./raster/draw-receipt.ts";
import { pngOf } from "./raster/png.ts";

/** Rolls are 80 or 58 mm wide; the head covers 72 (63 with 42 columns) or 48 mm in the middle of them. */
const PAPER_MICRONS = { 48: 80_000, 42: 80_000, 32: 58_000 } as const;
/** White below: a driver that rounds the page down by a dot or two must not push the last row onto a page of its own. */
const FOOT_MICRONS = 2_000;

/** A receipt as the pages the operating system prints: as wide as the roll, as high as the receipt, a dot for a dot. */
export function pagesOf(
  lines: readonly PrintLine[],
  config: Pick<PrinterConfig, "columns" | "qr">,
  logo: Bitmap | null,
): PrintPages {
  const widthDots = config.columns * DOTS_PER_COLUMN;
  const widthMicrons = PAPER_MICRONS[config.columns];
  const drawn = drawReceipt(lines, config, logo);
  const tallest = Math.max(...drawn.map(({ heightDots }) => heightDots));
  return {
    widthMicrons,
    heightMicrons: tallest * micronsPerDot + FOOT_MICRONS,
    // A roll is wider than its head: the difference is even, and half of it whole.
    leftMicrons: (widthMicrons - widthDots * micronsPerDot) >> 1,
    widthDots,
    pictures: drawn.map((picture) => ({
      heightDots: picture.heightDots,
      png: pngOf(picture).toString("base64"),
    })),
  };
}
