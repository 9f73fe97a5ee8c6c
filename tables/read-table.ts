import { readSheet } from "read-excel-file/node";
import { delimiterOf, splitCsv } from "#core/catalog/import/split-csv.ts";
import type { TableFault, TableRow } from "#core/catalog/import/table-row.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { decodeText, type TextEncoding } from "./decode-text.ts";

/** What a reader takes on; it is in memory as a whole while it is read. */
export interface TableLimits {
  readonly bytes: number;
  readonly rows: number;
}

const mostColumns = 64;
const mostCellCharacters = 1_000;
/** What an XLSX may unpack to, as a multiple of the largest file: stops a bomb long before the memory ends. */
const mostUnpacked = 20;

export interface Table {
  /**
   * Rows of the file in its order, the header among them, as often as they are asked for; every cell is text, trimmed.
   * Empty rows stay, so that numbers fit.
   */
  readonly rows: () => Iterable<TableRow>;
  readonly format: "csv" | "xlsx";
  readonly encoding: TextEncoding;
  /** Null for a spreadsheet. */
  readonly delimiter: "," | ";" | "\t" | null;
}

/** Reads a CSV (comma, semicolon or tab) or the first sheet of an XLSX. Never guesses a number: cells are text. */
export async function readTable(bytes: Buffer, limits: TableLimits): Promise<Result<Table, TableFault>> {
  if (bytes.length === 0) return fail("empty");
  if (bytes.length > limits.bytes) return fail("too-large");
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return fail("old-excel");
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
  const read = isZip ? await readXlsx(bytes, limits) : readCsv(bytes, limits);
  if (!read.ok) return read;
  for (const { cells } of read.value.rows()) if (cells.some((cell) => cell !== "")) return read;
  return fail("empty");
}

function readCsv(bytes: Buffer, limits: TableLimits): Result<Table, TableFault> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const delimiter = delimiterOf(text);
  if (hasMoreRows(text, delimiter, limits.rows + 1)) return fail("too-many-rows");
  const rows = function* (): Generator<TableRow> {
    for (const { cells, isBroken } of splitCsv(text, delimiter)) yield { cells: cut(cells), isBroken };
  };
  return ok({ rows, format: "csv", encoding, delimiter });
}

/** Counting lines is enough for nearly every file; a cell may go over several. */
function hasMoreRows(text: string, delimiter: string, most: number): boolean {
  let lines = 0;
  for (let at = 0; at >= 0 && lines <= most; at = text.indexOf("\n", at + 1)) lines += 1;
  if (lines <= most && !/\r(?!\n)/.test(text)) return false;
  let rows = 0;
  for (const _ of splitCsv(text, delimiter)) if ((rows += 1) > most) return true;
  return false;
}

async function readXlsx(bytes: Buffer, limits: TableLimits): Promise<Result<Table, TableFault>> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null) return fail("unreadable");
  if (unpacked > mostUnpacked * limits.bytes) return fail("too-large");
  try {
    const sheet = await readSheet<string>(bytes, { parseNumber: shownNumber });
    if (sheet.length > limits.rows + 1) return fail("too-many-rows");
    const rows = sheet.map((row) => ({ cells: cut(row.map(textOf)), isBroken: false }));
    return ok({ rows: () => rows, format: "xlsx", encoding: "utf-8", delimiter: null });
  } catch {
    // The library throws all sorts for what is no spreadsheet; whatever it was, the file could not be read.
    return fail("unreadable");
  }
}

/** The library's own type also names the makers of its types; a cell holds one of these or nothing. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "string" || typeof cell === "boolean" ? String(cell) : "";
}

/**
 * A number of the sheet as Excel shows it: 15 significant digits (12.300000000000001 in the file is 12.3 on its screen),
 * never with an exponent, so that a barcode that was typed as a number keeps its digits.
 */
export function shownNumber(stored: string): string {
  if (/^-?\d{1,15}$/.test(stored) || !/^-?[\d.]+(?:E[+-]?\d+)?$/i.test(stored)) return stored;
  const shown = Number(stored).toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 15 });
  return shown;
}

/** Line ends and tabs inside a cell are spaces from here on, as names stand on one line; what has no width is gone. */
function cut(row: readonly string[]): readonly string[] {
  return row.slice(0, mostColumns).map((cell) => {
    const short = cell.slice(0, mostCellCharacters);
    if (/^[\u0020-\u007E\u4E00-\u9FFF]*$/.test(short)) return short.trim();
    return short
      .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, " ")
      .replaceAll(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, "")
      .trim();
  });
}

/** Sum of the sizes that the zip's own directory states; null where there is no directory. Source: APPNOTE 4.3.12. */
function unpackedBytes(bytes: Buffer): number | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null;
    sum += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return sum;
}
