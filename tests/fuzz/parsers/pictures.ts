import { PNG } from "pngjs";
import type { Picture } from "#core/picture/dots.ts";
import { pictureHead } from "#core/picture/picture-head.ts";
import { assert } from "#core/result.ts";
import { mostLogoPixels, takeLogo } from "#main/settings/pictures/take-logo.ts";
import type { FuzzParser } from "../parser.ts";

function png(side: number): Buffer {
  const picture = new PNG({ width: side, height: side });
  picture.data.fill(0x40);
  return PNG.sync.write(picture);
}

/** Depths as old paint programs write them; pixels dark. */
function bmp(depth: 1 | 24): Buffer {
  const rowBytes = depth === 1 ? 4 : 24;
  const bytes = Buffer.alloc(54 + 8 + rowBytes * 8, 0x11);
  bytes.write("BM", 0, "latin1");
  bytes.writeUInt32LE(62, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(8, 18);
  bytes.writeInt32LE(8, 22);
  bytes.writeUInt16LE(depth, 28);
  bytes.writeUInt32LE(0, 30);
  bytes.fill(0, 54);
  return bytes;
}

/** In Electron Chromium decodes PNG and JPEG; here the library that draws logos for printers. */
function decode(bytes: Uint8Array): Picture | null {
  try {
    const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
    return { width, height, rgba: data };
  } catch {
    return null;
  }
}

export const pictures: FuzzParser = {
  name: "pictures",
  reads:
    "a file chosen as the shop's logo: its head, a bitmap's pixels, a PNG's (core/picture, main/settings/pictures)",
  seeds: () => [png(8), bmp(1), bmp(24)],
  words: ["IHDR", "IDAT", "IEND", "BM", "\u00ff\u00d8\u00ff\u00c0"],
  mostBytes: 2_048,
  twentieths: 4,
  read(input) {
    const head = pictureHead(input);
    const taken = takeLogo(input, decode);
    if (taken.ok) {
      assert(head.ok && Math.max(head.value.width, head.value.height) <= mostLogoPixels, "a picture within its limit");
      assert(/^logo-[0-9a-f]{16}\.png$/.test(taken.value.file), "a name of its own");
    }
    return { isTaken: taken.ok, told: { head, taken: taken.ok ? taken.value.file : taken.fault } };
  },
};
