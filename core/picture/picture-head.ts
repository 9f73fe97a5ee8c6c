import { fail, ok, type Result } from "#core/result.ts";

export type PictureKind = "png" | "jpeg" | "bmp";

export interface PictureHead {
  readonly kind: PictureKind;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** `unknown`: none of the three kinds, whatever its name says. `damaged`: begins like one and does not go on like it. */
export type PictureFault = "unknown" | "damaged";

/** JPEG markers looked at before the frame: real files have a dozen. */
const mostMarkers = 1_000;

/**
 * Which kind of picture a file is and how large, by its first bytes alone: decoding allocates what they promise, so this is
 * looked at first. Sources: PNG specification 11.2.2 (IHDR), ITU-T T.81 B.2.2 (frame header), BITMAPINFOHEADER.
 */
export function pictureHead(bytes: Uint8Array): Result<PictureHead, PictureFault> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47])) return pngHead(view);
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return jpegHead(view);
  if (startsWith(bytes, [0x42, 0x4d])) return bmpHead(view);
  return fail("unknown");
}

function pngHead(view: DataView): Result<PictureHead, PictureFault> {
  if (view.byteLength < 33 || view.getUint32(12) !== 0x49484452) return fail("damaged");
  return sized("png", view.getUint32(16), view.getUint32(20));
}

function jpegHead(view: DataView): Result<PictureHead, PictureFault> {
  let at = 2;
  for (let markers = 0; markers < mostMarkers && at + 9 < view.byteLength; markers += 1) {
    if (view.getUint8(at) !== 0xff) return fail("damaged");
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return sized("jpeg", view.getUint16(at + 7), view.getUint16(at + 5));
    else if (marker === 0xda || marker === 0xd9) return fail("damaged");
    else at += 2 + view.getUint16(at + 2);
  }
  return fail("damaged");
}

/** SOF0 to SOF15, without the tables and the arithmetic conditioning that lie between them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function bmpHead(view: DataView): Result<PictureHead, PictureFault> {
  if (view.byteLength < 54 || view.getUint32(14, true) < 40) return fail("damaged");
  // A height below zero says that the rows begin at the top.
  return sized("bmp", view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
}

function sized(kind: PictureKind, width: number, height: number): Result<PictureHead, PictureFault> {
  return width > 0 && height > 0 ? ok({ kind, width, height }) : fail("damaged");
}

function startsWith(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}
