import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#contract/devices/messages.ts";
import { encodeText, printable } from "./chinese.ts";
import { code128 } from "./code128.ts";
import { EscPos } from "./escpos.ts";
import { qrModuleDots } from "./qr-size.ts";

/** One write to the device: small enough that a deadline means something on a 9600-baud line. */
const LONGEST_CHUNK = 1024;
/** The cutter sits about 15 mm behind the head: five lines; where nothing cuts, a hand needs a little more to tear. */
const FEED_BEFORE_CUT = 5;
const FEED_BEFORE_TEAR = 6;
/** Font A is 12 dots wide: 576 dots on 80 mm paper, 384 on 58 mm. */
const DOTS_PER_COLUMN = 12;
const QUIET_MODULES = 20;

type TextLine = Extract<PrintLine, { kind: "text" }>;

/**
 * Turns a laid-out receipt into what is sent to the printer: chunks of at most 1 KiB, each ending between two commands,
 * so that a status request may stand between any two. No byte of any text reaches the printer as a command.
 * @param processId four printable ASCII characters the printer shall answer when done, null for one that answers nothing
 */
export function encodeReceipt(
  lines: readonly PrintLine[],
  config: Pick<PrinterConfig, "columns" | "chinese" | "qr" | "cut">,
  processId: string | null,
): readonly Buffer[] {
  const document = new DocumentEncoder(config);
  const commands = [document.start(), ...lines.map((line) => document.line(line)), document.end()];
  if (processId !== null) commands.push(document.askProcessId(processId));
  return intoChunks(commands);
}

class DocumentEncoder {
  readonly #config: Pick<PrinterConfig, "columns" | "chinese" | "qr" | "cut">;
  readonly #escPos: EscPos;
  readonly #paperDots: number;
  /** What the printer has been told, so that a mode is only sent when it changes. ESC @ sets these. */
  #align: TextLine["align"] = "left";
  #isBold = false;
  #widthTimes: 1 | 2 = 1;
  #heightTimes: 1 | 2 = 1;

  constructor(config: Pick<PrinterConfig, "columns" | "chinese" | "qr" | "cut">) {
    this.#config = config;
    this.#escPos = new EscPos(config.columns);
    this.#paperDots = config.columns * DOTS_PER_COLUMN;
  }

  start(): Buffer {
    return this.#escPos.initialise();
  }

  line(line: PrintLine): Buffer {
    switch (line.kind) {
      case "text":
        return this.#text(line);
      case "blank":
        return Buffer.concat([...this.#style(false, 1, 1), this.#escPos.newLine()]);
      case "barcode":
        return this.#barcode(line.text);
      case "qr":
        return this.#qr(line.text);
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

  #text(line: TextLine): Buffer {
    const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
    const runs = encodeText(line.text, this.#config.chinese);
    return Buffer.concat([
      ...this.#alignment(line.align),
      ...this.#style(bold, widthTimes, heightTimes),
      ...runs.map((run) => (run.mode === "double" ? this.#escPos.chinese(run.bytes) : run.bytes)),
      this.#escPos.newLine(),
    ]);
  }

  /** A text no Code 128 of this width can hold is printed as it reads: a number to type is better than none. */
  #barcode(text: string): Buffer {
    const symbol = code128(printable(text));
    const moduleDots = [3, 2].find(
      (dots) => symbol !== null && (symbol.modules + QUIET_MODULES) * dots <= this.#paperDots,
    );
    if (symbol === null || moduleDots === undefined) {
      return this.#text({ kind: "text", text, align: "center", style: {} });
    }
    return Buffer.concat([...this.#alignment("center"), this.#escPos.code128(symbol.data, moduleDots)]);
  }

  /** Left out where the printer draws none, or where it would be too fine to read. */
  #qr(text: string): Buffer {
    const data = Buffer.from(printable(text), "utf8");
    const moduleDots = qrModuleDots(data.length, this.#paperDots);
    if (this.#config.qr === "none" || moduleDots === null) return Buffer.alloc(0);
    return Buffer.concat([...this.#alignment("center"), this.#escPos.qr(data, moduleDots)]);
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

/** A line is never cut. One that is longer than a chunk by itself (a huge text) travels as its own, longer, chunk. */
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
