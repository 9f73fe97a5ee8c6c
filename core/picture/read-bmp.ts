import { fail, ok, type Result } from "#core/result.ts";
import type { Picture } from "./dots.ts";
import { pictureHead, type PictureFault } from "./picture-head.ts";

/** As old paint programs save a logo: one bit a pixel, or a palette, or 24 and 32 bits; nothing compressed. */
const depths = [1, 4, 8, 24, 32];
const uncompressed = [0, 3];

/**
 * A Windows bitmap without compression, decoded. `mostPixels` bounds what is allocated: a larger one is `damaged` as well,
 * since whoever asks has looked at its head before. Source: BITMAPINFOHEADER.
 */
export function readBmp(bytes: Uint8Array, mostPixels: number): Result<Picture, PictureFault> {
  const head = pictureHead(bytes);
  if (!head.ok) return head;
  const { kind, width, height } = head.value;
  if (kind !== "bmp" || width * height > mostPixels) return fail("damaged");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const depth = view.getUint16(28, true);
  if (!depths.includes(depth) || !uncompressed.includes(view.getUint32(30, true))) return fail("damaged");
  const from = view.getUint32(10, true);
  const rowBytes = ((width * depth + 31) >> 5) * 4;
  if (from + rowBytes * height > bytes.length) return fail("damaged");
  const isTopFirst = view.getInt32(22, true) < 0;
  const palette = depth <= 8 ? paletteOf(view, depth, from) : null;
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = from + (isTopFirst ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1) {
      const at = palette === null ? row + x * (depth >> 3) : palette + indexAt(bytes, row, x, depth) * 4;
      const to = (y * width + x) * 4;
      rgba[to] = bytes[at + 2] ?? 255;
      rgba[to + 1] = bytes[at + 1] ?? 255;
      rgba[to + 2] = bytes[at] ?? 255;
      // The fourth byte means nothing in most files.
      rgba[to + 3] = 255;
    }
  }
  return ok({ width, height, rgba });
}

/** Where the colours stand: right behind the header, before the pixels. */
function paletteOf(view: DataView, depth: number, pixelsFrom: number): number {
  const at = 14 + view.getUint32(14, true);
  return Math.max(0, Math.min(at, pixelsFrom - 4 * (1 << Math.min(depth, 1))));
}

function indexAt(bytes: Uint8Array, row: number, x: number, depth: number): number {
  const bit = x * depth;
  const byte = bytes[row + (bit >> 3)] ?? 0;
  return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}
