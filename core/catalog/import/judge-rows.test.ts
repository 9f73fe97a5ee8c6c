import fc from "fast-check";
import { expect, test } from "vitest";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import { fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { judgeTable } from "./judge-rows.ts";
import { splitCsv } from "./split-csv.ts";

const header = ["商品编码", "商品名称", "条码", "零售价(元)", "单位", "分类"];
const cola = ["1001", "可口可乐 500ml", "6901234567892", "3.50", "瓶", "饮料"];

const whole = (rows: readonly (readonly string[])[]) => rows.map((cells) => ({ cells, isBroken: false }));
const judged = (...rows: readonly (readonly string[])[]) => {
  const result = judgeTable(whole(rows));
  if (!result.ok) throw new Error(`columns missing: ${result.fault.missing.join()}`);
  return result.value;
};

test("a Chinese heading and an English one say the same", () => {
  const english = ["Code", "Name", "Bar code", "Retail price", "UNIT", "Category"];
  expect(judged(header, cola).rows).toEqual(judged(english, cola).rows);
  expect(judged(header, cola).rows).toEqual([
    {
      ...{ row: 2, sku: "1001", nameZh: "可口可乐 500ml", nameEn: "", category: "饮料", unit: "piece", priceFen: 350 },
      ...{
        barcodes: ["6901234567892"],
        packs: [],
        taxClass: null,
        scaleCode: null,
        isFavourite: null,
        openPrice: null,
      },
    },
  ]);
});

test("an item without a number of its own goes by its first barcode", () => {
  const [, name, barcode, price] = cola;
  const rows = judged(["条码", "名称", "价格"], [barcode ?? "", name ?? "", price ?? ""]).rows;
  expect(rows.map((row) => row.sku)).toEqual(["6901234567892"]);
});

test("each wrong cell is named with its row, its column and what stands there", () => {
  const { faults, rows, badRows } = judged(
    header,
    ["1001", "", "6901234567893", "3.505", "打", ""],
    ["", "无货号", "", "-1", "", ""],
    ["1003", "字母价", "条形码", "三块五", "kg", ""],
    ["1004", "太贵", "", "99999999", "", ""],
    cola,
  );
  expect(faults).toEqual([
    { row: 2, field: "barcode", kind: "wrong-check-digit", value: "6901234567893" },
    { row: 2, field: "nameZh", kind: "missing", value: "" },
    { row: 2, field: "unit", kind: "unknown-unit", value: "打" },
    { row: 2, field: "price", kind: "too-many-decimals", value: "3.505" },
    { row: 3, field: "sku", kind: "missing", value: "" },
    { row: 3, field: "price", kind: "out-of-range", value: "-1" },
    { row: 4, field: "barcode", kind: "not-a-barcode", value: "条形码" },
    { row: 4, field: "price", kind: "not-a-price", value: "三块五" },
    { row: 5, field: "price", kind: "out-of-range", value: "99999999" },
  ]);
  expect(badRows).toBe(4);
  expect(rows.map((row) => row.row)).toEqual([6]);
});

test("the second of two rows with one barcode or one number is refused, the first is kept", () => {
  const twin = ["1002", "百事可乐", "6901234567892", "3.00", "瓶", ""];
  const sameNumber = ["1001", "可乐", "", "3.00", "", ""];
  const { faults, rows } = judged(header, cola, twin, sameNumber);
  expect(rows.map((row) => row.row)).toEqual([2]);
  expect(faults).toEqual([
    { row: 3, field: "barcode", kind: "twice-in-file", value: "6901234567892" },
    { row: 4, field: "sku", kind: "twice-in-file", value: "1001" },
  ]);
});

test("rows keep the spreadsheet's numbers over empty rows, before the heading too", () => {
  const empty = ["", "", "", "", "", ""];
  expect(judged(empty, header, empty, cola).rows.map((row) => row.row)).toEqual([4]);
});

test("a table without names, prices or barcodes says which it lacks", () => {
  expect(
    judgeTable(
      whole([
        ["数量", "备注"],
        ["1", "x"],
      ]),
    ),
  ).toEqual({
    ok: false,
    fault: { kind: "columns-missing", missing: ["nameZh", "price", "barcode"] },
  });
});

test("faults of a file in the wrong shape are counted in full and told up to the limit", () => {
  const wrong = Array.from({ length: 700 }, (_, index) => [`${index}`, "名", "", "x", "", ""]);
  const { badRows, faults } = judged(header, ...wrong);
  expect([badRows, faults.length]).toEqual([700, 500]);
});

test("any price a till can hold comes through to the fen, and any one digit changed in a barcode is found", () => {
  const price = fc.integer({ min: 0, max: 1_000_000_000 });
  const digits = fc.stringMatching(/^[1-9]\d{11}$/);
  fc.assert(
    fc.property(price, digits, fc.nat(12), fc.integer({ min: 1, max: 9 }), (priceFen, first, place, add) => {
      const code = `${first}${mod10CheckDigit(first)}`;
      const row = (barcode: string) => ["1", "名", barcode, formatYuan(fen(priceFen)), "", ""];
      expect(judged(header, row(code)).rows.map((one) => one.priceFen)).toEqual([priceFen]);
      const digit = (Number(code[place]) + add) % 10;
      const spoilt = `${code.slice(0, place)}${digit}${code.slice(place + 1)}`;
      expect(judged(header, row(spoilt)).faults.map((fault) => fault.kind)).toEqual(["wrong-check-digit"]);
    }),
  );
});

const full = [...header, "税类", "PLU", "整件条码", "常用"];
const fullRow = (change: Readonly<Record<number, string>>) =>
  ["1001", "可口可乐", "6901234567892", "3.50", "瓶", "饮料", "", "", "", ""].map((cell, at) => change[at] ?? cell);
const kindsOf = (change: Readonly<Record<number, string>>) =>
  judged(full, fullRow(change)).faults.map(({ field, kind }) => `${field} ${kind}`);

test.each<[string, Readonly<Record<number, string>>, string]>([
  ["a formula for a name", { 1: "=1+2" }, "nameZh formula"],
  ["a command for a category", { 5: "@SUM(A1)" }, "category formula"],
  ["a formula for a price", { 3: "=3+1" }, "price formula"],
  ["a barcode shortened to an exponent", { 2: "6.90123E+12" }, "barcode exponent"],
  ["a price as an exponent", { 3: "3.5E+02" }, "price exponent"],
  ["a number that became a date", { 0: "2024/1/5" }, "sku date"],
  ["a price that became a date", { 3: "3月5日" }, "price date"],
  ["a zero byte in a name", { 1: "可\0乐" }, "nameZh control-characters"],
  ["lost bytes in a name", { 1: "可\uFFFD乐" }, "nameZh unreadable-characters"],
  ["a pack without a count", { 8: "16901234567899" }, "pack not-a-pack"],
  ["a pack of one", { 8: "16901234567899*1" }, "pack not-a-pack"],
  ["a pack that is the piece", { 8: "6901234567892*24" }, "pack twice-in-file"],
  ["a favourite that is neither yes nor no", { 9: "也许" }, "favourite not-yes-or-no"],
])("%s is named", (_, change, fault) => {
  expect(kindsOf(change)).toEqual([fault]);
});

test("what a spreadsheet marks as text is text, without its mark", () => {
  const [row] = judged(
    full,
    fullRow({ 0: '="00123"', 1: "'=汽水", 2: "6901234567892", 8: "16901234567899*24", 9: "是" }),
  ).rows;
  expect(row).toMatchObject({
    ...{ sku: "00123", nameZh: "=汽水", packs: [{ barcode: "16901234567899", count: 24 }], isFavourite: true },
  });
});

test("a row with more cells than the header, and one whose quotes do not add up, are told as a whole", () => {
  const text = `${header.join(",")}\n1001,可口,可乐,6901234567892,3.50,瓶,饮料\n1002,"雪碧,,3,,\n1003,"芬达""橙""",,3,,\n`;
  const result = judgeTable(splitCsv(text, ","));
  expect(result.ok && result.value.faults.map(({ row, field, kind }) => [row, field, kind])).toEqual([
    [2, null, "too-many-cells"],
    [3, null, "unclosed-quote"],
  ]);
  expect(result.ok && result.value.rows.map(({ nameZh }) => nameZh)).toEqual(['芬达"橙"']);
});

test("an open price is told by a column of its own, with its limits beside it", () => {
  const columns = ["商品编码", "商品名称", "零售价", "单位", "开放价", "开放价下限", "开放价上限"];
  const { rows, faults } = judged(
    columns,
    ["1", "鲜花", "20", "件", "是", "5", "200"],
    ["2", "手工费", "20", "", "是", "", ""],
    ["3", "可乐", "3.50", "瓶", "否", "5", "1"],
    ["4", "苹果", "12.99", "kg", "是", "", ""],
    ["5", "反了", "20", "件", "是", "10", "9.99"],
    ["6", "不清楚", "20", "件", "也许", "", ""],
    ["7", "坏限价", "20", "件", "是", "五块", ""],
  );
  expect(rows.map(({ sku, openPrice }) => [sku, openPrice])).toEqual([
    ["1", { minFen: 500, maxFen: 20_000 }],
    ["2", { minFen: null, maxFen: null }],
    ["3", false],
  ]);
  expect(faults).toEqual([
    { row: 5, field: "openPrice", kind: "not-by-weight", value: "是" },
    { row: 6, field: "maxPrice", kind: "out-of-range", value: "9.99" },
    { row: 7, field: "openPrice", kind: "not-yes-or-no", value: "也许" },
    { row: 8, field: "minPrice", kind: "not-a-price", value: "五块" },
  ]);
});
