import { deflateRawSync } from "node:zlib";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import writeExcel from "write-excel-file/node";
import { readTable as readWithin, shownNumber } from "./read-table.ts";

const limits = { bytes: 8 * 1_048_576, rows: 50_000 };
const readTable = async (bytes: Buffer) => {
  const read = await readWithin(bytes, limits);
  if (!read.ok) return read;
  const { rows, ...rest } = read.value;
  return { ok: true, value: { ...rest, rows: [...rows()].map(({ cells }) => cells) } } as const;
};

const csv = "商品名称,条码,售价\r\n可口可乐,6901234567892,3.50\r\n";
const rows = [
  ["商品名称", "条码", "售价"],
  ["可口可乐", "6901234567892", "3.50"],
];

test.each([
  ["UTF-8", Buffer.from(csv), "utf-8"],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${csv}`), "utf-8"],
  ["GBK, as Excel in China writes it", iconv.encode(csv, "gbk"), "gb18030"],
  ["UTF-16, as Excel's Unicode text", iconv.encode(csv.replaceAll(",", "\t"), "utf-16le", { addBOM: true }), "utf-16"],
  ["semicolons", Buffer.from(csv.replaceAll(",", ";")), "utf-8"],
])("a CSV in %s is read the same", async (_, bytes, encoding) => {
  const delimiter = encoding === "utf-16" ? "\t" : bytes.includes(";") ? ";" : ",";
  expect(await readTable(bytes)).toEqual({ ok: true, value: { rows, format: "csv", encoding, delimiter } });
});

test("an XLSX keeps a barcode's digits and a price's decimals, typed as numbers", async () => {
  const file = await writeExcel(
    [
      [{ value: "商品名称" }, { value: "条码" }, { value: "售价" }],
      [{ value: "可口可乐" }, { value: 6_901_234_567_892, type: Number }, { value: 12.3, type: Number }],
    ],
    {},
  ).toBuffer();
  const read = await readTable(file);
  expect(read.ok ? read.value.rows : read.fault).toEqual([rows[0], ["可口可乐", "6901234567892", "12.3"]]);
});

test.each([
  ["12.300000000000001", "12.3"],
  ["6.901234567892E12", "6901234567892"],
  ["0.1", "0.1"],
  ["3.505", "3.505"],
  ["1E-7", "0.0000001"],
  ["6901234567892", "6901234567892"],
])("the sheet's number %s is read as Excel shows it: %s", (stored, shown) => {
  expect(shownNumber(stored)).toBe(shown);
});

test.each([
  ["nothing at all", Buffer.alloc(0), "empty"],
  ["only empty rows", Buffer.from(",,\n,,\n"), "empty"],
  ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xff]), "unreadable"],
  ["a spreadsheet of before 2007", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), "old-excel"],
  ["a zip that is cut off", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), "unreadable"],
  ["more rows than are taken", Buffer.from(`名称,售价\n${"可乐,3\n".repeat(50_001)}`), "too-many-rows"],
  ["a file beyond the limit", Buffer.alloc(limits.bytes + 1, "a"), "too-large"],
])("%s is refused with its reason", async (_, bytes, fault) => {
  expect(await readTable(bytes)).toEqual({ ok: false, fault });
});

test("a small file that unpacks to sixty times its limit is refused before it is unpacked, whatever it says of itself", async () => {
  const small = { bytes: 262_144, rows: 100 };
  const bomb = deflateRawSync(Buffer.alloc(16 * 1_048_576));
  expect(bomb.length).toBeLessThan(small.bytes);
  for (const said of [100, 0xf000_0000]) {
    const file = zipOf("xl/worksheets/sheet1.xml", bomb, said);
    expect(await readWithin(file, small)).toEqual({ ok: false, fault: "too-large" });
  }
});

test("a part that says it is of four gigabytes and is not costs no memory", async () => {
  const file = await writeExcel([[{ value: "名称" }, { value: "售价" }]], {}).toBuffer();
  const before = process.memoryUsage().arrayBuffers;
  for (let at = 0; at >= 0; at = file.indexOf(Buffer.from([0x50, 0x4b, 3, 4]), at + 1)) {
    file.writeUInt16LE(0, at + 6); // its length stands here, and not behind it
    file.writeUInt32LE(0xf000_0000, at + 22);
  }
  expect(await readTable(file)).toMatchObject({ ok: true, value: { rows: [["名称", "售价"]] } });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * 1_048_576);
});

test.each([
  ["in the last row there can be", '<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too-many-rows"],
  ["in a row beyond all", '<row r="999999999"><c r="A1"><v>1</v></c></row>', "unreadable"],
  ["in a column beyond all", '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>', "unreadable"],
  ["far to the right of many rows", `<row r="1"><c r="XFD1"><v>1</v></c></row>${"<row/>".repeat(2_000)}`, "too-large"],
  ["named in a disguise", '<row r="1"><c r="A&#49;000000"><v>1</v></c></row>', "unreadable"],
  ["named behind an open quote", '<row r="1"><c t="n r="A99999999"><v>1</v></c></row>', "unreadable"],
  ["with a prefix", '<x:row r="1048576"></x:row>', "too-many-rows"],
])("a cell %s is refused before a table is laid out to it", async (_, rows, fault) => {
  const sheet = deflateRawSync(Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`));
  expect(await readTable(zipOf("xl/worksheets/sheet1.xml", sheet, 0))).toEqual({ ok: false, fault });
});

/** A zip of one deflated part that says it is so long. */
function zipOf(name: string, packed: Buffer, said: number): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(8, 4);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(said, 18);
  facts.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), facts, Buffer.from(name), packed]);
  const listed = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), facts, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.set([0x50, 0x4b, 5, 6]);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, listed, end]);
}

test("one line in another encoding costs itself, and a zero byte its own cell", async () => {
  const more = Buffer.from("雪碧,6901234567908,3.50\r\n芬\0达,,3\r\n");
  const read = await readTable(Buffer.concat([Buffer.from(csv), iconv.encode("美年达,,3\r\n", "gbk"), more]));
  expect(read).toMatchObject({ ok: true, value: { encoding: "utf-8" } });
  if (!read.ok) return;
  const names = read.value.rows.slice(1).map(([name]) => name);
  expect(names).toEqual(["可口可乐", expect.stringContaining("\uFFFD"), "雪碧", "芬\0达"]);
});

test("what has no width is taken out, and lines inside a cell become spaces", async () => {
  const read = await readTable(Buffer.from('名称,条码,售价\n"可口\n可乐",\u200B6901234567892\uFEFF,3.50\n'));
  expect(read.ok && read.value.rows[1]).toEqual(["可口 可乐", "6901234567892", "3.50"]);
});
