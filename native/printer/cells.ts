import type { PrinterConfig } from "#contract/config/devices.ts";
import { codePages } from "../code-pages.ts";

/** What a printer can write by itself. */
export type TypeCase = Pick<PrinterConfig, "chinese" | "fourByte" | "codePage">;

/** One character as a printer takes it. */
export interface Cell {
  readonly character: string;
  /** How the printer must stand to take the bytes: `page` is outside Chinese mode, on the code page. */
  readonly mode: "ascii" | "chinese" | "page";
  readonly bytes: Uint8Array;
  /** Nothing in this printer's type case is it; the bytes are those of the mark that stands for it. */
  readonly isMissing: boolean;
  /** Base cells it covers on paper, and base cells the layout gave it: a letter of a code page covers one of two. */
  readonly columns: 1 | 2;
  readonly laidOut: 1 | 2;
}

/**
 * The cells of a text. Nothing but printable characters gets through: control characters (a product name with ESC p in
 * it would open the drawer) and characters without a width are dropped.
 */
export function cellsOf(text: string, typeCase: TypeCase): readonly Cell[] {
  const known = knownCells(typeCase);
  return Array.from(printable(text), (character) => {
    const found = known.get(character) ?? cellOf(character, typeCase);
    if (known.size < MOST_KNOWN) known.set(character, found);
    return found;
  });
}

/** A shop's receipts use some hundreds of characters; what is beyond these is looked up each time. */
const MOST_KNOWN = 4_096;
const known = new Map<string, Map<string, Cell>>();

/** Looked up once: the tables are searched by encoding and decoding, which for every character of every line adds up. */
function knownCells({ chinese, fourByte, codePage }: TypeCase): Map<string, Cell> {
  const name = `${chinese} ${String(fourByte)} ${codePage}`;
  const cells = known.get(name) ?? new Map<string, Cell>();
  known.set(name, cells);
  return cells;
}

/**
 * Removes what takes no column on paper: controls, direction and joining marks, variation selectors, loose accents. The
 * yen sign becomes the full-width one, the only one GB 18030 printers share.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .normalize("NFC")
    .replace(/\u00a0/g, " ")
    .replace(/\u00a5/g, "\uffe5")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Mn}\p{Me}]/gu, "");
}

function cellOf(character: string, typeCase: TypeCase): Cell {
  const point = character.codePointAt(0) ?? 0;
  const known = { character, isMissing: false } as const;
  if (point < 0x7f) return { ...known, mode: "ascii", bytes: Uint8Array.of(point), columns: 1, laidOut: 1 };
  const laidOut = isHalfWidthForm(point) ? 1 : 2;
  const chinese = laidOut === 2 ? chineseBytes(character, typeCase) : null;
  if (chinese !== null) return { ...known, mode: "chinese", bytes: chinese, columns: 2, laidOut };
  const page = pageByte(character, typeCase);
  if (page !== null) return { ...known, mode: "page", bytes: Uint8Array.of(page), columns: 1, laidOut };
  return { character, isMissing: true, ...markFor(laidOut, typeCase.chinese), columns: laidOut, laidOut };
}

/** null where the printer's Chinese font has not this character. */
function chineseBytes(character: string, { chinese, fourByte }: TypeCase): Buffer | null {
  // No font has a glyph in the areas left to private use, though the encodings have a place for them.
  if (chinese === "none" || /[\p{Co}\p{Cn}\ufffd]/u.test(character)) return null;
  const bytes = codePages().encode(character, chinese);
  const isKnown = chinese === "big5" ? isBig5(bytes) : isGbk(bytes);
  if (isKnown) return isSame(bytes, character, chinese) ? bytes : null;
  return fourByte && chinese === "gb18030" && bytes.length === 4 ? bytes : null;
}

/** Not the one-byte € of GBK, which a printer takes for the first half of a character. */
function isGbk(bytes: Buffer): boolean {
  const [lead = 0, trail = 0] = bytes;
  return bytes.length === 2 && lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail !== 0x7f && trail <= 0xfe;
}

/**
 * Big5 as of 1984: signs, and the two planes of ideographs. What Hong Kong and single vendors put between and beside
 * them, fonts have or have not.
 */
function isBig5(bytes: Buffer): boolean {
  const code = bytes.length === 2 ? bytes.readUInt16BE(0) : 0;
  return (code >= 0xa140 && code <= 0xa3bf) || (code >= 0xa440 && code <= 0xc67e) || (code >= 0xc940 && code <= 0xf9d5);
}

/** Tables have characters that share a code; only the one that comes back from it is on the paper. */
function isSame(bytes: Buffer, character: string, chinese: PrinterConfig["chinese"]): boolean {
  return codePages().decode(bytes, chinese) === character;
}

/** What iconv-lite calls the pages, and the number ESC t gives them (Epson reference, "Character code tables"). */
const pages = {
  pc437: { encoding: "cp437", number: 0 },
  pc850: { encoding: "cp850", number: 2 },
  wpc1252: { encoding: "windows1252", number: 16 },
} as const;

export function pageNumber(codePage: Exclude<PrinterConfig["codePage"], "none">): number {
  return pages[codePage].number;
}

function pageByte(character: string, { codePage }: TypeCase): number | null {
  // A hole of a page comes back as U+FFFD, which would else pass for a character of it.
  if (codePage === "none" || character === "\ufffd") return null;
  const { encoding } = pages[codePage];
  const wanted = character === "\uffe5" ? "\u00a5" : character;
  const [byte = 0, ...rest] = codePages().encode(wanted, encoding);
  return byte >= 0x80 && rest.length === 0 && codePages().decode(Buffer.of(byte), encoding) === wanted ? byte : null;
}

/** 〓, the printers' own mark for a character they have no picture of; Big5 has none and shows □. */
const wideMarks = {
  gb18030: Buffer.from([0xa1, 0xfe]),
  gbk: Buffer.from([0xa1, 0xfe]),
  big5: Buffer.from([0xa1, 0xbc]),
} as const;

function markFor(columns: 1 | 2, chinese: PrinterConfig["chinese"]): Pick<Cell, "mode" | "bytes"> {
  if (columns === 2 && chinese !== "none") return { mode: "chinese", bytes: wideMarks[chinese] };
  return { mode: "ascii", bytes: Buffer.from("?".repeat(columns), "ascii") };
}

/** The half-width forms of Asian scripts take one column, as the layout counts; all else outside ASCII takes two. */
function isHalfWidthForm(point: number): boolean {
  return point === 0x20a9 || (point >= 0xff61 && point <= 0xffdc) || (point >= 0xffe8 && point <= 0xffee);
}
