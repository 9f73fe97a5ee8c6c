import thermal from "node-thermal-printer";

type Align = "left" | "center" | "right";

/**
 * The ESC/POS words a receipt needs. node-thermal-printer supplies those it gets right (initialise, align, bold, line
 * feed); the others are written here from the Epson reference, because its versions are wrong or say more than asked:
 * sizes with width and height swapped, QR length in UTF-16 units, Code 128 without `{{`, a cut that resets the modes. A fresh instance per document, for it remembers
 * modes; never its transports. The buffer is taken after every word, so that each ends at a command boundary.
 */
export class EscPos {
  readonly #printer: InstanceType<typeof thermal.ThermalPrinter>;

  constructor(columns: number) {
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
