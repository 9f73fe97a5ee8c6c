import { assert, fail, ok, type Result } from "#core/result.ts";
import { mapColumns, missingColumns, type ColumnMap, type ImportField } from "./columns.ts";
import { readRow, type ImportRow, type RowFault, type RowFaultKind, type RowRules } from "./read-row.ts";
import type { TableRow } from "./table-row.ts";

/** Most faults that are told; the count goes on. A file in the wrong shape has one per row. */
export const mostFaultsTold = 500;

export interface HeaderFault {
  readonly kind: "columns-missing";
  readonly missing: readonly ImportField[];
}

export interface TableHead {
  /** Its place among the rows, from 0. */
  readonly index: number;
  readonly cells: readonly string[];
}

/** The first row with anything in it; null for a table without one. */
export function headOf(rows: Iterable<TableRow>): TableHead | null {
  let index = 0;
  for (const { cells } of rows) {
    if (cells.some((cell) => cell !== "")) return { index, cells };
    index += 1;
  }
  return null;
}

export type JudgedRow =
  | { readonly kind: "good"; readonly row: ImportRow }
  | { readonly kind: "bad"; readonly row: number; readonly faults: readonly RowFault[] };

/**
 * Judges the rows below the head one after the other: each by itself, then against those before it, of which the first
 * keeps a number. The same rows give the same verdicts each time. Empty rows are passed over.
 */
export function* judgeRows(
  rows: Iterable<TableRow>,
  head: TableHead,
  columns: ColumnMap,
  rules?: RowRules,
): Generator<JudgedRow> {
  const taken: Taken = { sku: new Set(), code: new Set(), scaleCode: new Set() };
  const width = head.cells.length;
  for (const { row, cells, isBroken } of below(head, rows)) {
    const shape = isBroken
      ? "unclosed-quote"
      : cells.slice(width).some((cell) => cell !== "")
        ? "too-many-cells"
        : null;
    if (shape !== null) {
      yield { kind: "bad", row, faults: [wholeRow(row, shape, cells)] };
      continue;
    }
    const read = readRow(row, cells, columns, rules);
    const faults = read.ok ? takenBefore(read.value, taken) : read.fault;
    if (read.ok && faults.length === 0) yield { kind: "good", row: read.value };
    else yield { kind: "bad", row, faults };
  }
}

/**
 * The rows below the head that are wanted, once they were judged and found right: read again, and not judged again.
 * @param isWanted by the number of the row
 */
export function* rowsAgain(
  rows: Iterable<TableRow>,
  head: TableHead,
  columns: ColumnMap,
  isWanted: (row: number) => boolean,
): Generator<ImportRow> {
  for (const { row, cells } of below(head, rows)) {
    if (!isWanted(row)) continue;
    const read = readRow(row, cells, columns);
    assert(read.ok, "a row that was right is right again");
    yield read.value;
  }
}

/** Rows with anything in them and their numbers, as the spreadsheet counts. */
function* below(head: TableHead, rows: Iterable<TableRow>): Generator<TableRow & { readonly row: number }> {
  let row = 0;
  for (const { cells, isBroken } of rows) {
    row += 1;
    if (row > head.index + 1 && cells.some((cell) => cell !== "")) yield { row, cells, isBroken };
  }
}

function wholeRow(row: number, kind: RowFaultKind, cells: readonly string[]): RowFault {
  const value = cells
    .join(" | ")
    .slice(0, 80)
    .replaceAll(/\p{Cc}/gu, " ");
  return { row, field: null, kind, value };
}

/** What earlier rows of a file have. */
interface Taken {
  readonly sku: Set<string>;
  /** Of a piece or of a pack. */
  readonly code: Set<string>;
  readonly scaleCode: Set<string>;
}

const noFaults: readonly RowFault[] = [];

/** A number or code that an earlier row of the file has; marks this row's own as taken. */
function takenBefore(row: ImportRow, taken: Taken): readonly RowFault[] {
  const { sku, barcodes, packs, scaleCode } = row;
  const keys: (readonly [ImportField, keyof Taken, string])[] = [["sku", "sku", sku]];
  for (const code of barcodes) keys.push(["barcode", "code", code]);
  for (const { barcode } of packs) keys.push(["pack", "code", barcode]);
  if (scaleCode !== null) keys.push(["scaleCode", "scaleCode", scaleCode]);
  // One that the row itself has twice, alone and as a pack, cannot be both.
  const isOwnTwice = (at: number, code: string): boolean =>
    packs.length > 0 && keys.findIndex(([, of, one]) => of === "code" && one === code) < at;
  let faults = noFaults;
  for (const [at, [field, of, value]] of keys.entries()) {
    if (!taken[of].has(value) && !(of === "code" && isOwnTwice(at, value))) continue;
    faults = [...faults, { row: row.row, field, kind: "twice-in-file", value }];
  }
  if (faults.length === 0) for (const [, of, value] of keys) taken[of].add(value);
  return faults;
}

export interface JudgedTable {
  readonly rows: readonly ImportRow[];
  readonly faults: readonly RowFault[];
  /** Rows that cannot be taken, also those beyond `mostFaultsTold`. */
  readonly badRows: number;
  readonly columns: readonly ImportField[];
}

/** Judges a whole table by the headings it has, and keeps every row that is right. */
export function judgeTable(rows: Iterable<TableRow>): Result<JudgedTable, HeaderFault> {
  const all = [...rows];
  const head = headOf(all) ?? { index: -1, cells: [] };
  const columns = mapColumns(head.cells);
  const missing = missingColumns(columns);
  if (missing.length > 0) return fail({ kind: "columns-missing", missing });
  const good: ImportRow[] = [];
  const faults: RowFault[] = [];
  let badRows = 0;
  for (const judged of judgeRows(all, head, columns)) {
    if (judged.kind === "good") good.push(judged.row);
    else {
      badRows += 1;
      faults.push(...judged.faults.slice(0, mostFaultsTold - faults.length));
    }
  }
  // Object.keys widens; they are the map's own.
  return ok({ rows: good, faults, badRows, columns: Object.keys(columns) as ImportField[] });
}
