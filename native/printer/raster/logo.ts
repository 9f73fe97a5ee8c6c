import { open } from "node:fs/promises";
import { PNG } from "pngjs";
import { Bitmap } from "./bitmap.ts";

/** A logo's file; a photograph of several megabytes would hold the device host up for seconds. */
const MOST_BYTES = 1_048_576;
/** Pixels a side: four times the widest head is more than any dithering shows. */
const MOST_PIXELS = 2_304;
/** On paper 40 mm high at most: a taller picture is a poster, and every customer waits for it. */
const MOST_ROWS = 320;

export type LogoReading =
  | { readonly ok: true; readonly logo: Bitmap }
  /** In English, for the log. */
  | { readonly ok: false; readonly why: string };

/** Reads a PNG and makes it a picture of the paper's dots: scaled down, never up, and dithered. */
export async function readLogo(file: string, paperDots: number): Promise<LogoReading> {
  try {
    const bytes = await readAtMost(file, MOST_BYTES);
    if (bytes === null) return { ok: false, why: `${file} is larger than ${MOST_BYTES} bytes` };
    // Size first, from the header (PNG specification, IHDR): decoding allocates what it promises.
    const side = bytes.length < 24 ? 0 : Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
    if (side > MOST_PIXELS) return { ok: false, why: `${file} is more than ${MOST_PIXELS} pixels wide or high` };
    return { ok: true, logo: dither(scaleDown(PNG.sync.read(bytes), paperDots)) };
  } catch (cause) {
    return { ok: false, why: cause instanceof Error ? cause.message : String(cause) };
  }
}

async function readAtMost(file: string, most: number): Promise<Buffer | null> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    return size > most ? null : await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Shades of grey, 0 black to 255 white, rows from the top. */
interface Shades {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Each dot is the mean of the pixels under it, transparent ones counting as the white of the paper. */
function scaleDown(png: PNG, paperDots: number): Shades {
  const scale = Math.max(1, png.width / paperDots, png.height / MOST_ROWS);
  const width = Math.max(1, Math.floor(png.width / scale));
  const height = Math.max(1, Math.floor(png.height / scale));
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) values[y * width + x] = meanOf(png, x * scale, y * scale, scale);
  }
  return { width, height, values };
}

function meanOf(png: PNG, left: number, top: number, size: number): number {
  let sum = 0;
  let count = 0;
  for (let y = Math.floor(top); y < Math.min(png.height, Math.ceil(top + size)); y += 1) {
    for (let x = Math.floor(left); x < Math.min(png.width, Math.ceil(left + size)); x += 1) {
      const at = (y * png.width + x) * 4;
      const [red = 0, green = 0, blue = 0, alpha = 0] = png.data.subarray(at, at + 4);
      // Rec. 601: what the eye makes of colours.
      const shade = 0.299 * red + 0.587 * green + 0.114 * blue;
      sum += 255 + ((shade - 255) * alpha) / 255;
      count += 1;
    }
  }
  return count === 0 ? 255 : sum / count;
}

/** Floyd and Steinberg's: what a dot is too dark or too light is shared among those not drawn yet (7, 3, 5, 1 of 16). */
function dither({ width, height, values }: Shades): Bitmap {
  const picture = new Bitmap(width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = values[y * width + x] ?? 255;
      const isBlack = shade < 128;
      if (isBlack) picture.blacken(x, y);
      const rest = shade - (isBlack ? 0 : 255);
      const share = (dx: number, dy: number, parts: number): void => {
        if (x + dx < 0 || x + dx >= width || y + dy >= height) return;
        const at = (y + dy) * width + x + dx;
        values[at] = (values[at] ?? 0) + (rest * parts) / 16;
      };
      share(1, 0, 7);
      share(-1, 1, 3);
      share(0, 1, 5);
      share(1, 1, 1);
    }
  }
  return picture;
}
