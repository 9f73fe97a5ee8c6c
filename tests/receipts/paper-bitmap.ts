import bwip from "bwip-js/node";
import type { PaperElement, PaperText } from "#contract/bench/devices.ts";

/** A strip of paper as dots: 0 white, 1 black. */
export interface PaperBitmap {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

const PITCH = 30;
const CELL = 12;
/** Feeds are paper too. */
const FEED_LINE = 30;

type Glyphs = ReadonlyMap<number, Uint8Array>;

/** Draws what a decoder found on the paper, as the head would have: the same dots where they came as dots. */
export function drawPaper(elements: readonly PaperElement[], areaDots: number, glyphs: Glyphs): PaperBitmap {
  const heights = elements.map(heightOf);
  const height = heights.reduce((sum, one) => sum + one, 0);
  const paper = { width: areaDots, height: Math.max(1, height), dots: new Uint8Array(areaDots * Math.max(1, height)) };
  let y = 0;
  elements.forEach((element, index) => {
    drawElement(paper, element, y, glyphs);
    y += heights[index] ?? 0;
  });
  return paper;
}

function heightOf(element: PaperElement): number {
  switch (element.kind) {
    case "text":
      return 24 * Math.max(1, ...element.runs.map((run) => run.heightTimes)) + (PITCH - 24);
    case "raster":
      return element.heightDots * element.heightTimes;
    case "qr":
      return qrOf(element.text, element.level).pixx * element.moduleDots + 12;
    case "barcode":
      return element.heightDots + PITCH + 6;
    case "feed":
      return element.unit === "lines" ? element.count * FEED_LINE : element.count;
    case "cut":
    case "drawer-pulse":
      return 0;
  }
}

function drawElement(paper: PaperBitmap, element: PaperElement, y: number, glyphs: Glyphs): void {
  switch (element.kind) {
    case "text":
      return drawLine(paper, element, y, glyphs);
    case "raster": {
      const bits = Buffer.from(element.bitsBase64, "base64");
      const left = leftOf(paper.width, element.widthDots * element.widthTimes, element.align);
      return fill(paper, { left, top: y, wide: element.widthDots, high: element.heightDots, size: 1 }, (dx, dy) => {
        const byte = bits[dy * (element.widthDots / 8) + (dx >> 3)] ?? 0;
        return (byte & (0x80 >> (dx & 7))) !== 0;
      });
    }
    case "qr": {
      const { pixs, pixx } = qrOf(element.text, element.level);
      const left = leftOf(paper.width, pixx * element.moduleDots, element.align);
      const box = { left, top: y, wide: pixx, high: pixx, size: element.moduleDots };
      return fill(paper, box, (dx, dy) => pixs[dy * pixx + dx] === 1);
    }
    case "barcode": {
      const bars = barsOf(element.text);
      const wide = bars.length;
      const left = leftOf(paper.width, wide * element.module, element.align);
      for (let row = 0; row < element.heightDots; row += 1)
        fill(paper, { left, top: y + row, wide, high: 1, size: element.module }, (dx) => bars[dx] === 1, 1);
      const run = { text: element.text, bold: false, underline: false, widthTimes: 1, heightTimes: 1, inverse: false };
      const line: PaperText = {
        kind: "text",
        align: element.align,
        upsideDown: false,
        widthDots: element.text.length * CELL,
        runs: [run],
      };
      return drawLine(paper, line, y + element.heightDots + 3, glyphs);
    }
    case "feed":
    case "cut":
    case "drawer-pulse":
      return;
  }
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly wide: number;
  readonly high: number;
  /** Dots of one module. */
  readonly size: number;
}

function fill(paper: PaperBitmap, box: Box, isBlack: (dx: number, dy: number) => boolean, highSize = box.size): void {
  for (let dy = 0; dy < box.high; dy += 1) {
    for (let dx = 0; dx < box.wide; dx += 1) {
      if (!isBlack(dx, dy)) continue;
      for (let row = 0; row < highSize; row += 1) {
        const at = (box.top + dy * highSize + row) * paper.width + box.left + dx * box.size;
        paper.dots.fill(1, at, at + box.size);
      }
    }
  }
}

function drawLine(paper: PaperBitmap, line: PaperText, y: number, glyphs: Glyphs): void {
  let x = leftOf(paper.width, line.widthDots, line.align);
  const tallest = Math.max(1, ...line.runs.map((run) => run.heightTimes));
  for (const run of line.runs) {
    const characters = [...run.text];
    // What the head covered in all says how wide the characters outside ASCII were.
    for (const character of characters) {
      const point = character.codePointAt(0) ?? 0;
      const wide = point < 0x7f || isNarrow(line, character) ? 1 : 2;
      const glyph = glyphs.get(point) ?? glyphs.get(0x3013);
      if (glyph !== undefined) {
        const top = y + 3 + (tallest - run.heightTimes) * 24;
        for (let dy = 0; dy < 24 * run.heightTimes; dy += 1) {
          for (let dx = 0; dx < wide * CELL * run.widthTimes; dx += 1) {
            // The printer's own letter is half as wide as the font's picture of it.
            const isHalf = wide === 1 && point >= 0x7f;
            const sx = Math.floor(dx / run.widthTimes) * (isHalf ? 2 : 1);
            const sy = Math.floor(dy / run.heightTimes);
            const isBlack =
              dotOf(glyph, sx, sy) ||
              (isHalf && dotOf(glyph, sx + 1, sy)) ||
              (run.bold && sx > 0 && dotOf(glyph, sx - 1, sy));
            if (isBlack && x + dx < paper.width) paper.dots[(top + dy) * paper.width + x + dx] = 1;
          }
        }
      }
      x += wide * CELL * run.widthTimes;
    }
  }
}

/** A letter of a code page is as wide as an ASCII one: then the line is shorter than two columns each would make it. */
function isNarrow(line: PaperText, _character: string): boolean {
  const wide = line.runs.reduce(
    (dots, run) =>
      dots +
      [...run.text].reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) < 0x7f ? 1 : 2), 0) * CELL * run.widthTimes,
    0,
  );
  return wide > line.widthDots && /\p{Script=Latin}|[¥£½±°·×÷¿¡«»§µ¶ºª]/u.test(_character);
}

function dotOf(glyph: Uint8Array, x: number, y: number): boolean {
  return ((glyph[y * 3 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

function leftOf(area: number, wide: number, align: "left" | "center" | "right"): number {
  const free = Math.max(0, area - wide);
  return align === "left" ? 0 : align === "right" ? free : Math.floor(free / 2);
}

function qrOf(text: string, level: string): { readonly pixs: readonly number[]; readonly pixx: number } {
  const options: { bcid: string; text: string; eclevel: string } = { bcid: "qrcode", text, eclevel: level };
  // The library's types know no result of a matrix by itself.
  const [drawn] = bwip.raw(options) as readonly { readonly pixs: number[]; readonly pixx: number }[];
  if (drawn === undefined) throw new Error("no QR code was drawn");
  return drawn;
}

/** One number a module, 1 for a bar. */
function barsOf(text: string): readonly number[] {
  const [drawn] = bwip.raw({ bcid: "code128", text }) as readonly { readonly sbs: number[] }[];
  return (drawn?.sbs ?? []).flatMap((width, index) => Array.from({ length: width }, () => (index % 2 === 0 ? 1 : 0)));
}
