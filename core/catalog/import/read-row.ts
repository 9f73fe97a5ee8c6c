import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import { areLimitsOpen, type PriceLimits } from "#core/catalog/open-price.ts";
import type { Fen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type ColumnMap, type ImportField, importFields } from "./columns.ts";
import { isDate, isExponent, isFormula, plainCell } from "./plain-cell.ts";

/** One row that can be an item. */
export interface ImportRow {
  /** As the spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Name or id of a category, as it stands in the file; empty where the file does not say. */
  readonly category: string;
  /** Null where the file does not say; so are a tax class, a scale code and whether it is a favourite. */
  readonly unit: "piece" | "kg" | null;
  readonly priceFen: number;
  readonly barcodes: readonly string[];
  /** Barcodes of several pieces: a carton of 24. */
  readonly packs: readonly { readonly barcode: string; readonly count: number }[];
  readonly taxClass: string | null;
  readonly scaleCode: string | null;
  readonly isFavourite: boolean | null;
  /** 开放价 with the limits the row names; false where it says that it has none, null where it does not say. */
  readonly openPrice: PriceLimits | false | null;
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
  | "barcode-of-other-item"
  /** A spreadsheet would run it; whoever means the text puts an apostrophe before it. */
  | "formula"
  /** Made a date, or shortened to an exponent, by a spreadsheet: what it was cannot be known. */
  | "date"
  | "exponent"
  | "control-characters"
  /** Bytes that are no text in the file's encoding. */
  | "unreadable-characters"
  | "unclosed-quote"
  /** More cells than the header names: something has moved to the right. */
  | "too-many-cells"
  | "not-a-pack"
  | "not-yes-or-no"
  /** An open price of what is weighed: that is sold by the kilogram. */
  | "not-by-weight"
  | "unknown-tax-class"
  | "unknown-category";

export interface RowFault {
  readonly row: number;
  /** Null for what is wrong with the whole row. */
  readonly field: ImportField | null;
  readonly kind: RowFaultKind;
  /** What stands in the cell, shortened; empty where it is missing. */
  readonly value: string;
}

/** What a shop has, where a list may name nothing else; null where it may. Names in small letters. */
export interface RowRules {
  readonly taxClasses: ReadonlySet<string> | null;
  readonly categories: ReadonlySet<string> | null;
}

const most: Readonly<Record<"sku" | "nameZh" | "nameEn" | "category" | "taxClass" | "scaleCode", number>> = {
  ...{ sku: 64, nameZh: 120, nameEn: 160, category: 60, taxClass: 32, scaleCode: 16 },
};
// Object.entries widens its keys; they are those of `most`.
const limits = Object.entries(most) as readonly (readonly [keyof typeof most, number])[];
/** Characters of a cell that are shown beside its fault. */
const mostShown = 80;
const mostBarcodes = 16;
/** Pieces behind one barcode: a pallet of single cans. */
const mostInPack = 10_000;
const kilograms = new Set(["kg", "公斤", "千克", "kilogram"]);
const pieces = new Set(["piece", "pcs", "pc", "ea", "each", "个", "件", "瓶", "袋", "盒", "包", "罐", "听", "支"]);
/** Other words a shop counts by. They are all one piece at the till. */
const alsoPieces = new Set(["桶", "箱", "条", "只", "块", "把", "提", "卷", "杯", "双", "套", "本", "张", "份", "根"]);
const yes = new Set(["yes", "y", "true", "1", "是", "√"]);
const no = new Set(["", "no", "n", "false", "0", "否"]);

type Refuse = (field: ImportField, kind: RowFaultKind, value?: string) => void;

/** Reads one row; all that is wrong with it at once, so that a file is put right in one go. */
export function readRow(
  row: number,
  cells: readonly string[],
  columns: ColumnMap,
  rules: RowRules = { taxClasses: null, categories: null },
): Result<ImportRow, readonly RowFault[]> {
  const texts: Partial<Record<ImportField, string>> = {};
  const cell = (field: ImportField): string => texts[field] ?? "";
  const faults: RowFault[] = [];
  const refuse: Refuse = (field, kind, value = cell(field)) =>
    void faults.push({ row, field, kind, value: shown(value) });

  for (const field of importFields) {
    const column = columns[field];
    if (column === undefined) continue;
    const raw = cells[column]?.trim() ?? "";
    // Most cells of most lists are of no other signs, and need no second look.
    if (isHarmless(raw, field)) {
      texts[field] = raw;
      continue;
    }
    const { text, isMarked } = plainCell(raw);
    texts[field] = text;
    judgeCharacters(text, isMarked, field, refuse);
  }
  for (const [field, limit] of limits) if (cell(field).length > limit) refuse(field, "too-long");
  const barcodes = readBarcodes(cell("barcode"), "barcode", refuse).map(({ barcode }) => barcode);
  const sku = cell("sku") === "" ? (barcodes[0] ?? "") : cell("sku");
  // A wrong barcode is named itself; that it leaves the item without a number is no second fault.
  if (sku === "" && cell("barcode") === "") refuse("sku", "missing");
  if (cell("nameZh") === "") refuse("nameZh", "missing");
  const unit = cell("unit") === "" ? null : unitOf(cell("unit"));
  if (unit === null && cell("unit") !== "") refuse("unit", "unknown-unit");
  const priceFen = readPrice("price", cell("price"), refuse);
  const packs = readBarcodes(cell("pack"), "pack", refuse);
  const isFavourite = readYesOrNo("favourite", columns.favourite === undefined ? null : cell("favourite"), refuse);
  const openPrice = readOpenPrice(columns, cell, unit, refuse);
  const taxClass = cell("taxClass") === "" ? null : cell("taxClass");
  if (taxClass !== null && rules.taxClasses?.has(taxClass.toLowerCase()) === false)
    refuse("taxClass", "unknown-tax-class");
  if (cell("category") !== "" && rules.categories?.has(cell("category").toLowerCase()) === false)
    refuse("category", "unknown-category");

  if (faults.length > 0 || priceFen === null) return fail(faults);
  return ok({
    ...{ row, sku, unit, priceFen, barcodes, packs, isFavourite, taxClass, openPrice },
    ...{ nameZh: cell("nameZh"), nameEn: cell("nameEn"), category: cell("category") },
    scaleCode: cell("scaleCode") === "" ? null : cell("scaleCode"),
  });
}

/** What a cell shows in a report: without the signs that no screen has a picture for. */
function shown(value: string): string {
  return value.slice(0, mostShown).replaceAll(/\p{Cc}/gu, "␀");
}

/** Letters, digits and Chinese characters, and nothing before them that a spreadsheet would run or take away. */
function isHarmless(text: string, field: ImportField): boolean {
  if (!/^(?:[0-9A-Za-z\u4E00-\u9FFF][\u0020-\u007E\u4E00-\u9FFF]*)?$/.test(text)) return false;
  // A number or a name may have been made a date or shortened.
  return (field !== "sku" && field !== "nameZh") || !/^\d+[-/.年月Ee]/.test(text);
}

/** What was never typed: signs without a picture, lost bytes, formulas, dates made of numbers. */
function judgeCharacters(text: string, isMarked: boolean, field: ImportField, refuse: Refuse): void {
  if (text === "") return;
  if (text.includes("\uFFFD")) refuse(field, "unreadable-characters", text);
  else if (/\p{Cc}/u.test(text)) refuse(field, "control-characters", text);
  else if (field === "price" || field === "minPrice" || field === "maxPrice") return;
  else if (!isMarked && isFormula(text)) refuse(field, "formula", text);
  else if ((field === "sku" || field === "nameZh") && isDate(text)) refuse(field, "date", text);
  else if (field === "sku" && isExponent(text)) refuse(field, "exponent", text);
}

/** Several barcodes may stand in one cell, between spaces, commas, semicolons or bars; those of packs as `code*24`. */
function readBarcodes(text: string, field: "barcode" | "pack", refuse: Refuse): ImportRow["packs"] {
  if (text === "" || isFormula(text)) return [];
  const given = /^[!-+\--:<-{}~]+$/.test(text) ? [text] : codesIn(text);
  if (given.length > mostBarcodes) refuse(field, "too-many-barcodes");
  const read = new Map<string, number>();
  for (const word of given.slice(0, mostBarcodes)) {
    const [, code = word, pieces = ""] = field === "pack" ? (/^(.+?)\*(\d{1,6})$/.exec(word) ?? ["", word, "0"]) : [];
    const count = field === "pack" ? Number(pieces) : 1;
    const fault = faultOfCode(code);
    if (fault !== null) refuse(field, fault, word);
    else if (field === "pack" && (count < 2 || count > mostInPack)) refuse(field, "not-a-pack", word);
    else read.set(normalizeBarcode(code), count);
  }
  return [...read].map(([barcode, count]) => ({ barcode, count }));
}

function codesIn(text: string): readonly string[] {
  return text
    .normalize("NFKC")
    .split(/[\s,;|、]+/u)
    .filter((code) => code !== "");
}

function faultOfCode(code: string): RowFaultKind | null {
  if (/^\d{13}$/.test(code)) return hasValidCheckDigit(code) ? null : "wrong-check-digit";
  if (isExponent(code)) return "exponent";
  if (isDate(code)) return "date";
  // Lost bytes and signs without a picture are named by themselves.
  if (!/^[\u0021-\u007E]{1,64}$/.test(code)) return /[\uFFFD\p{Cc}]/u.test(code) ? null : "not-a-barcode";
  return /^(?:\d{8}|\d{12,14})$/.test(code) && !hasValidCheckDigit(code) ? "wrong-check-digit" : null;
}

/** Yuan to fen by its digits; null after it was refused. Nothing is sold for less than nothing. */
function readPrice(field: "price" | "minPrice" | "maxPrice", text: string, refuse: Refuse): Fen | null {
  if (text === "") return (refuse(field, "missing"), null);
  const price = parseYuan(text);
  if (!price.ok) {
    const kind = price.fault.kind === "not-an-amount" ? priceFault(text) : price.fault.kind;
    if (kind !== null) refuse(field, kind);
    return null;
  }
  return price.value < 0 ? (refuse(field, "out-of-range"), null) : price.value;
}

/** Whether the price is typed at the till, and within what. Limits of goods that have a price mean nothing. */
function readOpenPrice(
  columns: ColumnMap,
  cell: (field: ImportField) => string,
  unit: ImportRow["unit"],
  refuse: Refuse,
): ImportRow["openPrice"] {
  const isOpen = readYesOrNo("openPrice", columns.openPrice === undefined ? null : cell("openPrice"), refuse);
  if (isOpen !== true) return isOpen;
  if (unit === "kg") return (refuse("openPrice", "not-by-weight"), null);
  const limits = {
    minFen: cell("minPrice") === "" ? null : readPrice("minPrice", cell("minPrice"), refuse),
    maxFen: cell("maxPrice") === "" ? null : readPrice("maxPrice", cell("maxPrice"), refuse),
  };
  return areLimitsOpen(limits) ? limits : (refuse("maxPrice", "out-of-range"), null);
}

/** Null for what was named before. */
function priceFault(text: string): RowFaultKind | null {
  if (/[\uFFFD\p{Cc}]/u.test(text)) return null;
  if (isExponent(text)) return "exponent";
  if (isDate(text)) return "date";
  return isFormula(text) ? "formula" : "not-a-price";
}

function readYesOrNo(field: "favourite" | "openPrice", text: string | null, refuse: Refuse): boolean | null {
  if (text === null) return null;
  const word = text.normalize("NFKC").toLowerCase();
  if (yes.has(word) || no.has(word)) return yes.has(word);
  refuse(field, "not-yes-or-no");
  return null;
}

function unitOf(text: string): "piece" | "kg" | null {
  if (pieces.has(text)) return "piece";
  const word = text.normalize("NFKC").toLowerCase();
  if (kilograms.has(word)) return "kg";
  return pieces.has(word) || alsoPieces.has(word) ? "piece" : null;
}
