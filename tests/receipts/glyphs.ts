import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The pictures of the till's receipt font, read here by code of its own: 24 rows of three bytes for each character. */
export function readGlyphs(): ReadonlyMap<number, Uint8Array> {
  const file = new URL("../../resources/fonts/receipt-24.font.gz", import.meta.url);
  const bytes = gunzipSync(readFileSync(file));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const glyphs = new Map<number, Uint8Array>();
  const runs = view.getUint32(0, true);
  let picture = 4 + runs * 8;
  for (let run = 0; run < runs; run += 1) {
    const first = view.getUint32(4 + run * 8, true);
    const count = view.getUint32(8 + run * 8, true);
    for (let index = 0; index < count; index += 1, picture += 72) {
      const dots = bytes.subarray(picture, picture + 72);
      const point = first + index;
      if (dots.some((byte) => byte > 0) || point === 0x20 || point === 0x3000) glyphs.set(point, dots);
    }
  }
  return glyphs;
}
