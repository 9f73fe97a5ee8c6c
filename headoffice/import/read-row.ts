import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ColumnMap, ImportField } from "./columns.ts";

/** One row that can be an item. */
export interface ImportRow {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Name or id of a category, as it stands in the file; empty where the file does not say. */
  readonly category: string;
  readonly unit: "piece" | "kg";
  readonly priceFen: number;
  readonly barcodes: readonly string[];
  readonly taxClass: string;
  readonly scaleCode: string | null;
}

export type RowFaultKind =
  | "missing"
  | "too-long"
  | "not-a-price"
  | "too-many-decimals"
  | "out-of-range"
  | "wrong-check-digit"
  | "not-a-barcode"
  | "too-many-barcodes"
  | "unknown-unit"
  | "twice-in-file"
  | "barcode-of-other-item";

export interface RowFault {
  readonly row: number;
  readonly field: ImportField;
  readonly kind: RowFaultKind;
  /** What stands in the cell, shortened; empty where it is missing. */
  readonly value: string;
}

const most: Readonly<Record<"sku" | "nameZh" | "nameEn" | "category" | "taxClass" | "scaleCode", number>> = {
  ...{ sku: 64, nameZh: 120, nameEn: 160, category: 60, taxClass: 32, scaleCode: 16 },
};
const mostBarcodes = 16;
const kilograms = new Set(["kg", "公斤", "千克", "kilogram"]);
const pieces = new Set(["", "piece", "pcs", "pc", "ea", "each", "个", "件", "瓶", "袋", "盒", "包", "罐", "听", "支"]);
/** Other words a shop counts by. They are all one piece at the till. */
const alsoPieces = new Set(["桶", "箱", "条", "只", "块", "把", "提", "卷", "杯", "双", "套", "本", "张", "份", "根"]);

/** Reads one row; all that is wrong with it at once, so that a file is put right in one go. */
export function readRow(
  row: number,
  cells: readonly string[],
  columns: ColumnMap,
): Result<ImportRow, readonly RowFault[]> {
  const cell = (field: ImportField): string => cells[columns[field] ?? -1]?.trim() ?? "";
  const faults: RowFault[] = [];
  const refuse = (field: ImportField, kind: RowFaultKind, value = cell(field)) =>
    void faults.push({ row, field, kind, value: value.slice(0, 80) });

  for (const [field, limit] of Object.entries(most)) {
    // Object.entries widens its keys; they are those of `most`.
    if (cell(field as keyof typeof most).length > limit) refuse(field as keyof typeof most, "too-long");
  }
  const barcodes = readBarcodes(cell("barcode"), refuse);
  const sku = cell("sku") === "" ? (barcodes[0] ?? "") : cell("sku");
  // A wrong barcode is named itself; that it leaves the item without a number is no second fault.
  if (sku === "" && cell("barcode") === "") refuse("sku", "missing");
  if (cell("nameZh") === "") refuse("nameZh", "missing");
  const unit = unitOf(cell("unit"));
  if (unit === null) refuse("unit", "unknown-unit");
  const priceFen = readPrice(cell("price"), refuse);

  if (faults.length > 0 || unit === null || priceFen === null) return fail(faults);
  return ok({
    ...{ row, sku, unit, priceFen, barcodes },
    ...{ nameZh: cell("nameZh"), nameEn: cell("nameEn"), category: cell("category") },
    taxClass: cell("taxClass") === "" ? "standard" : cell("taxClass"),
    scaleCode: cell("scaleCode") === "" ? null : cell("scaleCode"),
  });
}

type Refuse = (field: ImportField, kind: RowFaultKind, value?: string) => void;

/** Several barcodes may stand in one cell, between spaces, commas, semicolons or bars. */
function readBarcodes(text: string, refuse: Refuse): readonly string[] {
  const codes = text.normalize("NFKC").split(/[\s,;|、]+/u);
  const given = codes.filter((code) => code !== "");
  if (given.length > mostBarcodes) refuse("barcode", "too-many-barcodes");
  const barcodes: string[] = [];
  for (const code of given.slice(0, mostBarcodes)) {
    if (!/^[\u0021-\u007E]{1,64}$/.test(code)) refuse("barcode", "not-a-barcode", code);
    else if (/^(?:\d{8}|\d{12,14})$/.test(code) && !hasValidCheckDigit(code))
      refuse("barcode", "wrong-check-digit", code);
    else barcodes.push(normalizeBarcode(code));
  }
  return [...new Set(barcodes)];
}

/** Yuan to fen by its digits; null after it was refused. Nothing is sold for less than nothing. */
function readPrice(text: string, refuse: Refuse): number | null {
  if (text === "") return (refuse("price", "missing"), null);
  const price = parseYuan(text);
  if (!price.ok) {
    refuse("price", price.fault.kind === "not-an-amount" ? "not-a-price" : price.fault.kind);
    return null;
  }
  return price.value < 0 ? (refuse("price", "out-of-range"), null) : price.value;
}

function unitOf(text: string): "piece" | "kg" | null {
  const word = text.normalize("NFKC").toLowerCase();
  if (kilograms.has(word)) return "kg";
  return pieces.has(word) || alsoPieces.has(word) ? "piece" : null;
}
