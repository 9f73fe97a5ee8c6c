import type { TableRow } from "./table-row.ts";

/**
 * Lines the quoted cells of one row may go over together, and characters of one of them: addresses have three or four. A
 * row that goes on for ever would be read to the end of the file again from each of its lines.
 */
const mostLines = 50;
const mostCharacters = 10_000;

const [tab, lineFeed, carriageReturn, blank, doubleQuote] = [0x09, 0x0a, 0x0d, 0x20, 0x22];

/**
 * Cuts a CSV into rows (RFC 4180), one after the other as they are asked for. A quote that is never closed costs its own
 * line and not the rest of the file: such a line is told as broken, and the next begins anew. A cell may go over several
 * lines where its row then has as many cells as the first row; a quote inside a cell that did not begin with one is text.
 */
export function* splitCsv(text: string, delimiter: string): Generator<TableRow> {
  let width: number | null = null;
  for (let at = 0; at < text.length;) {
    const read = readRecord(text, at, delimiter, width);
    const isWhole = read !== null && (!read.isOverLines || width === null || read.cells.length === width);
    if (isWhole) {
      width ??= read.cells.some((cell) => cell.trim() !== "") ? read.cells.length : null;
      yield { cells: read.cells, isBroken: false };
      at = read.next;
    } else {
      const end = endOfLine(text, at);
      yield { cells: text.slice(at, end).split(delimiter), isBroken: true };
      at = afterLine(text, end);
    }
  }
}

interface ReadRecord {
  readonly cells: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  readonly isOverLines: boolean;
}

/** Null where a quote is not closed, or something stands behind one that is, or a row over lines has too many cells. */
function readRecord(text: string, from: number, delimiter: string, width: number | null): ReadRecord | null {
  const cells: string[] = [];
  let lines = 0;
  for (let at = from; ;) {
    const quote = skipBlanks(text, at, delimiter);
    let end: number;
    if (text.charCodeAt(quote) === doubleQuote) {
      const closing = closingQuote(text, quote);
      if (closing === null) return null;
      const cell = text.slice(quote + 1, closing);
      lines += lineEndsIn(cell);
      if (lines > mostLines) return null;
      cells.push(cell.replaceAll('""', '"'));
      if (lines > 0 && width !== null && cells.length > width) return null;
      end = skipBlanks(text, closing + 1, delimiter);
      if (end < text.length && text[end] !== delimiter && !isLineEnd(text[end])) return null;
    } else {
      end = endOfCell(text, at, delimiter);
      cells.push(text.slice(at, end));
    }
    if (text[end] !== delimiter) return { cells, next: afterLine(text, end), isOverLines: lines > 0 };
    at = end + 1;
  }
}

/** The quote that ends the cell which begins with the one at `from`. */
function closingQuote(text: string, from: number): number | null {
  let lines = 0;
  for (let at = from + 1; at < text.length; at += 1) {
    const sign = text[at];
    if (isLineEnd(sign) && !(sign === "\n" && text[at - 1] === "\r")) lines += 1;
    // A long cell on one line is told as too long; one that runs over many lines has lost its end.
    if (lines > mostLines || (lines > 0 && at - from > mostCharacters)) return null;
    if (sign !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at += 1;
  }
  return null;
}

function lineEndsIn(cell: string): number {
  return /[\r\n]/.test(cell) ? (cell.match(/\r\n?|\n/g) ?? []).length : 0;
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign !== blank && (sign !== tab || delimiter === "\t")) break;
  }
  return at;
}

/** By numbers and not by signs, as every character of a long list comes by here. */
function endOfCell(text: string, from: number, delimiter: string): number {
  const between = delimiter.charCodeAt(0);
  let at = from;
  for (; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === between || sign === lineFeed || sign === carriageReturn) break;
  }
  return at;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineEnd(text[at])) at += 1;
  return at;
}

function isLineEnd(sign: string | undefined): boolean {
  return sign === "\n" || sign === "\r";
}

/** Behind a line's end: CR, LF or both. */
function afterLine(text: string, end: number): number {
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
}

/** The one of comma, semicolon and tab that the first line with anything on it has most of, outside quotes. */
export function delimiterOf(text: string): "," | ";" | "\t" {
  const begin = text.search(/[^\s,;]/);
  const start = begin < 0 ? 0 : text.lastIndexOf("\n", begin) + 1;
  const line = text.slice(start, endOfLine(text, Math.max(begin, 0))).replaceAll(/"[^"]*"/g, "");
  const counts = ([",", ";", "\t"] as const).map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}
