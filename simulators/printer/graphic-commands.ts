import type { BarcodeSymbology } from "#contract/bench/devices.ts";
import { readBarcode } from "./barcode-data.ts";
import { notMidLine, numberOrDigit, one, outOfRange, type Command } from "./command.ts";
import type { Complaint, PrintEngine } from "./print-engine.ts";
import { obeyQr } from "./qr-command.ts";

const GS = 0x1d;

/** The most bytes of barcode data taken: the length field of function B has one byte. */
const MAX_BARCODE_BYTES = 255;
/** Rows of one GS v 0 (Epson: yL + yH × 256 is at most 2303). */
const MAX_RASTER_ROWS = 2_303;

/** Barcodes, QR codes and pictures. */
export const graphicCommands: readonly Command[] = [
  one("GS h", [GS, 0x68], (n, engine) => {
    if (n === 0) return outOfRange(n);
    engine.settings.barcode.heightDots = n;
    return undefined;
  }),
  one("GS w", [GS, 0x77], (n, engine) => {
    if (n < 2 || n > 6) return outOfRange(n);
    engine.settings.barcode.module = n;
    return undefined;
  }),
  one("GS H", [GS, 0x48], (n, engine) => {
    const hri = (["none", "above", "below", "both"] as const)[numberOrDigit(n)];
    if (hri === undefined) return outOfRange(n);
    engine.settings.barcode.hri = hri;
    return undefined;
  }),
  one("GS f", [GS, 0x66], (n) => (numberOrDigit(n) > 1 ? outOfRange(n) : undefined)),
  { name: "GS k", prefix: [GS, 0x6b], length: barcodeLength, obey: obeyBarcode },
  {
    name: "GS ( k",
    prefix: [GS, 0x28, 0x6b],
    length: ([low, high]) => (low === undefined || high === undefined ? 2 : 2 + low + high * 256),
    obey: (parameters, engine) => obeyQr(parameters.slice(2), engine),
  },
  { name: "GS v 0", prefix: [GS, 0x76, 0x30], length: rasterLength, obey: obeyRaster },
];

const symbologiesA: readonly BarcodeSymbology[] = ["upc-a", "upc-e", "ean13", "ean8", "code39", "itf", "codabar"];
const symbologiesB: readonly BarcodeSymbology[] = [...symbologiesA, "code93", "code128"];

function barcodeLength(soFar: readonly number[]): number | string {
  const [m, n] = soFar;
  if (m === undefined) return 1;
  if (m < symbologiesA.length) {
    // Function A has no length: NUL ends it.
    if (soFar.length > 1 && soFar.at(-1) === 0) return soFar.length;
    return soFar.length > MAX_BARCODE_BYTES + 1 ? "has no NUL at the end of its data" : soFar.length + 1;
  }
  if (symbologiesB[m - 65] === undefined) return `does not know symbology ${m}`;
  return n === undefined ? 2 : 2 + n;
}

function obeyBarcode(parameters: readonly number[], engine: PrintEngine): Complaint {
  const m = parameters[0] ?? 0;
  const isFunctionA = m < symbologiesA.length;
  const symbology = isFunctionA ? symbologiesA[m] : symbologiesB[m - 65];
  if (symbology === undefined) return `does not know symbology ${m}`;
  const data = Uint8Array.from(isFunctionA ? parameters.slice(1, -1) : parameters.slice(2));
  const reading = readBarcode(symbology, data);
  if (typeof reading === "string") return reading;
  const { align, barcode } = engine.settings;
  const widthDots = (reading.modules ?? 0) * barcode.module;
  // The printer prints nothing at all then (Epson reference), which nobody notices until a customer returns.
  if (widthDots > engine.paperDots) return `the symbol needs ${widthDots} dots and the paper has ${engine.paperDots}`;
  const complaint = notMidLine(engine);
  if (complaint !== undefined) return complaint;
  engine.element({ kind: "barcode", align, symbology, text: reading.text, ...barcode });
  return undefined;
}

function rasterLength(soFar: readonly number[]): number | string {
  if (soFar.length < 5) return 5;
  const [, xL = 0, xH = 0, yL = 0, yH = 0] = soFar;
  const rows = yL + yH * 256;
  // Checked before the data is waited for: a wrong header would swallow receipts.
  if (xL + xH * 256 === 0 || rows === 0) return "has an empty picture";
  if (rows > MAX_RASTER_ROWS) return `has ${rows} rows, more than ${MAX_RASTER_ROWS}`;
  if (xL + xH * 256 > 128) return `is ${xL + xH * 256} bytes wide, wider than any head`;
  return 5 + (xL + xH * 256) * rows;
}

function obeyRaster(parameters: readonly number[], engine: PrintEngine): Complaint {
  const [m = 0, xL = 0, xH = 0, yL = 0, yH = 0] = parameters;
  const mode = numberOrDigit(m);
  if (mode > 3) return outOfRange(m);
  const widthTimes = (mode & 1) + 1;
  const heightTimes = (mode >> 1) + 1;
  const widthDots = (xL + xH * 256) * 8;
  if (widthDots * widthTimes > engine.paperDots)
    return `the picture is ${widthDots * widthTimes} dots wide, the paper ${engine.paperDots}`;
  const complaint = notMidLine(engine);
  if (complaint !== undefined) return complaint;
  const { align } = engine.settings;
  const bitsBase64 = Buffer.from(parameters.slice(5)).toString("base64");
  engine.element({ kind: "raster", align, widthDots, heightDots: yL + yH * 256, widthTimes, heightTimes, bitsBase64 });
  return undefined;
}
