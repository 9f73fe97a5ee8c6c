import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";

/** Colours a palette holds. */
const mostColours = 256;

/**
 * The same picture with at most 256 colours, each pixel one byte: what a screen shows has few, and its file a third of the
 * size. Colours beyond the most frequent ones become the nearest of those. Throws where it is no PNG.
 */
export function smallPng(file: Uint8Array): Buffer {
  const { width, height, data } = PNG.sync.read(Buffer.from(file));
  const counts = new Map<number, number>();
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at += 1) {
    const colour = data.readUIntBE(at * 4, 3);
    pixels[at] = colour;
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = pixels[y * width + x] ?? 0;
      const known = places.get(colour);
      const place = known ?? nearest(palette, colour);
      if (known === undefined) places.set(colour, place);
      rows[y * (width + 1) + 1 + x] = place;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a pixel, each a place in the palette (PNG, third edition, 11.2.1).
  head.set([8, 3, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const colours = Buffer.concat(
    palette.map((colour) => Buffer.from([colour >> 16, (colour >> 8) & 0xff, colour & 0xff])),
  );
  return Buffer.concat([
    signature,
    ...[chunk("IHDR", head), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 }))],
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours that differ enough to be worth a place each, then the most frequent of the rest. */
function paletteOf(counts: ReadonlyMap<number, number>): readonly number[] {
  const often = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  if (often.length <= mostColours) return often;
  const chosen: number[] = [];
  for (const colour of often) {
    if (chosen.length === mostColours) return chosen;
    if (chosen.every((other) => distance(colour, other) > 60)) chosen.push(colour);
  }
  const left = often.filter((colour) => !chosen.includes(colour));
  return [...chosen, ...left.slice(0, mostColours - chosen.length)];
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0;
  for (let place = 1; place < palette.length; place += 1) {
    if (distance(palette[place] ?? 0, colour) < distance(palette[best] ?? 0, colour)) best = place;
  }
  return best;
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16);
  const green = ((one >> 8) & 0xff) - ((other >> 8) & 0xff);
  const blue = (one & 0xff) - (other & 0xff);
  return red * red + green * green + blue * blue;
}

function chunk(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const named = Buffer.concat([Buffer.from(name, "ascii"), body]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
