import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import { type Cell, cellsOf, pageNumber, printable } from "./cells.ts";
import { code128 } from "./code128.ts";
import { EscPos } from "./escpos.ts";
import { qrModuleDots } from "./qr-size.ts";
import type { Bitmap } from "./raster/bitmap.ts";
import { drawCode128, drawQr } from "./raster/draw-codes.ts";
import { DOTS_PER_COLUMN, drawText } from "./raster/draw-text.ts";
import { receiptFont } from "./raster/receipt-font.ts";
import { split } from "./split.ts";
import { stretched } from "./stretch.ts";

/** One write to the device: small enough that a deadline means something on a 9600-baud line. */
const LONGEST_CHUNK = 1024;
/** The cutter sits about 15 mm behind the head: five lines; where nothing cuts, a hand needs a little more to tear. */
const FEED_BEFORE_CUT = 5;
const FEED_BEFORE_TEAR = 6;
/** The one paper whose head has dots beyond its last column: 512 of them, 42 columns. */
const COLUMNS_OF_512_DOTS = 42;
const QUIET_MODULES = 20;

type TextLine = Extract<PrintLine, { kind: "text" }>;

/** What of a printer's configuration its bytes depend on. */
export type EncodedFor = Pick<
  PrinterConfig,
  "columns" | "chinese" | "fourByte" | "codePage" | "otherCharacters" | "qr" | "barcode" | "cut"
>;

/**
 * Turns a laid-out receipt into what is sent to the printer: chunks of at most 1 KiB (a band of a picture: 9 KiB), each
 * ending between two commands, so that a status request may stand between any two. No byte of any text reaches the
 * printer as a command, and no line is wider than the paper, whatever paper it was laid out for.
 * @param processId four printable ASCII characters the printer shall answer when done, null for one that answers nothing
 * @param logo what stands at the head of receipts, already of this paper's dots
 */
export function encodeReceipt(
  lines: readonly PrintLine[],
  config: EncodedFor,
  processId: string | null,
  logo: Bitmap | null = null,
): readonly Buffer[] {
  const document = new DocumentEncoder(config, logo);
  const commands = [document.start(), ...lines.flatMap((line) => document.line(line)), document.end()];
  if (processId !== null) commands.push(document.askProcessId(processId));
  return intoChunks(commands);
}

class DocumentEncoder {
  readonly #config: EncodedFor;
  readonly #logo: Bitmap | null;
  readonly #escPos: EscPos;
  readonly #paperDots: number;
  /** What the printer has been told, so that a mode is only sent when it changes. ESC @ sets these. */
  #align: TextLine["align"] = "left";
  #isBold = false;
  #widthTimes: 1 | 2 = 1;
  #heightTimes: 1 | 2 = 1;
  #isOnPage = false;

  constructor(config: EncodedFor, logo: Bitmap | null) {
    this.#config = config;
    this.#logo = logo;
    this.#escPos = new EscPos(config.columns);
    this.#paperDots = config.columns * DOTS_PER_COLUMN;
  }

  start(): Buffer {
    const { columns } = this.#config;
    const area = columns === COLUMNS_OF_512_DOTS ? [this.#escPos.printArea(this.#paperDots)] : [];
    return Buffer.concat([this.#escPos.initialise(), ...area]);
  }

  line(line: PrintLine): readonly Buffer[] {
    switch (line.kind) {
      case "text":
        return this.#text(line);
      case "blank":
        return [Buffer.concat([...this.#style(false, 1, 1), this.#escPos.newLine()])];
      case "barcode":
        return this.#barcode(line.text);
      case "qr":
        return this.#qr(line.text);
      case "logo":
        return this.#logo === null ? [] : this.#picture(this.#logo, "center");
    }
  }

  end(): Buffer {
    const { cut } = this.#config;
    if (cut === "none") return this.#escPos.feed(FEED_BEFORE_TEAR);
    return Buffer.concat([this.#escPos.feed(FEED_BEFORE_CUT), this.#escPos.cut(cut)]);
  }

  askProcessId(id: string): Buffer {
    return this.#escPos.askProcessId(id);
  }

  #text(line: TextLine): readonly Buffer[] {
    const { widthTimes = 1 } = line.style;
    const columns = Math.floor(this.#config.columns / widthTimes);
    const cells = cellsOf(line.text, this.#config);
    if (this.#isToBeDrawn(cells)) return split(cells, columns, "laidOut").flatMap((part) => this.#drawn(part, line));
    return split(stretched(cells, columns), columns, "columns").map((part) => this.#typed(part, line));
  }

  #typed(cells: readonly Cell[], line: TextLine): Buffer {
    const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
    return Buffer.concat([
      ...this.#alignment(line.align),
      ...this.#style(bold, widthTimes, heightTimes),
      ...runsOf(cells).flatMap((run) => this.#run(run.mode, run.bytes)),
      this.#escPos.newLine(),
    ]);
  }

  #drawn(cells: readonly Cell[], line: TextLine): readonly Buffer[] {
    const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
    const look = { bold, widthTimes, heightTimes, align: line.align };
    return this.#picture(drawText(cells, look, this.#paperDots, receiptFont()), "left");
  }

  /**
   * Where the printer lacks a character that our own font has, the whole line is one picture: nothing shifts in it. A
   * printer without Chinese has no 〓 either, and `??` would say nothing.
   */
  #isToBeDrawn(cells: readonly Cell[]): boolean {
    const { otherCharacters, chinese } = this.#config;
    if (otherCharacters !== "raster") return false;
    return cells.some((cell) => cell.isMissing && (chinese === "none" || receiptFont().glyph(cell.character) !== null));
  }

  #run(mode: Cell["mode"], bytes: Buffer): readonly Buffer[] {
    const { chinese, codePage } = this.#config;
    if (mode === "chinese") return [this.#escPos.chinese(bytes)];
    if (mode !== "page" || codePage === "none" || this.#isOnPage) return [bytes];
    this.#isOnPage = true;
    // A printer without Chinese knows no FS commands and would print what follows them.
    const leaving = chinese === "none" ? [] : [this.#escPos.leaveChinese()];
    return [...leaving, this.#escPos.codePage(pageNumber(codePage)), bytes];
  }

  /** A text no Code 128 of this width can hold is printed as it reads: a number to type is better than none. */
  #barcode(text: string): readonly Buffer[] {
    const readable: TextLine = { kind: "text", text, align: "center", style: {} };
    if (this.#config.barcode === "raster") {
      const picture = drawCode128(printable(text), this.#paperDots);
      return [...(picture === null ? [] : this.#picture(picture, "center")), ...this.#text(readable)];
    }
    const symbol = code128(printable(text));
    const moduleDots = [3, 2].find(
      (dots) => symbol !== null && (symbol.modules + QUIET_MODULES) * dots <= this.#paperDots,
    );
    if (symbol === null || moduleDots === undefined) return this.#text(readable);
    return [
      Buffer.concat([
        ...this.#style(false, 1, 1),
        ...this.#alignment("center"),
        this.#escPos.code128(symbol.data, moduleDots),
      ]),
    ];
  }

  /** Left out where the printer draws none, or where it would be too fine to read. */
  #qr(text: string): readonly Buffer[] {
    const content = printable(text);
    if (this.#config.qr === "none" || content === "") return [];
    if (this.#config.qr === "raster") {
      const picture = drawQr(content, this.#paperDots);
      return picture === null ? [] : this.#picture(picture, "center");
    }
    const data = Buffer.from(content, "utf8");
    const moduleDots = qrModuleDots(data.length, this.#paperDots);
    if (moduleDots === null) return [];
    return [Buffer.concat([...this.#alignment("center"), this.#escPos.qr(data, moduleDots)])];
  }

  #picture(picture: Bitmap, align: TextLine["align"]): readonly Buffer[] {
    return [...this.#alignment(align), ...this.#escPos.raster(picture)];
  }

  #alignment(align: TextLine["align"]): readonly Buffer[] {
    if (align === this.#align) return [];
    this.#align = align;
    return [this.#escPos.align(align)];
  }

  #style(bold: boolean, widthTimes: 1 | 2, heightTimes: 1 | 2): readonly Buffer[] {
    const changes: Buffer[] = [];
    if (bold !== this.#isBold) changes.push(this.#escPos.bold(bold));
    if (widthTimes !== this.#widthTimes || heightTimes !== this.#heightTimes) {
      changes.push(this.#escPos.size(widthTimes, heightTimes));
    }
    this.#isBold = bold;
    this.#widthTimes = widthTimes;
    this.#heightTimes = heightTimes;
    return changes;
  }
}

/** Cells that go out in one mode. */
function runsOf(cells: readonly Cell[]): readonly { readonly mode: Cell["mode"]; readonly bytes: Buffer }[] {
  const runs: { mode: Cell["mode"]; parts: Uint8Array[] }[] = [];
  for (const { mode, bytes } of cells) {
    const last = runs.at(-1);
    if (last?.mode === mode) last.parts.push(bytes);
    else runs.push({ mode, parts: [bytes] });
  }
  return runs.map(({ mode, parts }) => ({ mode, bytes: Buffer.concat(parts) }));
}

/** A line and a band of a picture are never cut. One that is longer than a chunk by itself travels as its own, longer, chunk. */
function intoChunks(commands: readonly Buffer[]): readonly Buffer[] {
  const chunks: Buffer[][] = [];
  let size = LONGEST_CHUNK;
  for (const command of commands) {
    if (command.length === 0) continue;
    size += command.length;
    if (size > LONGEST_CHUNK) {
      chunks.push([]);
      size = command.length;
    }
    chunks.at(-1)?.push(command);
  }
  return chunks.map((parts) => Buffer.concat(parts));
}
