import { z } from "zod";
import { importFields } from "#core/catalog/import/columns.ts";
import type { RowFaultKind } from "#core/catalog/import/read-row.ts";

/*
 * The catalogue's long work: reading a list, taking it in, writing one. The worker opens catalog.db itself; what is taken in
 * is one transaction of its own.
 */

const path = z.string().min(1).max(4_096);
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const locale = z.enum(["zh-CN", "en"]);
const field = z.enum(importFields);
const text = z.string().max(1_000);

/** Faults and rows that are shown on the screen; all of them are in the report. */
export const mostFaultsShown = 200;
export const mostRowsShown = 20;
export const mostNewCategories = 200;
const mostColumns = 64;

/** Which column says what, from 0; null: what the headings propose. */
const columns = z.partialRecord(field, z.int().min(0).max(mostColumns)).nullable();

export const importJob = z.strictObject({
  kind: z.literal("import-items"),
  file: path,
  catalogDb: path,
  /** Of the file that was checked: another one under its name is not taken in. Null for the first look. */
  sha256: sha256.nullable(),
  columns,
  /** Categories that the shop does not have yet: made, or their rows refused. */
  newCategories: z.enum(["make", "refuse"]),
  /** `check` changes nothing; `all` takes every row or none; `good` takes those that are right. */
  mode: z.enum(["check", "all", "good"]),
  /** Where every fault is written as CSV, for a check; null for nowhere. */
  report: path.nullable(),
  locale,
  cashierId: z.string().max(64),
});
export type ImportJob = z.infer<typeof importJob>;

const kinds = [
  ...(["missing", "too-long", "not-a-price", "too-many-decimals", "out-of-range", "wrong-check-digit"] as const),
  ...(["not-a-barcode", "too-many-barcodes", "unknown-unit", "twice-in-file", "barcode-of-other-item"] as const),
  ...(["formula", "date", "exponent", "control-characters", "unreadable-characters", "unclosed-quote"] as const),
  ...([
    "too-many-cells",
    "not-a-pack",
    "not-yes-or-no",
    "not-by-weight",
    "unknown-tax-class",
    "unknown-category",
  ] as const),
] as const satisfies readonly RowFaultKind[];

const rowFault = z.strictObject({ row: count, field: field.nullable(), kind: z.enum(kinds), value: text });

const rowShown = z.strictObject({
  row: count,
  sku: text,
  nameZh: text,
  category: text,
  unit: z.enum(["piece", "kg"]),
  priceFen: z.int().min(0),
  /** Null for a new one. */
  beforeFen: z.int().min(0).nullable(),
  state: z.enum(["new", "changed", "unchanged"]),
});

/** What a list says, and what taking it in does or did. */
export const importResult = z.strictObject({
  sha256,
  /** Null: the list can be taken in. `bad-rows`: all or nothing was asked for, and it was nothing. */
  refusal: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["empty", "too-large", "too-many-rows", "unreadable", "old-excel", "bad-rows"]) }),
      z.strictObject({ kind: z.literal("columns-missing"), missing: z.array(field).max(importFields.length) }),
    ])
    .nullable(),
  /** Null where it could not be read. */
  format: z.enum(["csv", "xlsx"]).nullable(),
  encoding: z.enum(["utf-8", "utf-16", "gb18030"]).nullable(),
  delimiter: z.enum([",", ";", "\t"]).nullable(),
  header: z.array(text).max(mostColumns),
  columns: z.partialRecord(field, z.int().min(0).max(mostColumns)),
  rows: count,
  added: count,
  changed: count,
  /** Of those that changed. */
  pricesChanged: count,
  unchanged: count,
  wrong: count,
  newCategories: z.array(text).max(mostNewCategories),
  shown: z.array(rowShown).max(mostRowsShown),
  faults: z.array(rowFault).max(mostFaultsShown),
  isApplied: z.boolean(),
});
export type ImportResult = z.infer<typeof importResult>;

export const exportItemsJob = z.strictObject({
  kind: z.literal("export-items"),
  catalogDb: path,
  target: path,
  format: z.enum(["csv", "xlsx"]),
  locale,
});
export type ExportItemsJob = z.infer<typeof exportItemsJob>;

/** Why there is no list to speak of. */
export const catalogFaults = [
  z.strictObject({ kind: z.literal("unreadable-file"), code: z.string().max(64) }),
  /** Changed or replaced since it was checked. */
  z.strictObject({ kind: z.literal("file-changed") }),
  z.strictObject({ kind: z.literal("catalog-closed"), detail: z.string().max(200) }),
  /** More than an XLSX may hold in memory. */
  z.strictObject({ kind: z.literal("too-many-items"), most: count }),
] as const;
