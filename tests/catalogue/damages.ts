import type { ImportField } from "#core/catalog/import/columns.ts";
import type { RowFaultKind } from "#core/catalog/import/read-row.ts";

/** Columns of the lists that are made here, in their order. */
export const listed = [
  ...(["sku", "nameZh", "nameEn", "category", "unit", "price", "barcode", "pack", "taxClass", "scaleCode"] as const),
  "favourite",
] as const satisfies readonly ImportField[];

/** Cells of a row as they are written, before quotes. */
export type Cells = Record<ImportField, string>;

/** What other rows and the catalogue have, for damage that is one only beside them. */
export interface Neighbours {
  /** Of an earlier row that is right. */
  readonly earlier: Cells;
  /** A barcode and a scale code of items in the catalogue that no row names. */
  readonly takenBarcode: string;
  readonly takenScaleCode: string;
}

/** One way to spoil a row, and how it must be told. `raw` writes the line itself. */
export interface Damage {
  readonly name: string;
  readonly field: ImportField | null;
  readonly kind: RowFaultKind;
  readonly spoil?: (row: Cells, by: Neighbours) => Partial<Cells>;
  readonly raw?: (row: Cells, quoted: (cell: string) => string, delimiter: string) => string;
}

const cell = (name: string, field: ImportField, kind: RowFaultKind, value: string): Damage => ({
  ...{ name, field, kind },
  spoil: () => ({ [field]: value }),
});
const code = (name: string, kind: RowFaultKind, value: string): Damage => cell(name, "barcode", kind, value);
const price = (name: string, kind: RowFaultKind, value: string): Damage => cell(name, "price", kind, value);

/** The last digit of a code turned into another. */
const wrongLast = (digits: string): string => `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;

const words: readonly Damage[] = [
  cell("no name", "nameZh", "missing", ""),
  { name: "no number and no barcode", field: "sku", kind: "missing", spoil: () => ({ sku: "", barcode: "" }) },
  cell("a name too long", "nameZh", "too-long", "长".repeat(121)),
  cell("a huge cell", "nameZh", "too-long", "巨大的单元格".repeat(20_000)),
  cell("a number too long", "sku", "too-long", "S".repeat(65)),
  cell("an English name too long", "nameEn", "too-long", "x".repeat(161)),
  cell("a category too long", "category", "too-long", "类".repeat(61)),
  cell("a category nobody has", "category", "unknown-category", "没有这一类"),
  cell("a unit nobody has", "unit", "unknown-unit", "打"),
  cell("a unit misspelt", "unit", "unknown-unit", "kgs"),
  cell("a tax class nobody has", "taxClass", "unknown-tax-class", "luxury"),
  cell("a formula for a name", "nameZh", "formula", '=HYPERLINK("http://x.example","免费")'),
  cell("a command for a name", "nameZh", "formula", "+cmd|' /C calc'!A0"),
  cell("a name that begins with a minus", "nameZh", "formula", "-2+3"),
  cell("a function for a name", "nameZh", "formula", "@SUM(A1:A9)"),
  cell("a full-width formula", "nameZh", "formula", "＝1＋1"),
  cell("a formula for a number", "sku", "formula", "=1"),
  cell("a formula for an English name", "nameEn", "formula", "=A1"),
  cell("a control character", "nameZh", "control-characters", "可\u0001乐"),
  cell("a zero byte", "nameZh", "control-characters", "雪\0碧"),
  cell("a bell in a number", "sku", "control-characters", "A\u00071"),
  cell("a date for a name", "nameZh", "date", "5月3日"),
  cell("a date for a number", "sku", "date", "2024/1/5"),
  cell("an exponent for a number", "sku", "exponent", "1.00E+05"),
  cell("a favourite that is neither", "favourite", "not-yes-or-no", "也许"),
];

const prices: readonly Damage[] = [
  price("no price", "missing", ""),
  price("a price in words", "not-a-price", "三块五"),
  price("a price in dollars", "not-a-price", "$3.50"),
  price("a price with its unit", "not-a-price", "3.50元"),
  price("thousands in the wrong place", "not-a-price", "1,23.50"),
  price("two points", "not-a-price", "3.5.0"),
  price("three decimals", "too-many-decimals", "3.505"),
  price("a negative price", "out-of-range", "-3.50"),
  price("a price above any", "out-of-range", "10000000.01"),
  price("a price as an exponent", "exponent", "3.5E+02"),
  price("a date for a price", "date", "2024-03-05"),
  price("a formula for a price", "formula", "=3+1"),
  price("a plus before a price", "formula", "+3.50"),
  price("a function for a price", "formula", "@A1"),
];

const codes: readonly Damage[] = [
  {
    name: "a wrong EAN-13",
    field: "barcode",
    kind: "wrong-check-digit",
    spoil: (r) => ({ barcode: wrongLast(r.barcode) }),
  },
  code("a wrong EAN-8", "wrong-check-digit", "96385075"),
  code("a wrong UPC-A", "wrong-check-digit", "036000291453"),
  code("a wrong ITF-14", "wrong-check-digit", "16901234567890"),
  code("Chinese for a barcode", "not-a-barcode", "条形码"),
  code("a barcode without end", "not-a-barcode", "A".repeat(65)),
  code("a barcode as an exponent", "exponent", "6.90123E+12"),
  code("a date for a barcode", "date", "2024-01-05"),
  code(
    "more barcodes than an item has",
    "too-many-barcodes",
    Array.from({ length: 17 }, (_, at) => `Z${at}`).join(" "),
  ),
  cell("a pack without its count", "pack", "not-a-pack", "PK-0001"),
  cell("a pack of one", "pack", "not-a-pack", "PK-0002*1"),
  cell("a pack without end", "pack", "not-a-pack", "PK-0003*10001"),
  cell("a pack with a wrong check digit", "pack", "wrong-check-digit", "16901234567890*24"),
  {
    name: "a pack that is the piece",
    field: "pack",
    kind: "twice-in-file",
    spoil: (r) => ({ pack: `${r.barcode}*12` }),
  },
];

const beside: readonly Damage[] = [
  { name: "a number twice", field: "sku", kind: "twice-in-file", spoil: (_, by) => ({ sku: by.earlier.sku }) },
  {
    name: "a barcode twice",
    field: "barcode",
    kind: "twice-in-file",
    spoil: (_, by) => ({ barcode: by.earlier.barcode }),
  },
  {
    name: "a barcode of other goods",
    field: "barcode",
    kind: "barcode-of-other-item",
    spoil: (_, by) => ({ barcode: by.takenBarcode }),
  },
  {
    name: "a scale code of other goods",
    field: "scaleCode",
    kind: "barcode-of-other-item",
    spoil: (_, by) => ({ scaleCode: by.takenScaleCode }),
  },
];

const lines: readonly Damage[] = [
  {
    ...{ name: "a quote that is never closed", field: null, kind: "unclosed-quote" },
    raw: (row, quoted, delimiter) =>
      listed.map((field) => (field === "nameZh" ? `"${row.nameZh}` : quoted(row[field]))).join(delimiter),
  },
  {
    ...{ name: "text behind a closing quote", field: null, kind: "unclosed-quote" },
    raw: (row, quoted, delimiter) =>
      listed.map((field) => (field === "nameZh" ? `"${row.nameZh}"新` : quoted(row[field]))).join(delimiter),
  },
  {
    ...{ name: "a comma too many", field: null, kind: "too-many-cells" },
    raw: (row, quoted, delimiter) =>
      [row.sku, "又一格", ...listed.slice(1).map((field) => quoted(row[field])), "是"].join(delimiter),
  },
];

/** Bytes of a name in another encoding than the file's: written by whoever makes the file. */
export const otherEncoding: Damage = {
  name: "a name in another encoding",
  field: "nameZh",
  kind: "unreadable-characters",
};

export const damages: readonly Damage[] = [...words, ...prices, ...codes, ...beside, ...lines, otherEncoding];
