import type { DecodeFault, PaperAlign, PaperElement, PaperRun } from "#contract/bench/devices.ts";

/** Dots of one column: a one-byte character of font A. A two-byte character is two of them. */
export const COLUMN_DOTS = 12;

/** What kind of printer obeys the bytes. */
export interface PrinterProfile {
  /** 48 on 80 mm paper (576 dots), 42 where the head has 512 dots, 32 on 58 mm (384 dots). */
  readonly columns: 48 | 42 | 32;
  /** Whether its font has the four-byte half of GB18030; most receipt printers have not. */
  readonly allowsFourByteChinese: boolean;
  /** What its Chinese mode reads; GB18030 where nothing is said. With `none` it knows no FS & and no FS . at all. */
  readonly chinese?: "gb18030" | "gbk" | "big5" | "none";
}

/** Dots of the head; 42 columns leave eight of 512 beyond the last one. */
const headDots = { 48: 576, 42: 512, 32: 384 } as const;

/** What the host asked the printer to answer or do, in the order of the bytes. */
export type HostRequest =
  /** DLE EOT 1–4, DLE DC4 1: a real printer has done these on arrival; here they only keep their place. */
  | { readonly kind: "real-time-status"; readonly n: number }
  | { readonly kind: "real-time-pulse"; readonly pin: 2 | 5; readonly onMs: number }
  /** GS a n. */
  | { readonly kind: "automatic-status"; readonly mask: number }
  /** GS r n. */
  | { readonly kind: "sensor-status"; readonly sensor: "paper" | "drawer" }
  /** GS I n. */
  | { readonly kind: "printer-id"; readonly n: number }
  /** GS ( H function 48: answer when everything before it is printed. */
  | { readonly kind: "process-id"; readonly id: readonly [number, number, number, number] };

export type DecoderEvent =
  | { readonly kind: "element"; readonly element: PaperElement }
  | { readonly kind: "request"; readonly request: HostRequest }
  | { readonly kind: "fault"; readonly fault: DecodeFault };

/** Why a command was refused, or undefined when it was obeyed. */
export type Complaint = string | undefined;

/** Everything ESC @ sets back. */
export interface PrintSettings {
  align: PaperAlign;
  upsideDown: boolean;
  bold: boolean;
  inverse: boolean;
  /** Size and underline of one-byte characters (ESC !, ESC -) and of two-byte ones (FS !, FS -); GS ! sets both sizes. */
  latin: { widthTimes: number; heightTimes: number; underline: boolean };
  chinese: { widthTimes: number; heightTimes: number; underline: boolean; leftDots: number; rightDots: number };
  /** A Chinese-market printer wakes up in Chinese mode, others do not: unset until FS & or FS . says which. */
  chineseMode: "unset" | "on" | "off";
  /** ESC t; undefined until chosen, because the page a printer wakes up with is set by its switches. */
  codePage: number | undefined;
  internationalSet: number;
  /** GS W; undefined until set: the whole head. */
  areaDots: number | undefined;
  barcode: { heightDots: number; module: number; hri: "none" | "above" | "below" | "both" };
  qr: { moduleDots: number; level: "L" | "M" | "Q" | "H"; stored: string | undefined };
}

/** The settings of a printer just switched on (Epson's defaults). */
export function powerOnSettings(profile: PrinterProfile): PrintSettings {
  return {
    align: "left",
    upsideDown: false,
    bold: false,
    inverse: false,
    latin: { widthTimes: 1, heightTimes: 1, underline: false },
    chinese: { widthTimes: 1, heightTimes: 1, underline: false, leftDots: 0, rightDots: 0 },
    chineseMode: profile.chinese === "none" ? "off" : "unset",
    codePage: undefined,
    internationalSet: 0,
    areaDots: undefined,
    barcode: { heightDots: 162, module: 3, hri: "none" },
    qr: { moduleDots: 3, level: "L", stored: undefined },
  };
}

/** The line buffer and the settings: what commands act on, and where elements come out. */
export class PrintEngine {
  settings: PrintSettings;
  readonly profile: PrinterProfile;
  readonly #emit: (event: DecoderEvent) => void;
  #runs: PaperRun[] = [];
  #usedDots = 0;

  constructor(profile: PrinterProfile, emit: (event: DecoderEvent) => void) {
    this.profile = profile;
    this.settings = powerOnSettings(profile);
    this.#emit = emit;
  }

  /** Dots across that may be printed on: the head, or what GS W left of it. */
  get paperDots(): number {
    return this.settings.areaDots ?? this.headDots;
  }

  get headDots(): number {
    return headDots[this.profile.columns];
  }

  get isLineEmpty(): boolean {
    return this.#usedDots === 0;
  }

  element(element: PaperElement): void {
    this.#emit({ kind: "element", element });
  }

  request(request: HostRequest): void {
    this.#emit({ kind: "request", request });
  }

  /** Puts one character on the line. A character that does not fit starts a new line, as in a printer, and complains. */
  type(character: string, width: "one-byte" | "two-byte"): Complaint {
    const { bold, inverse, latin, chinese } = this.settings;
    const look = width === "one-byte" ? latin : chinese;
    const cellDots = width === "one-byte" ? COLUMN_DOTS : 2 * COLUMN_DOTS + chinese.leftDots + chinese.rightDots;
    const dots = cellDots * look.widthTimes;
    const overflows = this.#usedDots + dots > this.paperDots;
    if (overflows) this.printLine();
    const { widthTimes, heightTimes, underline } = look;
    this.#append({ text: character, bold, underline, widthTimes, heightTimes, inverse }, dots);
    return overflows ? `the line is wider than the paper (${this.paperDots / COLUMN_DOTS} columns)` : undefined;
  }

  /** HT: to the next multiple of eight columns, the tab stops of a printer nobody sent ESC D to. */
  tab(): Complaint {
    const stopDots = 8 * COLUMN_DOTS;
    const nextDots = (Math.floor(this.#usedDots / stopDots) + 1) * stopDots;
    if (nextDots >= this.paperDots) return "there is no tab stop left on this line";
    // The gap is shown as spaces of the plain size; HT itself prints nothing, so no underline and no inverse.
    const blanks = Math.round((nextDots - this.#usedDots) / COLUMN_DOTS);
    const plain = { bold: false, underline: false, widthTimes: 1, heightTimes: 1, inverse: false };
    this.#append({ text: " ".repeat(blanks), ...plain }, nextDots - this.#usedDots);
    return undefined;
  }

  /** Prints what is on the line, which may be nothing: a blank line. */
  printLine(): void {
    const { align, upsideDown } = this.settings;
    this.element({ kind: "text", align, upsideDown, widthDots: this.#usedDots, runs: this.#runs });
    this.dropLine();
  }

  dropLine(): void {
    this.#runs = [];
    this.#usedDots = 0;
  }

  #append(run: PaperRun, dots: number): void {
    this.#usedDots += dots;
    const last = this.#runs.at(-1);
    if (last !== undefined && looksLike(last, run))
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text + run.text };
    else this.#runs.push(run);
  }
}

function looksLike(a: PaperRun, b: PaperRun): boolean {
  return (
    a.bold === b.bold &&
    a.underline === b.underline &&
    a.widthTimes === b.widthTimes &&
    a.heightTimes === b.heightTimes &&
    a.inverse === b.inverse
  );
}
