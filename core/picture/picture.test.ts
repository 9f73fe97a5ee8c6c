import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dithered, type Picture, shadesOf } from "./dots.ts";
import { pictureHead } from "./picture-head.ts";
import { readBmp } from "./read-bmp.ts";

function grey(width: number, height: number, shade: (x: number, y: number) => number, opacity = 255): Picture {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rgba.set([shade(x, y), shade(x, y), shade(x, y), opacity], (y * width + x) * 4);
  return { width, height, rgba };
}

function blackShare(picture: Picture): number {
  const { bits } = dithered(shadesOf(picture, 576, 320));
  const blacks = bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);
  return blacks / (picture.width * picture.height);
}

/** A Windows bitmap as paint programs write it; `rows` from the bottom, padded already. */
function bmp(
  width: number,
  height: number,
  depth: number,
  palette: readonly number[],
  rows: readonly number[],
): Uint8Array {
  const from = 54 + palette.length;
  const head = Buffer.alloc(from);
  head.write("BM");
  head.writeUInt32LE(from, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(depth, 28);
  head.set(palette, 54);
  return Uint8Array.from([...head, ...rows]);
}

describe("A picture on thermal paper", () => {
  it("has as many black dots as it is dark", () => {
    for (const shade of [0, 64, 128, 191, 255]) {
      const share = blackShare(grey(64, 64, () => shade));
      expect(Math.abs(share - (1 - shade / 255))).toBeLessThan(0.04);
    }
  });

  it("that is black and white already stays as it is, dot for dot", () => {
    const dots = fc.array(fc.boolean(), { minLength: 35, maxLength: 35 });
    fc.assert(
      fc.property(dots, (black) => {
        const picture = grey(7, 5, (x, y) => (black[y * 7 + x] ? 0 : 255));
        const { bits } = dithered(shadesOf(picture, 576, 320));
        for (let at = 0; at < 35; at += 1) {
          const [x, y] = [at % 7, Math.floor(at / 7)];
          expect(((bits[y] ?? 0) >> (7 - x)) & 1).toBe(black[at] ? 1 : 0);
        }
      }),
    );
  });

  it("is scaled down to the paper in its proportions and never up", () => {
    const size = (width: number, height: number, wide: number): readonly number[] => {
      const shades = shadesOf(
        grey(width, height, () => 0),
        wide,
        320,
      );
      return [shades.width, shades.height];
    };
    expect(size(1_152, 400, 576)).toEqual([576, 200]);
    expect(size(1_152, 400, 384)).toEqual([384, 133]);
    expect(size(100, 640, 576)).toEqual([50, 320]);
    expect(size(100, 50, 576)).toEqual([100, 50]);
    expect(size(2_304, 1, 384)).toEqual([384, 1]);
  });

  it("is white where it is transparent", () => {
    expect(blackShare(grey(16, 16, () => 0, 0))).toBe(0);
  });
});

describe("The head of a picture's file", () => {
  it("says kind and size", () => {
    const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000300000001000800000000", "hex");
    expect(pictureHead(Buffer.concat([png, Buffer.alloc(8)]))).toEqual({
      ok: true,
      value: { kind: "png", width: 768, height: 256 },
    });
    const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108012c0258030122000211", "hex");
    expect(pictureHead(jpeg)).toEqual({ ok: true, value: { kind: "jpeg", width: 600, height: 300 } });
  });

  it("of anything else is refused without a throw, however it goes on", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void pictureHead(bytes)));
    const begins = fc.constantFrom([0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], [0x42, 0x4d]);
    fc.assert(
      fc.property(begins, fc.uint8Array({ maxLength: 300 }), (first, rest) => {
        const bytes = Uint8Array.from([...first, ...rest]);
        const head = pictureHead(bytes);
        if (head.ok) expect(Math.min(head.value.width, head.value.height)).toBeGreaterThan(0);
        readBmp(bytes, 10_000);
      }),
    );
    expect(pictureHead(Buffer.from("<svg/>"))).toEqual({ ok: false, fault: "unknown" });
    expect(pictureHead(Buffer.from("89504e470d0a", "hex"))).toEqual({ ok: false, fault: "damaged" });
  });
});

describe("A Windows bitmap", () => {
  const shadesIn = (bytes: Uint8Array): readonly number[] => {
    const read = readBmp(bytes, 100);
    if (!read.ok) throw new Error(read.fault);
    return Array.from({ length: read.value.width * read.value.height }, (_, at) => read.value.rgba[at * 4] ?? -1);
  };

  it("of one bit, of a palette and of 24 bits reads the same", () => {
    // Two rows, the lower first: white black, black white.
    const blackAndWhite = [0, 0, 0, 0, 255, 255, 255, 0];
    expect(shadesIn(bmp(2, 2, 1, blackAndWhite, [0b0100_0000, 0, 0, 0, 0b1000_0000, 0, 0, 0]))).toEqual([
      255, 0, 0, 255,
    ]);
    const byte = [...blackAndWhite, ...Array.from({ length: 254 * 4 }, () => 0)];
    expect(shadesIn(bmp(2, 2, 8, byte, [0, 1, 0, 0, 1, 0, 0, 0]))).toEqual([255, 0, 0, 255]);
    const [b, w] = [
      [0, 0, 0],
      [255, 255, 255],
    ] as const;
    expect(shadesIn(bmp(2, 2, 24, [], [...b, ...w, 0, 0, ...w, ...b, 0, 0]))).toEqual([255, 0, 0, 255]);
    expect(shadesIn(bmp(2, -2, 24, [], [...w, ...b, 0, 0, ...b, ...w, 0, 0]))).toEqual([255, 0, 0, 255]);
  });

  it("that is cut short, compressed or too large is damaged", () => {
    const whole = bmp(2, 2, 24, [], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(readBmp(whole, 100).ok).toBe(true);
    expect(readBmp(whole.slice(0, -1), 100)).toEqual({ ok: false, fault: "damaged" });
    expect(readBmp(whole, 3)).toEqual({ ok: false, fault: "damaged" });
    const packed = whole.slice();
    packed[30] = 1;
    expect(readBmp(packed, 100)).toEqual({ ok: false, fault: "damaged" });
  });
});
