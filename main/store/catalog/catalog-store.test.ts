import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { seedFromDemoStore } from "./demo-store.ts";
import type { ImportRow } from "./import-items.ts";
import { indexAll } from "#tests/support/index-all.ts";
import { type OpenCatalogStore, openCatalogStore } from "./open-catalog-store.ts";

let directory: string;
let store: OpenCatalogStore;

function open(): OpenCatalogStore {
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

function item(sku: string, nameZh: string, nameEn: string, changes: Partial<Item> = {}): Item {
  const plain = {
    categoryId: "drinks",
    unit: "piece",
    priceFen: fen(350),
    taxClass: "general",
    scaleCode: null,
  } as const;
  return { sku, nameZh, nameEn, ...plain, isFavourite: false, ...changes };
}

function row(of: Item, ...barcodes: readonly (readonly [string, number])[]): ImportRow {
  return { item: of, barcodes: barcodes.map(([barcode, count]) => ({ barcode, count })) };
}

const cola = item("100001", "可口可乐 330ml罐", "Coca-Cola 330 ml can");
const zero = item("100002", "零度可口可乐 500ml", "Coke Zero 500 ml");
const tea = item("100003", "康师傅冰红茶", "Master Kong Iced Tea", { isFavourite: true });
const hotpot = item("100004", "重庆火锅底料", "Chongqing Hotpot Base", { categoryId: "instant" });
const apple = item("160001", "红富士苹果", "Fuji Apple", { unit: "kg", scaleCode: "10001", categoryId: "fresh" });
const noodles = item("100005", "𰻝𰻝面", "Biang Biang Noodles", { categoryId: "instant" });

const rows = [
  row(cola, ["6901234567892", 1], ["6901234567908", 24]),
  row(zero, ["012345678905", 1]),
  row(tea, ["6920459950012", 1]),
  row(hotpot),
  row(apple),
  row(noodles),
];

function skus(text: string, limit = 10): readonly string[] {
  return store.search(text, limit).map(({ sku }) => sku);
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "tillway-catalog-"));
  store = open();
  await store.importItems(rows, () => {});
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

describe("look-ups", () => {
  test("a barcode gives its item, a carton's barcode the item and how many", () => {
    expect(store.findByBarcode("6901234567892")).toEqual({ item: cola, barcode: "6901234567892", count: 1 });
    expect(store.findByBarcode("6901234567908")).toEqual({ item: cola, barcode: "6901234567908", count: 24 });
    expect(store.findByBarcode("6900000000000")).toBeNull();
  });

  test("a UPC-A and the EAN-13 it is are the same code", () => {
    expect(store.findByBarcode("0012345678905")).toEqual(store.findByBarcode("012345678905"));
    expect(store.findByBarcode("012345678905")?.item).toEqual(zero);
  });

  test("scale codes and skus are found exactly or not at all", () => {
    expect(store.findByScaleCode("10001")).toEqual(apple);
    expect(store.findByScaleCode("1000")).toBeNull();
    expect(store.findBySku("100003")).toEqual(tea);
    expect(store.findBySku("x")).toBeNull();
  });

  test("the tax classes of all items are found in steps, however far apart the items lie", async () => {
    const other = new Database(join(directory, "catalog.db"));
    other.pragma("foreign_keys = OFF");
    other.prepare("UPDATE items SET item_id = 45000, tax_class = 'exempt' WHERE sku = ?").run(tea.sku);
    other.close();
    let pauses = 0;
    const found = await store.browser.taxClasses(() => Promise.resolve(void (pauses += 1)));
    expect([found, pauses]).toEqual([["general", "exempt"], 3]);
  });

  test("categories keep the shop's order and their items page by sku", () => {
    const categories = [
      { id: "instant", nameZh: "方便食品", nameEn: "Instant", colour: 4 },
      { id: "drinks", nameZh: "饮料", nameEn: "Drinks", colour: 0 },
    ];
    store.importCategories(categories);
    expect(store.categories()).toEqual(categories);
    expect(store.itemsOfCategory("drinks", 2, null)).toEqual([cola, zero]);
    expect(store.itemsOfCategory("drinks", 2, "100002")).toEqual([tea]);
    expect(store.favourites()).toEqual([tea]);
    expect(store.itemCount()).toBe(rows.length);
  });
});

describe.each([
  ["not indexed yet", false],
  ["indexed", true],
])("search among names that are %s", (_standing, isIndexed) => {
  beforeEach(async () => {
    if (isIndexed) await indexAll(store.words);
  });

  test.each([
    ["one Chinese character", "茶", ["100003"]],
    ["two", "可乐", ["100001", "100002"]],
    ["a whole name", "可口可乐", ["100001", "100002"]],
    ["characters that do not stand together", "红果", []],
    ["pinyin initials", "kkkl", ["100001", "100002"]],
    ["initials from the middle", "bhc", ["100003"]],
    ["full pinyin", "kekoukele", ["100001", "100002"]],
    ["full pinyin from the middle", "kele", ["100001", "100002"]],
    ["a character read in another way", "zhongqing", ["100004"]],
    ["the likely reading of it", "cqhg", ["100004"]],
    ["the beginning of an English word", "mast", ["100003"]],
    ["English in wide letters and capitals", "ＣＯＣＡ", ["100001"]],
    ["a Chinese and a Latin part", "可乐500", ["100002"]],
    ["two words", "coca 330", ["100001"]],
    ["a size written together", "500ml", ["100002"]],
    ["the beginning of a barcode", "69012", ["100001"]],
    ["four digits from inside a barcode", "9950", ["100003"]],
    ["nine digits from inside a barcode", "045995001", ["100003"]],
    ["digits of which each four are in a code, but never together", "20459500", []],
    ["pinyin and a number written together", "kele330", ["100001"]],
    ["pinyin and a number that the name has not", "kele331", []],
    ["a UPC-A as it is printed", "012345678905", ["100002"]],
    ["a sku", "160001", ["160001"]],
    ["a character newer than the tokenizer", "𰻝面", ["100005"]],
    ["nothing that exists", "香蕉", []],
    ["only signs", "-- \"'* (", []],
    ["nothing", "", []],
  ])("finds by %s: %s", (_, text, expected) => {
    expect(skus(text)).toEqual(expected);
  });

  test("the whole name comes before a beginning, a beginning before the middle, a favourite before others", async () => {
    const base = item("2", "红茶", "Black tea");
    const more = [item("1", "红茶拿铁", "Latte"), base, item("3", "冰红茶", "Iced tea"), { ...tea, sku: "4" }];
    await store.importItems(
      more.map((each) => row(each)),
      () => {},
    );
    if (isIndexed) await indexAll(store.words);
    expect(skus("红茶")).toEqual(["2", "1", "100003", "4", "3"]);
    expect(skus("红茶", 2)).toEqual(["2", "1"]);
  });

  test("whatever is typed is answered, never an error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        expect(store.search(text, 5).length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => store.search(text, 5).length <= 5),
      { numRuns: 500 },
    );
  });

  test("every item is found by any two neighbours of its name and by any four or more digits of its code", () => {
    for (const { item: each, barcodes } of rows) {
      for (const run of each.nameZh.match(/\p{Script=Han}{2,}/gu) ?? []) {
        const name = [...run];
        for (let at = 0; at + 2 <= name.length; at += 1)
          expect(skus(name.slice(at, at + 2).join(""))).toContain(each.sku);
      }
      for (const { barcode } of barcodes) {
        for (const length of [4, 5, 7])
          for (let at = 0; at + length <= barcode.length; at += 1)
            expect(skus(barcode.slice(at, at + length))).toContain(each.sku);
      }
    }
  });
});

describe("imports", () => {
  test("an item that comes again is replaced whole: old names and codes no longer find it", async () => {
    const renamed = { ...cola, nameZh: "雪碧 330ml罐", nameEn: "Sprite" };
    await store.importItems([row(renamed, ["6901234567915", 1])], () => {});
    expect(store.itemCount()).toBe(rows.length);
    expect(skus("kkkl")).toEqual(["100002"]);
    expect(skus("雪碧")).toEqual(["100001"]);
    expect(store.findByBarcode("6901234567892")).toBeNull();
    expect(store.findByBarcode("6901234567915")?.item).toEqual(renamed);
  });

  test("a barcode given to another item moves to it, and the import says so", async () => {
    const report = await store.importItems([row(tea, ["6901234567892", 1])], () => {});
    const moved = { barcode: "6901234567892", fromSku: "100001", toSku: "100003" };
    expect(report).toEqual({ itemCount: 1, movedBarcodes: [moved] });
    expect(store.findByBarcode("6901234567892")?.item).toEqual(tea);
  });

  test("look-ups are answered in the middle of an import", async () => {
    const many = Array.from({ length: 450 }, (_, index) => row(item(`9${index}`, `矿泉水${index}号`, "Water")));
    const seen: number[] = [];
    const done = store.importItems(many, (itemsDone) => seen.push(itemsDone));
    expect(store.findBySku("100001")).toEqual(cola);
    await done;
    expect(seen).toEqual([100, 200, 300, 400, 450]);
    expect(store.itemCount()).toBe(rows.length + 450);
  });

  test("what was imported is there after a restart", () => {
    store.close();
    store = open();
    expect(skus("kkkl")).toEqual(["100001", "100002"]);
  });
});

describe("the demo store", () => {
  test("all of it is read, and Coca-Cola is found by kkkl", async () => {
    const seeded = await seedFromDemoStore(store, join(import.meta.dirname, "../../../resources/demo-store"));
    expect(seeded).toMatchObject({ ok: true, value: { movedBarcodes: [] } });
    expect(store.itemCount()).toBeGreaterThan(1_500);
    expect(store.categories().length).toBeGreaterThan(3);
    expect(store.search("kkkl", 5).map(({ nameZh }) => nameZh.slice(0, 4))).toContain("可口可乐");
  });

  test("a wrong line is named, and nothing is written", async () => {
    writeFileSync(join(directory, "categories.json"), "[]");
    const good = {
      sku: "1",
      zh: "水",
      en: "Water",
      category: "drinks",
      unit: "piece",
      priceFen: 100,
      barcodes: [],
      taxClass: "general",
    };
    writeFileSync(
      join(directory, "items.jsonl"),
      `${JSON.stringify(good)}\n${JSON.stringify({ ...good, priceFen: 1.5 })}\n`,
    );
    const seeded = await seedFromDemoStore(store, directory);
    expect(seeded).toMatchObject({ ok: false, fault: { line: 2, detail: expect.stringContaining("priceFen") } });
    expect(store.findBySku("1")).toBeNull();
  });

  test("a folder without a store is a fault", async () => {
    expect(await seedFromDemoStore(store, directory)).toMatchObject({
      ok: false,
      fault: { kind: "unreadable", line: 0 },
    });
  });
});

test("sales and catalogue files are not mistaken for each other", () => {
  store.close();
  writeFileSync(join(directory, "catalog.db"), "not a database, and long enough to be looked at".repeat(50));
  expect(openCatalogStore({ path: join(directory, "catalog.db") })).toMatchObject({
    ok: false,
    fault: { kind: "damaged" },
  });
  rmSync(join(directory, "catalog.db"));
  store = open();
});
