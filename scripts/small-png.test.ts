import fc from "fast-check";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { smallPng } from "./small-png.ts";

function picture(width: number, height: number, colourAt: (pixel: number) => number): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < width * height; at += 1) {
    png.data.writeUIntBE(colourAt(at), at * 4, 3);
    png.data[at * 4 + 3] = 255;
  }
  return PNG.sync.write(png);
}

function coloursOf(file: Buffer): readonly number[] {
  const { data } = PNG.sync.read(file);
  return Array.from({ length: data.length / 4 }, (_, at) => data.readUIntBE(at * 4, 3));
}

describe("A picture for the guide", () => {
  it("stays the same to the pixel where 256 colours are enough", () => {
    const colour = fc.integer({ min: 0, max: 0xff_ff_ff });
    const pictures = fc.tuple(
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: 1, max: 16 }),
      fc.array(colour, { minLength: 1 }),
    );
    fc.assert(
      fc.property(pictures, ([width, height, colours]) => {
        const before = picture(width, height, (pixel) => colours[pixel % colours.length] ?? 0);
        expect(coloursOf(smallPng(before))).toEqual(coloursOf(before));
      }),
    );
  });

  it("keeps its frequent colours exactly and comes near the rest where there are more", () => {
    const before = picture(64, 64, (pixel) => (pixel < 2_048 ? 0x0b6b66 : (pixel % 4_096) * 4_001));
    const after = coloursOf(smallPng(before));
    expect(after.slice(0, 2_048)).toEqual(Array(2_048).fill(0x0b6b66));
    expect(new Set(after).size).toBeLessThanOrEqual(256);
  });

  it("is refused where it is none", () => {
    expect(() => smallPng(Buffer.from("not a picture"))).toThrow();
  });
});
