import type { PaperElement } from "#contract/bench/devices.ts";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { characterWidth, displayWidth } from "#core/receipt/width.ts";
import type { TypeCase } from "./type-case.ts";

/** One thing on the paper: a line, a code, or a picture whose bands were joined. */
export interface Piece {
  readonly kind: PaperElement["kind"];
  readonly element: PaperElement;
  /** Of a picture. */
  readonly rows: number;
  readonly rowBytes: number;
  readonly bits: Buffer;
}

type TextLine = Extract<PrintLine, { kind: "text" }>;
type Raster = Extract<PaperElement, { kind: "raster" }>;

/** Rows of a full band: what follows one is its continuation, if it is as wide and stands in the same place. */
const BAND_ROWS = 128;

export function joinBands(elements: readonly PaperElement[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let isOpen = false;
  for (const element of elements) {
    const last = pieces.at(-1);
    if (element.kind === "raster" && isOpen && last !== undefined && goesOn(last, element)) {
      const bits = Buffer.concat([last.bits, Buffer.from(element.bitsBase64, "base64")]);
      pieces[pieces.length - 1] = { ...last, rows: last.rows + element.heightDots, bits };
    } else pieces.push(pieceOf(element));
    isOpen = element.kind === "raster" && element.heightDots === BAND_ROWS;
  }
  return pieces;
}

function goesOn(last: Piece, element: Raster): boolean {
  return (
    last.element.kind === "raster" && last.element.align === element.align && last.rowBytes * 8 === element.widthDots
  );
}

function pieceOf(element: PaperElement): Piece {
  if (element.kind !== "raster") return { kind: element.kind, element, rows: 0, rowBytes: 0, bits: Buffer.alloc(0) };
  const bits = Buffer.from(element.bitsBase64, "base64");
  return { kind: "raster", element, rows: element.heightDots, rowBytes: element.widthDots / 8, bits };
}

/** @returns what is wrong, null when the piece is the line as this printer can print it */
export function compareLine(
  line: TextLine | { readonly kind: "blank" },
  piece: Piece | undefined,
  config: PrinterConfig,
  typeCase: TypeCase,
  glyphs: ReadonlyMap<number, Uint8Array>,
  /** The whole text of which this line is a part: it is drawn or typed as one. */
  whole = line.kind === "blank" ? "" : line.text,
): string | null {
  if (piece === undefined) return "is not on the paper";
  const text = line.kind === "blank" ? "" : line.text;
  const characters = [...text].filter((character) => characterWidth(character) > 0);
  const all = [...whole].filter((character) => characterWidth(character) > 0);
  const isDrawn =
    config.otherCharacters === "raster" &&
    all.some(
      (character) =>
        typeCase.has(character) === "no" && (config.chinese === "none" || glyphs.has(character.codePointAt(0) ?? 0)),
    );
  if (piece.element.kind === "raster") {
    const mayBeDrawn = all.some((character) => typeCase.has(character) !== "yes");
    if (config.otherCharacters !== "raster" || !mayBeDrawn || line.kind === "blank") return "is a picture";
    return compareDrawn(line, characters, piece, config, glyphs);
  }
  if (isDrawn) return "is no picture, though the printer lacks a character";
  return compareTyped(line, characters, piece.element, config, typeCase);
}

function compareTyped(
  line: TextLine | { readonly kind: "blank" },
  characters: readonly string[],
  element: PaperElement,
  config: PrinterConfig,
  typeCase: TypeCase,
): string | null {
  if (element.kind !== "text") return `is a ${element.kind}`;
  const printed = [...element.runs.map((run) => run.text).join("")];
  const wordsOf = (text: readonly string[]): string => text.join("").replaceAll(/ +/g, " ");
  // A gap may have been widened; within it nothing else changes.
  const expected = wordsOf(characters.flatMap((character) => typeCase.shownAs(character)));
  const found = wordsOf(printed);
  if (expected.length !== found.length && [...expected].length !== [...found].length)
    return `reads ${JSON.stringify(found)}`;
  const foundCharacters = [...found];
  for (const [index, character] of [...expected].entries()) {
    if (!typeCase.mayStandFor(foundCharacters[index] ?? "", character)) return `reads ${JSON.stringify(found)}`;
  }
  if (line.kind === "blank") return null;
  const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
  if (element.align !== line.align && printed.length > 0) return `stands ${element.align}`;
  const isWrongLook = element.runs.some(
    (run) =>
      run.bold !== bold ||
      run.widthTimes !== widthTimes ||
      run.heightTimes !== heightTimes ||
      run.underline ||
      run.inverse,
  );
  if (isWrongLook) return "has another look";
  const fullColumns = displayWidth(line.text) * widthTimes;
  if (element.widthDots > config.columns * 12) return "is wider than the paper";
  // A row ends at the right edge, whatever letters are in it.
  const isFull = fullColumns === Math.floor(config.columns / widthTimes) * widthTimes && /\S +\S/u.test(line.text);
  if (isFull && element.widthDots !== fullColumns * 12)
    return `ends at dot ${element.widthDots}, not at ${fullColumns * 12}`;
  return null;
}

/** Cell by cell: every character is the font's own picture, in its place. */
function compareDrawn(
  line: TextLine,
  characters: readonly string[],
  piece: Piece,
  config: PrinterConfig,
  glyphs: ReadonlyMap<number, Uint8Array>,
): string | null {
  const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
  if (piece.rows !== 24 * heightTimes + 6) return `is a picture of ${piece.rows} rows`;
  const used = characters.reduce((sum, character) => sum + characterWidth(character) * 12 * widthTimes, 0);
  const free = config.columns * 12 - used;
  let x = line.align === "left" ? 0 : line.align === "right" ? free : Math.floor(free / 2);
  for (const character of characters) {
    const columns = characterWidth(character);
    const glyph = glyphs.get(character.codePointAt(0) ?? 0) ?? glyphs.get(columns === 2 ? 0x3013 : 0x3f);
    const wide = columns * 12;
    let missing = 0;
    let extra = 0;
    for (let dy = 0; dy < 24 * heightTimes; dy += 1) {
      for (let dx = 0; dx < wide * widthTimes; dx += 1) {
        const sx = Math.floor(dx / widthTimes);
        const sy = Math.floor(dy / heightTimes);
        const isWanted = dot(glyph, 3, sx, sy) || (bold && sx > 0 && dot(glyph, 3, sx - 1, sy));
        const is = dot(piece.bits, piece.rowBytes, x + dx, dy + 3);
        if (isWanted && !is) missing += 1;
        if (!isWanted && is && !isOfCommand(piece, x + dx, dy + 3)) extra += 1;
      }
    }
    if (missing > 0 || extra > 0) return `${character} is drawn with ${missing} dots missing and ${extra} too many`;
    x += wide * widthTimes;
  }
  return null;
}

/** The dot that turns a DLE, which a printer would obey in the middle of a picture, into 0x18. */
function isOfCommand({ bits, rowBytes }: Piece, x: number, y: number): boolean {
  return bits[y * rowBytes + (x >> 3)] === 0x18 && (x & 7) === 4;
}

function dot(bits: Uint8Array | undefined, rowBytes: number, x: number, y: number): boolean {
  if (bits === undefined || x >= rowBytes * 8) return false;
  return ((bits[y * rowBytes + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}
