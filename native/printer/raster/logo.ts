import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { dithered, mostLogoRows, shadesOf } from "#core/picture/dots.ts";
import { Bitmap } from "./bitmap.ts";

/** Loaded with the first logo. */
const load = createRequire(import.meta.url);

/** A logo's file; a photograph of several megabytes would hold the device host up for seconds. */
const MOST_BYTES = 1_048_576;
/** Pixels a side: four times the widest head is more than any dithering shows. */
const MOST_PIXELS = 2_304;

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
    // The package's own types.
    const { PNG } = load("pngjs") as typeof import("pngjs");
    const { width, height, data } = PNG.sync.read(bytes);
    const dots = dithered(shadesOf({ width, height, rgba: data }, paperDots, mostLogoRows));
    const logo = new Bitmap(dots.widthDots, dots.heightDots);
    logo.bits.set(dots.bits);
    return { ok: true, logo };
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
