import iconv from "iconv-lite";
import writeExcel from "write-excel-file/node";
import { judgeTable } from "#core/catalog/import/judge-rows.ts";
import { isFen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { readTable } from "#tables/read-table.ts";
import { packStored, unpackXml } from "#tables/small-zip.ts";
import type { Answer, FuzzParser } from "../parser.ts";

const csv =
  '商品名称,条码,售价,箱码,单位\r\n可口可乐,6901234567892,3.50,16901234567899*24,瓶\r\n"苹果\n红",2000001,9.9,,kg\r\n';
/** So that what a file may unpack to is small enough to be tried thousands of times. */
const limits = { bytes: 65_536, rows: 2_000 };

export const listCsv: FuzzParser = {
  name: "list-csv",
  reads: "a list of goods as CSV in UTF-8, UTF-16 and GB18030, and what its rows mean (tables, core/catalog/import)",
  seeds: () => [
    Buffer.from(csv),
    iconv.encode(csv, "gb18030"),
    iconv.encode(csv.replaceAll(",", "\t"), "utf-16le", { addBOM: true }),
    Buffer.from(`\uFEFF${csv.replaceAll(",", ";")}`),
  ],
  words: ['"', '""', ",", ";", "\t", "\r\n", "=1+1", "*24", "1E5", "2026/1/5", "￥", "'", "售价", "货号", '"x\ny",'],
  read: readList,
};

const workbooks = await Promise.all([
  workbook([
    ["商品名称", "条码", "售价"],
    ["可口可乐", "6901234567892", "3.50"],
  ]),
  workbook([["name", "sku", "price"], ...Array.from({ length: 20 }, (_, at) => [`Goods ${at}`, `S${at}`, "1.00"])]),
]);

function workbook(rows: readonly (readonly string[])[]): Promise<Buffer> {
  return writeExcel(
    rows.map((row) => row.map((value) => ({ value, type: String }))),
    {},
  ).toBuffer();
}

export const listXlsx: FuzzParser = {
  name: "list-xlsx",
  reads: "a list of goods as XLSX: the zip, its parts, the sheet and what its rows mean (tables)",
  seeds: () => workbooks,
  words: ["PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "xl/workbook.xml", ".xml"],
  mostBytes: 16_384,
  twentieths: 4,
  read: readList,
};

/** All but the sheet of a workbook; its text is the input. */
const unpacked = unpackXml(workbooks[0] ?? Buffer.alloc(0), 1_048_576);
const workbookParts = unpacked.ok ? unpacked.value : new Map<string, Buffer>();
const sheet =
  '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="B1" t="inlineStr"><is><t>货号</t></is></c><c r="C1" t="inlineStr"><is><t>售价</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>可乐</t></is></c><c r="B2" t="inlineStr"><is><t>A1</t></is></c><c r="C2"><v>3.5</v></c></row></sheetData></worksheet>';

export const listSheet: FuzzParser = {
  name: "list-sheet",
  reads: "the sheet inside a workbook (tables/sheet-size, the library)",
  seeds: () => [
    Buffer.from(sheet),
    Buffer.from(
      `<?xml version="1.0"?>${sheet.replace("<worksheet>", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">')}`,
    ),
  ],
  words: [
    '<row r="1048576"/>',
    '<c r="XFD1" t="n"><v>1</v></c>',
    "<row>",
    "</row>",
    '<x:row r="9">',
    "&#49;",
    "<![CDATA[",
    "]]>",
    "<!--",
    't="s"',
    "<c r='ZZZ9999999'>",
  ],
  twentieths: 2,
  async read(input) {
    const parts = new Map(workbookParts);
    parts.set("xl/worksheets/sheet1.xml", Buffer.from(input));
    return readList(packStored(parts));
  },
};

async function readList(input: Uint8Array): Promise<Answer> {
  const table = await readTable(Buffer.from(input), limits);
  if (!table.ok) return { isTaken: false, told: table };
  const { rows, ...facts } = table.value;
  const judged = judgeTable(rows());
  if (!judged.ok) return { isTaken: false, told: { facts, judged } };
  for (const { priceFen, barcodes, sku } of judged.value.rows) {
    assert(isFen(priceFen) && priceFen >= 0, "a price in whole fen");
    assert(
      sku.length > 0 && barcodes.every((code) => /^[!-~]{1,64}$/.test(code)),
      "a number, and codes that can be scanned",
    );
  }
  return { isTaken: judged.value.rows.length > 0, told: { facts, judged } };
}
