import { CsvError, parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";
import { fail, ok, type Result } from "#core/result.ts";
import { decodeText, type TextEncoding } from "./decode-text.ts";

/** Largest file that is read: 50,000 items with long names are about 6 MB as CSV. */
export const mostFileBytes = 8 * 1_048_576;
/** More rows than any shop's list; also what one import may hold in memory. */
export const mostRows = 50_000;
const mostColumns = 64;
const mostCellCharacters = 1_000;
/** What an XLSX may unpack to: 20 times the largest file stops a bomb long before the memory ends. */
const mostUnpackedBytes = 20 * mostFileBytes;

export interface Table {
  /** Rows of the file in its order, the header among them; every cell is text, trimmed. Empty rows stay, so that numbers fit. */
  readonly rows: readonly (readonly string[])[];
  readonly format: "csv" | "xlsx";
  readonly encoding: TextEncoding;
}

export type TableFault = "empty" | "too-large" | "too-many-rows" | "unreadable" | "old-excel";

/** Reads a CSV (comma, semicolon or tab) or the first sheet of an XLSX. Never guesses a number: cells are text. */
export async function readTable(bytes: Buffer): Promise<Result<Table, TableFault>> {
  if (bytes.length === 0) return fail("empty");
  if (bytes.length > mostFileBytes) return fail("too-large");
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return fail("old-excel");
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
  const read = isZip ? await readXlsx(bytes) : readCsv(bytes);
  if (!read.ok) return read;
  const { rows } = read.value;
  if (rows.length > mostRows + 1) return fail("too-many-rows");
  return rows.some((row) => row.some((cell) => cell !== "")) ? read : fail("empty");
}

function readCsv(bytes: Buffer): Result<Table, TableFault> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  try {
    const rows: string[][] = parse(text, {
      ...{ delimiter: delimiterOf(text), relax_column_count: true, skip_empty_lines: false, trim: true },
      ...{ max_record_size: mostColumns * mostCellCharacters, to: mostRows + 2 },
    });
    return ok({ rows: rows.map(cut), format: "csv", encoding });
  } catch (cause) {
    if (cause instanceof CsvError) return fail("unreadable");
    throw cause;
  }
}

/** The one of the three that the first line has most of. */
function delimiterOf(text: string): string {
  const firstLine = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const counts = [",", ";", "\t"].map((sign) => ({ sign, count: firstLine.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

async function readXlsx(bytes: Buffer): Promise<Result<Table, TableFault>> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null) return fail("unreadable");
  if (unpacked > mostUnpackedBytes) return fail("too-large");
  try {
    const sheet = await readSheet<string>(bytes, { parseNumber: shownNumber });
    const rows = sheet.map((row) => cut(row.map((cell) => textOf(cell).trim())));
    return ok({ rows, format: "xlsx", encoding: "utf-8" });
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

const cut = (row: readonly string[]): readonly string[] =>
  row.slice(0, mostColumns).map((cell) => cell.slice(0, mostCellCharacters));

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
