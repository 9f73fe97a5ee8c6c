import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Cells are 24 dots high; ASCII takes the left 12 dots of its picture. */
export const glyphDots = 24;
const GLYPH_BYTES = 72;

export interface ReceiptFont {
  /** 24 rows of three bytes, the highest bit leftmost; null where the font has no picture. */
  glyph(character: string): Uint8Array | null;
}

let loaded: ReceiptFont | null = null;

/**
 * The till's own font (scripts/receipt-font draws it), read once, when the first line needs it: 1.5 MB on disk, 3.5 MB
 * in memory. A till whose file is gone has no picture of anything, and its lines show marks instead.
 */
export function receiptFont(): ReceiptFont {
  loaded ??= readFont();
  return loaded;
}

function readFont(): ReceiptFont {
  const file = fontFile();
  if (file === null) return { glyph: () => null };
  const bytes = gunzipSync(readFileSync(file));
  const runCount = bytes.readUInt32LE(0);
  const pictures = 4 + runCount * 8;
  const firsts = new Uint32Array(runCount);
  const counts = new Uint32Array(runCount);
  const places = new Uint32Array(runCount);
  let before = 0;
  for (let run = 0; run < runCount; run += 1) {
    firsts[run] = bytes.readUInt32LE(4 + run * 8);
    counts[run] = bytes.readUInt32LE(8 + run * 8);
    places[run] = before;
    before += counts[run] ?? 0;
  }
  return {
    glyph(character) {
      const point = character.codePointAt(0) ?? 0;
      const run = lastAtMost(firsts, point);
      const index = point - (firsts[run] ?? 0);
      if (run < 0 || index >= (counts[run] ?? 0)) return null;
      const at = pictures + ((places[run] ?? 0) + index) * GLYPH_BYTES;
      const picture = bytes.subarray(at, at + GLYPH_BYTES);
      // An empty picture is a place the source font only reserves, but for the blanks.
      return picture.some((byte) => byte !== 0) || character === " " || character === "\u3000" ? picture : null;
    },
  };
}

/** Index of the last element that is at most `value`, -1 for none. */
function lastAtMost(sorted: Uint32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Beside the sources, or beside what they were built into: a few folders up either way. */
function fontFile(): string | null {
  let folder = import.meta.dirname;
  for (let level = 0; level < 5; level += 1) {
    const file = join(folder, "resources", "fonts", "receipt-24.font.gz");
    if (existsSync(file)) return file;
    folder = dirname(folder);
  }
  return null;
}
