import type { Cell } from "../cells.ts";
import { Bitmap } from "./bitmap.ts";
import { glyphDots, type ReceiptFont } from "./receipt-font.ts";

/** Font A of receipt printers, half as wide as it is high: 576 dots on 80 mm paper, 384 on 58 mm. */
export const DOTS_PER_COLUMN = 12;
const CELL_DOTS = DOTS_PER_COLUMN;
/** Lines stand 30 dots apart, as printers set them (Epson: ESC 2). */
const AIR_DOTS = 6;
/** 〓 stands for what no font has. */
const MISSING = "〓";

/** One line of text as a picture that stands where the printer itself would have put it. */
export function drawText(
  cells: readonly Pick<Cell, "character" | "laidOut">[],
  look: Look & { readonly align: "left" | "center" | "right" },
  paperDots: number,
  font: ReceiptFont,
): Bitmap {
  const { align, widthTimes, heightTimes } = look;
  const usedDots = cells.reduce((dots, cell) => dots + cell.laidOut * CELL_DOTS * widthTimes, 0);
  const free = Math.max(0, paperDots - usedDots);
  const picture = new Bitmap(paperDots, glyphDots * heightTimes + AIR_DOTS);
  let x = align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
  for (const { character, laidOut } of cells) {
    const wide = laidOut * CELL_DOTS;
    const glyph = font.glyph(character) ?? font.glyph(laidOut === 2 ? MISSING : "?");
    if (glyph !== null) drawGlyph(picture, glyph, x, wide, look);
    x += wide * widthTimes;
  }
  return picture.trimmed();
}

interface Look {
  readonly bold: boolean;
  readonly widthTimes: 1 | 2;
  readonly heightTimes: 1 | 2;
}

function drawGlyph(picture: Bitmap, glyph: Uint8Array, x: number, wide: number, look: Look): void {
  // Half a cell cuts a wide picture off rather than let it run into its neighbour.
  const mask = wide > CELL_DOTS ? 0xff_ff_ff : 0xff_f0_00;
  for (let row = 0; row < glyphDots; row += 1) {
    const [a = 0, b = 0, c = 0] = glyph.subarray(row * 3, row * 3 + 3);
    let dots = (a << 16) | (b << 8) | c;
    if (dots === 0) continue;
    if (look.bold) dots |= dots >> 1;
    dots &= mask;
    for (let line = 0; line < look.heightTimes; line += 1) {
      const y = AIR_DOTS / 2 + row * look.heightTimes + line;
      if (look.widthTimes === 1) {
        picture.lay24(dots, x, y);
      } else {
        picture.lay24(twice(dots >> 12), x, y);
        picture.lay24(twice(dots & 0xfff), x + 24, y);
      }
    }
  }
}

/** Twelve dots, each drawn twice. */
function twice(dots: number): number {
  let wide = 0;
  for (let bit = 11; bit >= 0; bit -= 1) wide = (wide << 2) | ((dots >> bit) & 1 ? 3 : 0);
  return wide;
}
