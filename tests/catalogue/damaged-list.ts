import iconv from "iconv-lite";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import type { ImportField } from "#core/catalog/import/columns.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { fen } from "#core/money/fen.ts";
import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";
import { type Cells, type Damage, damages, listed, otherEncoding } from "./damages.ts";

export type Encoding = "utf-8" | "utf-8 with a mark" | "gbk" | "utf-16";

export interface DamagedList {
  readonly bytes: Buffer;
  /** What the shop has before. */
  readonly catalogue: readonly ItemRecord[];
  /** By row, as the spreadsheet counts: what must be said of it. */
  readonly bad: ReadonlyMap<number, Damage>;
  /** By number: what must be in the shop for the good rows, worked out from the plan and not from the file. */
  readonly good: ReadonlyMap<string, ItemRecord>;
  readonly states: { readonly added: number; readonly changed: number; readonly unchanged: number };
}

export const categories = [
  { id: "drinks", nameZh: "饮料", nameEn: "Drinks", colour: 0 },
  { id: "snacks", nameZh: "零食", nameEn: "Snacks", colour: 1 },
];
const headings: Readonly<Record<ImportField, string>> = {
  ...{ sku: "商品编码", nameZh: "商品名称", nameEn: "英文名", category: "分类", unit: "单位", price: "零售价(元)" },
  ...{ barcode: "条码", pack: "整件条码", taxClass: "税类", scaleCode: "PLU", favourite: "常用" },
  ...{ openPrice: "开放价", minPrice: "开放价下限", maxPrice: "开放价上限" },
};

/** A list of so many rows, one in eight of them damaged, each kind of damage about as often; the same for the same seed. */
export function damagedList(seed: number, rowCount: number, encoding: Encoding, delimiter = ","): DamagedList {
  const random = seededRandom(seed);
  const kinds = damages.filter((damage) => damage !== otherEncoding || encoding !== "utf-16");
  const bad = new Map<number, Damage>();
  const good = new Map<string, ItemRecord>();
  const lines: Buffer[] = [];
  const encode = encoderOf(encoding);
  const catalogue: ItemRecord[] = [staying(0)];
  const states = { added: 0, changed: 0, unchanged: 0 };
  let earlier: Cells | null = null;
  let row = 1;
  const put = (line: string | Buffer): void => {
    lines.push(typeof line === "string" ? encode(`${line}\r\n`) : line);
    row += 1;
  };
  const quoted = (text: string): string => (needsQuotes(text, delimiter) ? `"${text.replaceAll('"', '""')}"` : text);
  const lineOf = (cells: Cells): string => listed.map((field) => quoted(cells[field])).join(delimiter);

  put(listed.map((field) => headings[field]).join(delimiter));
  for (let at = 0; at < rowCount; at += 1) {
    if (pick(random, 50) === 0) put(pickOne(random, ["", delimiter.repeat(3), "  "]));
    const plan = planOf(at, random, encoding);
    const damage = pick(random, 8) === 0 && earlier !== null ? kinds[bad.size % kinds.length] : undefined;
    if (damage === undefined || earlier === null) {
      good.set(plan.record.item.sku, plan.record);
      catalogue.push(...before(plan.record, random, states));
      earlier = plan.cells;
      put(lineOf(plan.cells));
      continue;
    }
    bad.set(row, damage);
    const stays = staying(bad.size);
    catalogue.push(stays);
    const by = { earlier, takenBarcode: stays.codes[0]?.barcode ?? "", takenScaleCode: stays.item.scaleCode ?? "" };
    // A name of one kind of character is the same in both encodings too often.
    const cells: Cells = { ...plan.plain, ...damage.spoil?.(plan.plain, by) };
    if (damage === otherEncoding) put(strangeLine(encoding, lineOf({ ...cells, nameZh: "别的编码写的名称茶" })));
    else put(damage.raw?.(cells, quoted, delimiter) ?? lineOf(cells));
  }
  const mark = encoding === "utf-8 with a mark" ? [Buffer.from([0xef, 0xbb, 0xbf])] : [];
  const wide = encoding === "utf-16" ? [Buffer.from([0xff, 0xfe])] : [];
  return { bytes: Buffer.concat([...mark, ...wide, ...lines]), catalogue, bad, good, states };
}

function encoderOf(encoding: Encoding): (text: string) => Buffer {
  if (encoding === "gbk") return (text) => iconv.encode(text, "gb18030");
  return (text) => Buffer.from(text, encoding === "utf-16" ? "utf16le" : "utf8");
}

/** GBK in UTF-8, and bytes that no GB18030 has in GBK: most UTF-8 is some GBK. */
function strangeLine(encoding: Encoding, line: string): Buffer {
  if (encoding !== "gbk") return iconv.encode(`${line}\r\n`, "gbk");
  const bytes = iconv.encode(`${line}\r\n`, "gb18030");
  const at = bytes.indexOf(iconv.encode("别", "gb18030"));
  bytes[at] = 0xff;
  return bytes;
}

function needsQuotes(text: string, delimiter: string): boolean {
  return text.includes(delimiter) || /["\r\n]/.test(text);
}

export function ean(at: number): string {
  const first = `69${String(at).padStart(10, "0")}`;
  return `${first}${mod10CheckDigit(first)}`;
}

/** Goods of the shop that no list names, so that they keep their codes. */
export function staying(at: number): ItemRecord {
  const item = { sku: `STAY-${at}`, nameZh: "不在表里", nameEn: "", categoryId: "drinks", unit: "piece" as const };
  return {
    item: { ...item, priceFen: fen(100), taxClass: "standard", scaleCode: String(80_000 + at), isFavourite: false },
    codes: [{ barcode: ean(900_000 + at), count: 1 }],
  };
}

/** What the shop has of it already: nothing, the same, or with another price. */
function before(record: ItemRecord, random: Random, states: Record<"added" | "changed" | "unchanged", number>) {
  const state = pickOne(random, ["added", "added", "changed", "unchanged"] as const);
  states[state] += 1;
  if (state === "added") return [];
  return state === "unchanged"
    ? [record]
    : [{ ...record, item: { ...record.item, priceFen: fen(record.item.priceFen + 1) } }];
}

interface Plan {
  readonly record: ItemRecord;
  /** As somebody might write it. */
  readonly cells: Cells;
  /** The same without whims. */
  readonly plain: Cells;
}

/** An item, and a row that says it: sometimes with the whims of spreadsheets and people that are no fault. */
function planOf(at: number, random: Random, encoding: Encoding): Plan {
  const isHeavy = pick(random, 10) === 0;
  const priceFen = pick(random, 200_000);
  const codes = [{ barcode: ean(at), count: 1 }];
  if (pick(random, 5) === 0) codes.push({ barcode: `PK-${at}`, count: 2 + pick(random, 47) });
  const category = pickOne(random, categories);
  const item = {
    ...{ sku: `N${String(at).padStart(6, "0")}`, nameZh: `商品${at}号茶`, nameEn: `Goods no. ${at}` },
    ...{ categoryId: category.id, unit: isHeavy ? ("kg" as const) : ("piece" as const), priceFen: fen(priceFen) },
    ...{ taxClass: pickOne(random, ["general", "food"]), scaleCode: isHeavy ? String(10_000 + at) : null },
    isFavourite: pick(random, 30) === 0,
  };
  const yuan = `${(priceFen - (priceFen % 100)) / 100}.${String(priceFen % 100).padStart(2, "0")}`;
  const plain: Cells = {
    ...{ sku: item.sku, nameZh: item.nameZh, nameEn: item.nameEn, category: category.nameZh, price: yuan },
    ...{ unit: isHeavy ? "公斤" : "瓶", barcode: ean(at), taxClass: item.taxClass, scaleCode: item.scaleCode ?? "" },
    ...{ openPrice: "", minPrice: "", maxPrice: "" },
    ...{
      favourite: item.isFavourite ? "是" : "",
      pack: codes
        .slice(1)
        .map((one) => `${one.barcode}*${one.count}`)
        .join(),
    },
  };
  const whim = pickOne(random, whims.slice(0, encoding === "gbk" ? -1 : undefined))(plain, item.nameZh);
  const nameZh = whim.means ?? item.nameZh;
  return { plain, record: { item: { ...item, nameZh }, codes }, cells: { ...plain, ...whim.cells } };
}

type Whim = (row: Cells, nameZh: string) => { readonly cells: Partial<Cells>; readonly means?: string };
const full = (text: string): string =>
  text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

const whims: readonly Whim[] = [
  () => ({ cells: {} }),
  () => ({ cells: {} }),
  (row) => ({ cells: { price: `￥${row.price}` } }),
  (row) => ({ cells: { price: full(row.price) } }),
  (row) => ({ cells: { price: row.price.replace(/\B(?=(\d{3})+\.)/g, ",") } }),
  (row) => ({ cells: { nameZh: `  ${row.nameZh} `, category: row.category === "饮料" ? "DRINKS" : "snacks" } }),
  (row) => ({ cells: { barcode: `="${row.barcode}"` } }),
  (row) => ({ cells: { barcode: `\t${row.barcode}` } }),
  (_, name) => ({ cells: { nameZh: `'=${name}` }, means: `=${name}` }),
  (_, name) => ({ cells: { nameZh: `${name}，"新"装, 12" 大` }, means: `${name}，"新"装, 12" 大` }),
  (_, name) => ({ cells: { nameZh: `${name}\n两行` }, means: `${name} 两行` }),
  // Signs without a width are in Unicode only.
  (row) => ({ cells: { barcode: `\u200B${row.barcode}\uFEFF` } }),
];
