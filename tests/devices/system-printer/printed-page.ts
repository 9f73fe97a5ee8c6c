import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { PNG } from "pngjs";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { fileURLToPath } from "node:url";
import { runPoppler } from "./cups.ts";

/** Dots in rows from the top, true where there is ink. */
export interface Dots {
  readonly width: number;
  readonly height: number;
  readonly isBlack: (x: number, y: number) => boolean;
}

/** The page as a head of eight dots a millimetre gets it from a driver: a pixel a dot. */
export function renderedPage(pdf: Buffer): Dots {
  return dotsOf(runPoppler("pdftoppm", ["-r", "203.2", "-png", "-aa", "no", "-aaVector", "no", "-"], pdf));
}

/** The picture that lies in the page. */
export function embeddedPicture(pdf: Buffer): Dots {
  const folder = mkdtempSync(join(tmpdir(), "tillway-page-"));
  try {
    writeFileSync(join(folder, "page.pdf"), pdf);
    runPoppler("pdfimages", ["-png", join(folder, "page.pdf"), join(folder, "picture")], Buffer.alloc(0));
    return dotsOf(readFileSync(join(folder, "picture-000.png")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the picture lies on its page, in dots of eight a millimetre from the page's upper left corner. */
export function placeOfPicture(pdf: Buffer): Record<"left" | "top" | "width" | "height", number> {
  const content = contentOf(pdf);
  let now: Matrix = [1, 0, 0, 1, 0, 0];
  const kept: Matrix[] = [];
  for (const [operator = "", numbers = ""] of [...content.matchAll(/([-\d.\s]*)\b(cm|q|Q|Do)\b/g)].map((m) => [
    m[2],
    m[1],
  ])) {
    if (operator === "q") kept.push(now);
    if (operator === "Q") now = kept.pop() ?? now;
    if (operator === "cm") now = times(numbers.trim().split(/\s+/).slice(-6).map(Number), now);
    if (operator === "Do") break;
  }
  const [width = 0, , , height = 0, left = 0, bottom = 0] = now;
  const [, pageHeight = ""] = /\/MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(pdf.toString("latin1")) ?? [];
  const dots = (points: number): number => (points * 203.2) / 72;
  return {
    left: dots(left),
    top: dots(Number(pageHeight) - bottom - height),
    width: dots(width),
    height: dots(height),
  };
}

/** a b c d e f of PDF (ISO 32000-1, 8.3.4). */
type Matrix = readonly number[];

function times(
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: Matrix,
  [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0]: Matrix,
): Matrix {
  return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l];
}

/** What draws the page: the one compressed stream that places a picture. */
function contentOf(pdf: Buffer): string {
  for (const match of pdf.toString("latin1").matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length;
    try {
      const text = inflateSync(pdf.subarray(from, pdf.indexOf("endstream", from))).toString("latin1");
      if (/\bDo\b/.test(text) && /\bcm\b/.test(text)) return text;
    } catch {
      // Not deflated: a font, or no stream at all.
    }
  }
  throw new Error("the page places no picture");
}

/** Number of pages, and the size of one in millimetres. */
export function pageFacts(pdf: Buffer): {
  readonly pages: number;
  readonly widthMm: number;
  readonly heightMm: number;
} {
  const folder = mkdtempSync(join(tmpdir(), "tillway-page-"));
  try {
    writeFileSync(join(folder, "page.pdf"), pdf);
    const said = runPoppler("pdfinfo", [join(folder, "page.pdf")], Buffer.alloc(0)).toString();
    const [, width = "", height = ""] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(said) ?? [];
    const mm = (points: string): number => (Number(points) * 25.4) / 72;
    return { pages: Number(/Pages:\s+(\d+)/.exec(said)?.[1]), widthMm: mm(width), heightMm: mm(height) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a camera reads off it, from top to bottom. */
export async function codesOn({ width, height, isBlack }: Dots): Promise<readonly string[]> {
  const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve("zxing-wasm/reader/zxing_reader.wasm")));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasmBinary).buffer } });
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) {
    if (isBlack(at % width, Math.floor(at / width))) data.fill(0, at * 4, at * 4 + 3);
  }
  const found = await readBarcodes(
    { data, width, height, colorSpace: "srgb" },
    { formats: ["QRCode", "Code128"], maxNumberOfSymbols: 8 },
  );
  return found.toSorted((a, b) => a.position.topLeft.y - b.position.topLeft.y).map(({ text }) => text);
}

/** A PNG as dots. */
export function dotsOf(png: Buffer): Dots {
  const { width, height, data } = PNG.sync.read(png);
  return { width, height, isBlack: (x, y) => (data[(y * width + x) * 4] ?? 255) < 128 };
}
