import { crc32, deflateSync } from "node:zlib";
import type { Bitmap } from "./bitmap.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** One bit a dot, grey, deflate, no filter, not interlaced (PNG specification, IHDR). */
const oneBitGrey = Buffer.from([1, 0, 0, 0, 0]);

/** The picture as a PNG of one bit a dot: what is black here is black there, and no dot is anything between. */
export function pngOf(picture: Bitmap): Buffer {
  const { rowBytes, heightDots, bits } = picture;
  const size = Buffer.alloc(8);
  size.writeUInt32BE(rowBytes * 8, 0);
  size.writeUInt32BE(heightDots, 4);
  // Each row begins with its filter, none; and to a PNG a one is white.
  const rows = Buffer.alloc((rowBytes + 1) * heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < rowBytes; x += 1) {
      rows[y * (rowBytes + 1) + 1 + x] = ~(bits[y * rowBytes + x] ?? 0) & 0xff;
    }
  }
  const parts = [chunk("IHDR", Buffer.concat([size, oneBitGrey])), chunk("IDAT", deflateSync(rows))];
  return Buffer.concat([signature, ...parts, chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, "ascii"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
