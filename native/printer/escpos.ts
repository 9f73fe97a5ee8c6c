import { createRequire } from "node:module";
import type Thermal from "node-thermal-printer";
import type { Bitmap } from "./raster/bitmap.ts";

/** Loaded with the first paper, as what it brings (a PNG reader among it) is no business of a start. */
const load = createRequire(import.meta.url);

/**
 * Rows of one picture command. Printers take 255; half of that is 9 KiB at most, so that a status question gets its turn
 * within ten seconds on a 9600-baud line.
 */
const BAND_ROWS = 128;
const DLE = 0x10;
/** What makes a DLE a command that is obeyed wherever it stands: EOT, ENQ, DC4. */
const REAL_TIME = new Set([0x04, 0x05, 0x14]);

type Align = "left" | "center" | "right";

/**
 * The ESC/POS words a receipt needs. node-thermal-printer supplies those it gets right (initialise, align, bold, line
 * feed); the others are written here from the Epson reference, because its versions are wrong or say more than asked:
 * sizes with width and height swapped, QR length in UTF-16 units, Code 128 without `{{`, a cut that resets the modes. A fresh instance per document, for it remembers
 * modes; never its transports. The buffer is taken after every word, so that each ends at a command boundary.
 */
export class EscPos {
  readonly #printer: InstanceType<typeof Thermal.ThermalPrinter>;

  constructor(columns: number) {
    // The package's own types.
    const thermal = load("node-thermal-printer") as typeof Thermal;
    // An empty interface means none: it is an encoder only, and its types ask for the property.
    this.#printer = new thermal.ThermalPrinter({ type: thermal.PrinterTypes.EPSON, interface: "", width: columns });
  }

  /** ESC @: modes back to power-on. */
  initialise(): Buffer {
    return this.#built(() => this.#printer.append(Buffer.from([0x1b, 0x40])));
  }

  /** ESC a */
  align(align: Align): Buffer {
    return this.#built(() => {
      if (align === "left") this.#printer.alignLeft();
      else if (align === "center") this.#printer.alignCenter();
      else this.#printer.alignRight();
    });
  }

  /** ESC E */
  bold(isBold: boolean): Buffer {
    return this.#built(() => this.#printer.bold(isBold));
  }

  /** GS !: width in the high half, height in the low, both counted from 0. The library has the halves swapped. */
  size(widthTimes: 1 | 2, heightTimes: 1 | 2): Buffer {
    return Buffer.from([0x1d, 0x21, ((widthTimes - 1) << 4) | (heightTimes - 1)]);
  }

  /** LF */
  newLine(): Buffer {
    return this.#built(() => this.#printer.newLine());
  }

  /** FS & … FS .: two-byte characters only count as such between these. */
  chinese(bytes: Buffer): Buffer {
    return Buffer.concat([Buffer.from([0x1c, 0x26]), bytes, Buffer.from([0x1c, 0x2e])]);
  }

  /** FS .: out of Chinese mode, in which a printer for China may have woken up. */
  leaveChinese(): Buffer {
    return Buffer.from([0x1c, 0x2e]);
  }

  /** ESC t: which letters the bytes from 0x80 are, outside Chinese mode. */
  codePage(number: number): Buffer {
    return Buffer.from([0x1b, 0x74, number]);
  }

  /** GS W: how many dots of the head are used, so that what stands at the right stands above the ends of the rows. */
  printArea(dots: number): Buffer {
    return Buffer.from([0x1d, 0x57, dots & 0xff, dots >> 8]);
  }

  /**
   * GS v 0, in bands that join without a gap. A printer looks for real-time commands in everything that arrives: where
   * the dots happen to spell one (a DLE before EOT, ENQ or DC4: the last opens the drawer), one dot more is blackened.
   */
  raster(picture: Bitmap): readonly Buffer[] {
    const { rowBytes, heightDots, bits } = picture;
    const bands: Buffer[] = [];
    for (let from = 0; from < heightDots; from += BAND_ROWS) {
      const rows = Math.min(BAND_ROWS, heightDots - from);
      const header = [0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8];
      const dots = Buffer.from(bits.subarray(from * rowBytes, (from + rows) * rowBytes));
      for (let at = 0; at < dots.length - 1; at += 1) {
        if (dots[at] === DLE && REAL_TIME.has(dots[at + 1] ?? 0)) dots[at] = 0x18;
      }
      bands.push(Buffer.concat([Buffer.from(header), dots]));
    }
    return bands;
  }

  /** ESC d: print what stands in the line and feed. */
  feed(lines: number): Buffer {
    return Buffer.from([0x1b, 0x64, lines]);
  }

  /** GS V: cuts where the paper stands; feed first. */
  cut(kind: "partial" | "full"): Buffer {
    return Buffer.from([0x1d, 0x56, kind === "full" ? 0x00 : 0x01]);
  }

  /** GS h, GS w, GS f, GS H, GS k 73: `data` is in the printer's own Code 128 notation, see `code128Data`. */
  code128(data: Buffer, moduleDots: number): Buffer {
    const settings = [0x1d, 0x68, 72, 0x1d, 0x77, moduleDots, 0x1d, 0x66, 0x00, 0x1d, 0x48, 0x02];
    return Buffer.concat([Buffer.from([...settings, 0x1d, 0x6b, 73, data.length]), data]);
  }

  /** GS ( k functions 165, 167, 169, 180, 181: model 2, level M; the length counts bytes. */
  qr(data: Buffer, moduleDots: number): Buffer {
    const stored = data.length + 3;
    return Buffer.concat([
      Buffer.from([0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00]),
      Buffer.from([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots]),
      Buffer.from([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31]),
      Buffer.from([0x1d, 0x28, 0x6b, stored & 0xff, stored >> 8, 0x31, 0x50, 0x30]),
      data,
      Buffer.from([0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30]),
    ]);
  }

  /** GS ( H function 48: the printer sends 37 22 d1 d2 d3 d4 00 once everything before it is on paper. */
  askProcessId(id: string): Buffer {
    return Buffer.concat([Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]), Buffer.from(id, "ascii")]);
  }

  #built(build: () => void): Buffer {
    this.#printer.clear();
    build();
    return this.#printer.getBuffer();
  }
}
