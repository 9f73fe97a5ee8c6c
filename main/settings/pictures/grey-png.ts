import { crc32, deflateSync } from "node:zlib";
import type { Shades } from "#core/picture/dots.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Eight bits a pixel, grey, deflate, no filter, not interlaced (PNG specification, IHDR). */
const eightBitGrey = Buffer.from([8, 0, 0, 0, 0]);

/** Shades of grey as a PNG, one byte a pixel. */
export function greyPng({ width, height, values }: Shades): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // Each row begins with its filter, none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(values.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const parts = [chunk("IHDR", Buffer.concat([size, eightBitGrey])), chunk("IDAT", deflateSync(rows))];
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
