import { createRequire } from "node:module";
import type Bwip from "bwip-js/node";
import { Bitmap } from "./bitmap.ts";

/** Loaded with the first code that is drawn: its two megabytes would hold up every start, and scanners wait for this process. */
const load = createRequire(import.meta.url);

/** Below three dots of 0.125 mm a phone no longer reads a QR code off a receipt; above six it only wastes paper. */
const SMALLEST_MODULE = 3;
const LARGEST_MODULE = 6;
/** Four modules of white on either side. */
const QR_QUIET_MODULES = 8;
const BARCODE_QUIET_MODULES = 20;
const BARCODE_DOTS = 72;
/** White below a code, so that nothing printed next touches it. */
const AIR_DOTS = 12;

/** The QR code (model 2, level M) as a picture, or null where it would be too fine to read on this paper. */
export function drawQr(text: string, paperDots: number): Bitmap | null {
  const symbol = matrixOf(text);
  if (symbol === null) return null;
  const dots = Math.min(LARGEST_MODULE, Math.floor(paperDots / (symbol.side + QR_QUIET_MODULES)));
  if (dots < SMALLEST_MODULE) return null;
  const picture = new Bitmap(symbol.side * dots, symbol.side * dots + AIR_DOTS);
  symbol.modules.forEach((isBlack, index) => {
    if (isBlack === 0) return;
    picture.blackenBox((index % symbol.side) * dots, Math.floor(index / symbol.side) * dots, dots, dots);
  });
  return picture;
}

/** Printable ASCII as Code 128 without its digits below, or null where the paper is too narrow for it. */
export function drawCode128(text: string, paperDots: number): Bitmap | null {
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  const bars = barsOf(text);
  if (bars === null) return null;
  const modules = bars.reduce((sum, width) => sum + width, 0);
  const dots = [3, 2].find((wide) => (modules + BARCODE_QUIET_MODULES) * wide <= paperDots);
  if (dots === undefined) return null;
  const picture = new Bitmap(modules * dots, BARCODE_DOTS + AIR_DOTS / 2);
  let x = 0;
  bars.forEach((width, index) => {
    if (index % 2 === 0) picture.blackenBox(x, 0, width * dots, BARCODE_DOTS);
    x += width * dots;
  });
  return picture;
}

function matrixOf(text: string): { readonly side: number; readonly modules: readonly number[] } | null {
  const drawn = drawnBy({ bcid: "qrcode", text, eclevel: "M" });
  return drawn?.pixs === undefined || drawn.pixx === undefined ? null : { side: drawn.pixx, modules: drawn.pixs };
}

/** Widths in modules, bars and gaps by turns. */
function barsOf(text: string): readonly number[] | null {
  return drawnBy({ bcid: "code128", text })?.sbs ?? null;
}

interface Drawn {
  readonly pixs?: readonly number[];
  readonly pixx?: number;
  readonly sbs?: readonly number[];
}

/** null for a text the symbol cannot hold: bwip-js throws then. */
function drawnBy(options: { readonly bcid: string; readonly text: string; readonly eclevel?: string }): Drawn | null {
  try {
    // The package's own types; and these promise an array of either shape.
    const [drawn] = (load("bwip-js/node") as typeof Bwip).raw(options) as readonly Drawn[];
    return drawn ?? null;
  } catch {
    return null;
  }
}
