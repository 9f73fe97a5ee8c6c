import { fail, ok, type Result } from "#core/result.ts";
import { mapColumns, type ImportField } from "./columns.ts";
import { readRow, type ImportRow, type RowFault } from "./read-row.ts";

/** Most faults that are told; the count goes on. A file in the wrong shape has one per row. */
export const mostFaultsTold = 500;

export interface JudgedTable {
  readonly rows: readonly ImportRow[];
  readonly faults: readonly RowFault[];
  /** Rows that cannot be taken, also those beyond `mostFaultsTold`. */
  readonly badRows: number;
  readonly columns: readonly ImportField[];
}

export interface HeaderFault {
  readonly kind: "columns-missing";
  readonly missing: readonly ImportField[];
}

/** Judges a whole table: its header, then every row by itself, then rows against each other. Empty rows are passed over. */
export function judgeTable(rows: readonly (readonly string[])[]): Result<JudgedTable, HeaderFault> {
  const headerIndex = rows.findIndex((row) => row.some((cell) => cell !== ""));
  const columns = mapColumns(rows[headerIndex] ?? []);
  const missing: ImportField[] = [];
  if (columns.nameZh === undefined) missing.push("nameZh");
  if (columns.price === undefined) missing.push("price");
  if (columns.sku === undefined && columns.barcode === undefined) missing.push("barcode");
  if (missing.length > 0) return fail({ kind: "columns-missing", missing });

  const good: ImportRow[] = [];
  const faults: RowFault[] = [];
  const taken = new Map<string, number>();
  let badRows = 0;
  for (const [index, cells] of rows.entries()) {
    if (index <= headerIndex || cells.every((cell) => cell === "")) continue;
    const read = readRow(index + 1, cells, columns);
    const wrong = read.ok ? takenBefore(read.value, taken) : read.fault;
    if (read.ok && wrong.length === 0) good.push(read.value);
    else badRows += 1;
    faults.push(...wrong.slice(0, mostFaultsTold - faults.length));
  }
  // Object.keys widens; they are the map's own.
  return ok({ rows: good, faults, badRows, columns: Object.keys(columns) as ImportField[] });
}

/** A number or barcode that an earlier row of the file has; marks this row's own as taken. */
function takenBefore(row: ImportRow, taken: Map<string, number>): readonly RowFault[] {
  const keys: readonly (readonly [ImportField, string, string])[] = [
    ["sku", `sku ${row.sku}`, row.sku],
    ...row.barcodes.map((code) => ["barcode", `barcode ${code}`, code] as const),
  ];
  const faults = keys
    .filter(([, key]) => taken.has(key))
    .map(([field, , value]) => ({ row: row.row, field, kind: "twice-in-file" as const, value }));
  if (faults.length === 0) for (const [, key] of keys) taken.set(key, row.row);
  return faults;
}
