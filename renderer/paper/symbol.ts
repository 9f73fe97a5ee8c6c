import {
  code128,
  code39,
  code93,
  ean13,
  ean8,
  interleaved2of5,
  qrcode,
  rationalizedCodabar,
  upca,
  upce,
  type DrawingContext,
  type RenderOptions,
} from "bwip-js/browser";
import type { BarcodeSymbology } from "#contract/bench/devices.ts";

/** A code as one outline in whole modules, without quiet zone: `path` fills `width` × `height` by the even-odd rule. */
export interface Symbol2d {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

type QrLevel = "L" | "M" | "Q" | "H";
/** The library's types leave out the options that only some codes have. */
type Options = RenderOptions & { readonly eclevel?: QrLevel };
type Encoder = (options: Options, drawing: DrawingContext<Symbol2d>) => Symbol2d;

const encoders: Readonly<Record<BarcodeSymbology, Encoder>> = {
  "upc-a": upca,
  "upc-e": upce,
  ean13: ean13,
  ean8: ean8,
  code39: code39,
  itf: interleaved2of5,
  codabar: rationalizedCodabar,
  code93: code93,
  code128: code128,
};

/** The modules of a QR code; null for a text that no QR of this level holds. */
export function qrSymbol(text: string, level: QrLevel): Symbol2d | null {
  return drawn(qrcode, { bcid: "qrcode", text, eclevel: level, scale: 1 });
}

/** The bars of a barcode; null for a text its symbology cannot hold, such as an EAN with a wrong check digit. */
export function barcodeSymbol(symbology: BarcodeSymbology, text: string): Symbol2d | null {
  return drawn(encoders[symbology], { bcid: symbology, text, scale: 1, height: 10, includetext: false });
}

function drawn(encode: Encoder, options: Options): Symbol2d | null {
  if (options.text === "") return null;
  try {
    return encode(options, outlineDrawing());
  } catch {
    // The library says by throwing that the text does not fit; the caller shows the text itself.
    return null;
  }
}

/** Collects what the library draws. It draws a matrix at two units a module and bars at one, always on whole units. */
function outlineDrawing(): DrawingContext<Symbol2d> {
  let unitsPerModule = 1;
  let width = 0;
  let height = 0;
  const parts: string[] = [];
  const inModules = (units: number): number => units / unitsPerModule; // whole by construction: see above
  return {
    scale(sx) {
      unitsPerModule = sx;
      return null;
    },
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init(unitsWide, unitsHigh) {
      width = inModules(unitsWide);
      height = inModules(unitsHigh);
    },
    line(x, _y0, _x1, _y1, lineWidth) {
      // A bar is given by its middle, rounded up to a whole unit where its width is odd.
      const left = x - Math.ceil(lineWidth / 2);
      parts.push(`M${left} 0h${lineWidth}v${height}h${-lineWidth}z`);
    },
    polygon(points) {
      parts.push(`M${points.map(([x, y]) => `${inModules(x)} ${inModules(y)}`).join("L")}z`);
    },
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: () => undefined,
    end: () => ({ width, height, path: parts.join("") }),
  };
}
