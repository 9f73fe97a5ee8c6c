import { createHash } from "node:crypto";
import { greyPng } from "#main/settings/pictures/grey-png.ts";
import type { ShrinkImage } from "#main/item-images/take-image.ts";

/** A PNG that any decoder reads; another `shade` is another picture. */
export function pngFile(width: number, height: number, shade = 90): Buffer {
  const values = new Uint8Array(width * height).map((_, at) => (shade + at * 7) % 256);
  return greyPng({ width, height, values });
}

/** A PNG that says it has so many pixels, and has none. */
export function emptyPng(width: number, height: number): Buffer {
  const bytes = pngFile(1, 1);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** The structure of a JPEG with a preview inside it, which has an end of its own. What is compressed is nothing. */
export function jpegFile(width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const preview = Buffer.from([0xff, 0xe1, 0, 8, 0xff, 0xd8, 0xff, 0xd9, 0, 0]);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 4, 5, 6]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), preview, frame, scan, Buffer.from([0xff, 0xd9])]);
}

/** A lossless WebP's head, and `body` where its pixels would be. */
export function webpFile(width: number, height: number, body: Uint8Array = new Uint8Array(32)): Buffer {
  const bits = Buffer.alloc(5);
  bits.writeUInt8(0x2f, 0);
  bits.writeUInt32LE(((width - 1) | ((height - 1) << 14)) >>> 0, 1);
  const chunk = Buffer.concat([bits, body]);
  const head = Buffer.alloc(20);
  head.write("RIFF", 0, "ascii");
  head.writeUInt32LE(12 + chunk.length, 4);
  head.write("WEBPVP8L", 8, "ascii");
  head.writeUInt32LE(chunk.length, 16);
  return Buffer.concat([head, chunk]);
}

/** Stands in for the page that decodes, where there is no Electron: another file becomes another small WebP. */
export const shrinkWithoutPage: ShrinkImage = (bytes) =>
  Promise.resolve(webpFile(64, 48, createHash("sha256").update(bytes).digest()));
