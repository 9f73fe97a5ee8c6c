import { fail, ok, type Result } from "#core/result.ts";
import type { ImageHead, ImageHeadFault } from "./image-kind.ts";

/** The first chunk with its first ten bytes. */
const leastBytes = 30;
const riff = 0x52494646;
const webp = 0x57454250;

/** The size a WebP says it has; a file that is shorter than it says is damaged. Source: RFC 9649, 2.3 to 2.7. */
export function webpHead(bytes: Uint8Array): Result<ImageHead, ImageHeadFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 12 || view.getUint32(0) !== riff || view.getUint32(8) !== webp) return fail("unknown");
  if (view.byteLength < leastBytes || view.getUint32(4, true) + 8 > view.byteLength) return fail("damaged");
  switch (view.getUint32(12)) {
    // "VP8 ": a key frame's start code, then 14 bits each.
    case 0x56503820: {
      const isKeyFrame = view.getUint8(23) === 0x9d && view.getUint8(24) === 0x01 && view.getUint8(25) === 0x2a;
      return isKeyFrame ? sized(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff) : fail("damaged");
    }
    // "VP8L": 14 bits each, less one.
    case 0x5650384c: {
      const bits = view.getUint32(21, true);
      return view.getUint8(20) === 0x2f ? sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1) : fail("damaged");
    }
    // "VP8X": 24 bits each, less one.
    case 0x56503858:
      return sized(threeBytes(view, 24) + 1, threeBytes(view, 27) + 1);
    default:
      return fail("damaged");
  }
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
}

function sized(width: number, height: number): Result<ImageHead, ImageHeadFault> {
  return width > 0 && height > 0 ? ok({ kind: "webp", width, height }) : fail("damaged");
}
