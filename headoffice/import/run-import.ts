import type { ImportState } from "../admin/shapes.ts";
import type { Sql } from "../store/sql.ts";
import { applyRows } from "./apply-rows.ts";
import { mostFaultsTold } from "#core/catalog/import/judge-rows.ts";
import { readApart } from "./read-apart.ts";
import type { ImportRow, RowFault } from "#core/catalog/import/read-row.ts";

const rowsShown = 5;

/** `check` changes nothing; `all` takes every row or none; `good` takes the rows that are right. */
export type ImportMode = "check" | "all" | "good";

export interface ImportAsk {
  readonly storeCode: string;
  readonly by: string;
  readonly mode: ImportMode;
  readonly fileName: string;
  readonly bytes: Buffer;
}

type Tell = (state: ImportState) => void;

const begun: ImportState = {
  ...{ state: "reading", total: 0, handled: 0, written: 0, unchanged: 0, badRows: 0, faults: [], format: null },
  ...{ encoding: null, columns: [], sample: [], refusal: null },
};

/** Reads, judges and writes one file, telling how it stands. The last state told is `done` or `refused`. */
export async function runImport(sql: Sql, ask: ImportAsk, nowMs: number, tell: Tell): Promise<void> {
  tell(begun);
  const table = await readApart(ask.bytes);
  if (!table.ok) {
    const { refusal, format = null, encoding = null } = table.fault;
    return tell({ ...begun, format, encoding, state: "refused", refusal });
  }
  const { rows, faults, badRows, columns, format, encoding } = table.value;
  const total = rows.length + badRows;
  const read: ImportState = { ...begun, format, encoding, total, badRows, faults, columns, sample: sampleOf(rows) };
  if (ask.mode === "all" && badRows > 0)
    return tell({ ...read, handled: total, state: "refused", refusal: { kind: "bad-rows" } });
  tell({ ...read, state: "writing" });
  tell(await write(sql, ask, { read, rows, nowMs, tell }));
}

interface Reading {
  readonly read: ImportState;
  readonly rows: readonly ImportRow[];
  readonly nowMs: number;
  readonly tell: Tell;
}

/**
 * Rows are judged against the shop's own catalogue only while they are written. `good` and `check` then leave out those
 * that were refused and go once more; `all` ends there.
 */
async function write(sql: Sql, ask: ImportAsk, { read, rows: judged, nowMs, tell }: Reading): Promise<ImportState> {
  const { storeCode, by, fileName, mode } = ask;
  let rows = judged;
  let told: ImportState = { ...read, state: "writing" };
  for (;;) {
    const progress = (handled: number) => tell({ ...told, handled: told.badRows + handled });
    const applied = await applyRows(
      ...([sql, { storeCode, by, rows, fileName, isForGood: mode !== "check", progress }, nowMs] as const),
    );
    if (applied.ok) return { ...told, handled: told.total, state: "done", ...applied.value };
    const refused = new Set(applied.fault.map(({ row }) => row));
    rows = rows.filter(({ row }) => !refused.has(row));
    told = { ...told, badRows: told.badRows + refused.size, faults: merged(told.faults, applied.fault) };
    if (mode === "all") return { ...told, handled: told.total, state: "refused", refusal: { kind: "bad-rows" } };
  }
}

const merged = (a: readonly RowFault[], b: readonly RowFault[]): readonly RowFault[] =>
  [...a, ...b].sort((one, other) => one.row - other.row).slice(0, mostFaultsTold);

const sampleOf = (rows: readonly ImportRow[]): ImportState["sample"] =>
  rows
    .slice(0, rowsShown)
    .map(({ row, sku, nameZh, category, priceFen }) => ({ row, sku, nameZh, category, priceFen }));
