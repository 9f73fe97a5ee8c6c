import { printerProfiles, type PrinterProfileName } from "#contract/config/printer-profiles.ts";
import { printerSchema, type PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { encodeReceipt } from "#native/printer/encode.ts";
import { Bitmap } from "#native/printer/raster/bitmap.ts";
import { pick, pickOne, seededRandom, type Random } from "#tests/support/random.ts";
import { problemsOf } from "./check-receipt.ts";
import { readGlyphs } from "./glyphs.ts";
import { randomDocument } from "./random-document.ts";
import { typeCaseOf } from "./type-case.ts";

export interface FailedReceipt {
  /** `--seed` and `--from` that make it again. */
  readonly index: number;
  readonly profile: PrinterConfig;
  readonly problems: readonly string[];
}

export interface ReceiptRun {
  readonly receipts: number;
  readonly lines: number;
  readonly failed: readonly FailedReceipt[];
}

/** Turns lines into bytes; the product's encoder, or a mistaken one that must be noticed. */
export type Encode = (lines: readonly PrintLine[], config: PrinterConfig, processId: string, logo: Bitmap) => Buffer;

export const productEncode: Encode = (lines, config, processId, logo) =>
  Buffer.concat(encodeReceipt(lines, config, processId, logo));

/** Random receipts on every profile by turns, and on profiles no shop ever had. Stops after ten that failed. */
export async function runReceipts(options: {
  readonly count: number;
  readonly seed: number;
  readonly from?: number;
  readonly encode?: Encode;
}): Promise<ReceiptRun> {
  const { count, seed, from = 0, encode = productEncode } = options;
  const glyphs = readGlyphs();
  const failed: FailedReceipt[] = [];
  let lineCount = 0;
  let receipts = 0;
  for (let index = from; index < from + count && failed.length < 10; index += 1) {
    // A world of its own for each receipt, so that one of them can be made again alone.
    const random = seededRandom(seed * 1_000_003 + index);
    const config = configOf(index, random);
    const lines = layOut(randomDocument(random), config.columns);
    const processId = "TEST";
    const logo = noise(random, config.columns * 12);
    const bytes = encode(lines, config, processId, logo);
    const receipt = { lines, config, bytes, processId, logoRows: logo.heightDots };
    const problems = await problemsOf(receipt, typeCaseOf(config), glyphs);
    if (problems.length > 0) failed.push({ index, profile: config, problems });
    lineCount += lines.length;
    receipts += 1;
  }
  return { receipts, lines: lineCount, failed };
}

// Object.keys forgets which keys they are.
const profiles = Object.keys(printerProfiles) as readonly PrinterProfileName[];
const transport = { kind: "virtual" } as const;

function configOf(index: number, random: Random): PrinterConfig {
  const profile = profiles[index % profiles.length];
  const named = printerSchema.parse({ id: "p", transport, ...(profile === undefined ? {} : { profile }) });
  if (pick(random, 3) > 0) return named;
  return {
    ...named,
    columns: pickOne(random, [32, 42, 48]),
    chinese: pickOne(random, ["gb18030", "gbk", "big5", "none"]),
    fourByte: pick(random, 2) === 0,
    codePage: pickOne(random, ["none", "pc437", "pc850", "wpc1252"]),
    otherCharacters: pickOne(random, ["raster", "mark"]),
    qr: pickOne(random, ["native", "raster", "none"]),
    barcode: pickOne(random, ["native", "raster"]),
    cut: pickOne(random, ["partial", "full", "none"]),
  };
}

/** A logo whose dots spell every byte there is, commands among them; up to 300 rows, so that its bands must join. */
function noise(random: Random, paperDots: number): Bitmap {
  const logo = new Bitmap(Math.min(paperDots, 8 + pick(random, paperDots)), 1 + pick(random, 300));
  for (let at = 0; at < logo.bits.length; at += 1)
    logo.bits[at] = pickOne(random, [0x10, 0x04, 0x14, 0x05, 0x1b, 0x00, pick(random, 256)]);
  return logo;
}
