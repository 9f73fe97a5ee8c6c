import { readSheet } from "read-excel-file/node";
import { delimiterOf, splitCsv } from "#core/catalog/import/split-csv.ts";
import type { TableFault, TableRow } from "#core/catalog/import/table-row.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { decodeText, type TextEncoding } from "./decode-text.ts";
import { sheetSize } from "./sheet-size.ts";
import { packStored, unpackXml } from "./small-zip.ts";

/** What a reader takes on; it is in memory as a whole while it is read. */
export interface TableLimits {
  readonly bytes: number;
  readonly rows: number;
}

const mostColumns = 64;
const mostCellCharacters = 1_000;
/** What an XLSX may unpack to, as a multiple of the largest file, and in bytes: stops a bomb long before the memory ends. */
const mostUnpacked = { times: 20, bytes: 1_073_741_824 } as const;

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
  const tamed = tame(bytes, limits);
  if (!tamed.ok) return tamed;
  try {
    const sheet = await readSheet<string>(tamed.value, { parseNumber: shownNumber });
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

/**
 * The workbook as the library may have it. The library believes what a zip says of its parts, sets aside as much memory as
 * that, and lays out every row and column up to the last one named; so all of that is looked at first.
 */
function tame(bytes: Buffer, limits: TableLimits): Result<Buffer, TableFault> {
  const parts = unpackXml(bytes, Math.min(mostUnpacked.times * limits.bytes, mostUnpacked.bytes));
  if (!parts.ok) return parts;
  try {
    for (const part of parts.value.values()) {
      const size = sheetSize(part);
      if (!size.ok) return size;
      const { rows, columns } = size.value;
      if (rows > limits.rows + 1) return fail("too-many-rows");
      if (rows * columns > mostColumns * (limits.rows + 1)) return fail("too-large");
    }
  } catch {
    return fail("too-large"); // longer than a text can be
  }
  return ok(packStored(parts.value));
}
