import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fen } from "#core/money/fen.ts";
import { indexAll } from "#tests/support/index-all.ts";
import { buildHere } from "./build-here.ts";
import type { ImportRow } from "./import-items.ts";
import { firstCatalogTables } from "./migrations/0001-first-tables.ts";
import { feedTables } from "./migrations/0002-feed.ts";
import { type OpenCatalogStore, openCatalogStore } from "./open-catalog-store.ts";
import { indexWaiting } from "./word-index.ts";

let directory: string;
let store: OpenCatalogStore;

function open(): OpenCatalogStore {
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

function row(sku: string, nameZh: string, nameEn = "", ...barcodes: readonly string[]): ImportRow {
  return {
    item: {
      ...{ sku, nameZh, nameEn, categoryId: "drinks", unit: "piece", priceFen: fen(100) },
      ...{ taxClass: "general", scaleCode: null, isFavourite: false },
    },
    barcodes: barcodes.map((barcode) => ({ barcode, count: 1 })),
  };
}

const skus = (text: string, limit = 50): readonly string[] => store.search(text, limit).map(({ sku }) => sku);
const imported = async (rows: readonly ImportRow[]): Promise<void> => void (await store.importItems(rows, () => {}));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-words-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const syllables = ["可", "口", "乐", "重", "庆", "茶", "红", "行", "西", "安", "长", "绿"];
const latin = ["coca", "cola", "500ml", "330", "kele", "Chocolate", "x1"];
const name = fc
  .array(fc.oneof(fc.constantFrom(...syllables), fc.constantFrom(...latin.map((each) => ` ${each} `))), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join("").trim());
const code = fc.stringMatching(/^[0-9]{1,13}$/);

describe("the index of words", () => {
  test("answers as looking at every item would, whatever the goods are and whatever is asked", async () => {
    const item = fc.record({ nameZh: name, nameEn: fc.constantFrom("", "Coca-Cola", "Iced tea 500 ml"), code });
    const typed = fc.oneof(
      ...[
        name,
        code,
        fc.constantFrom("k", "kk", "kkl", "kele", "kekoukele", "xianchangcheng", "zhongqinghongcha", "cqhc"),
      ],
      ...[fc.constantFrom("cocacola", "kele500", "hongxian", "xingleku", "lvcha", "choco")],
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 12 }),
        fc.array(typed, { maxLength: 12 }),
        async (goods, questions) => {
          store.close();
          rmSync(directory, { recursive: true });
          directory = mkdtempSync(join(tmpdir(), "tillway-words-"));
          store = open();
          await imported(
            goods.map(({ nameZh, nameEn, code: barcode }, index) => row(`S${index}`, nameZh, nameEn, barcode)),
          );
          const own = goods.flatMap(({ nameZh, code: barcode }) => [nameZh, nameZh.slice(1, 3), barcode.slice(2)]);
          const asked = [...questions, ...own];
          const lookedThrough = asked.map((text) => skus(text));
          await indexAll(store.words);
          expect(asked.map((text) => skus(text))).toEqual(lookedThrough);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a pinyin longer than what is kept of it is found whole, and by no item that only begins like it", async () => {
    await imported([row("1", "农夫山泉矿泉水"), row("2", "农夫山泉东方树叶"), row("3", "农夫三拳")]);
    await indexAll(store.words);
    expect(skus("nongfushanquan")).toEqual(["1", "2"].toSorted());
    expect(skus("nongfushanquandongfangshuye")).toEqual(["2"]);
    expect(skus("nfsqdfsy")).toEqual(["2"]);
    expect(skus("nongfushanquanx")).toEqual([]);
    expect(skus("shanquankuang")).toEqual(["1"]);
  });

  test("an item that was renamed is found by its new name at once, by the old one never, and so after it is indexed again", async () => {
    await imported([row("1", "可口可乐", "Coca-Cola", "6901234567892"), row("2", "雪碧")]);
    await indexAll(store.words);
    await imported([row("1", "王老吉", "Herbal tea", "6909876543210")]);
    for (const again of [false, true]) {
      if (again) await indexAll(store.words);
      expect([skus("可乐"), skus("kkkl"), skus("coca"), skus("4567892")]).toEqual([[], [], [], []]);
      expect([skus("老吉"), skus("wlj"), skus("herb"), skus("76543")]).toEqual([["1"], ["1"], ["1"], ["1"]]);
      expect(skus("雪碧")).toEqual(["2"]);
    }
  });

  test("one that takes the place of an item taken away is found, and not under that one's words", async () => {
    await store.feed.apply([await feedRow("1", 1, "可口可乐"), await feedRow("2", 2, "雪碧")], 2);
    await indexAll(store.words);
    const gone = { row: { kind: "item", id: "2", rev: 3, value: null }, sound: null } as const;
    await store.feed.apply([gone, await feedRow("3", 4, "王老吉")], 4);
    for (const again of [false, true]) {
      if (again) await indexAll(store.words);
      expect([skus("雪碧"), skus("xb"), skus("wlj")]).toEqual([[], [], ["3"]]);
    }
  });

  test("says that it does not know every item while more wait than a question looks through", async () => {
    const many = Array.from({ length: 900 }, (_, index) => row(`S${index}`, `矿泉水${index}号`));
    expect(store.isIndexed()).toBe(true);
    const sounded = many.map(({ item }, index) => feedRow(item.sku, index + 1, item.nameZh));
    await store.feed.apply(await Promise.all(sounded), 900);
    expect([store.isIndexed(), skus("矿泉水899号"), store.findBySku("S899")?.sku]).toEqual([false, [], "S899"]);
    expect(skus("矿泉水3号")).toContain("S3");
    expect(await indexWaiting(store.words, buildHere)).toBe("whole");
    expect([store.isIndexed(), skus("矿泉水899号")]).toEqual([true, ["S899"]]);
  });

  test("a part that was cut off in the middle is written again, and nothing is missing or twice", async () => {
    await imported([row("1", "可口可乐"), row("2", "雪碧")]);
    const taken = store.words.next(null);
    if (taken === null) throw new Error("two wait");
    const part = await buildHere(taken.items);
    const half = { ...part, words: part.words.slice(0, 5), ends: part.ends.slice(0, 5) };
    // Cut off: its words are in the file, and nothing says that the part is there.
    await store.words.put({ ...taken, through: 0 }, half);
    await imported([row("3", "红茶")]);
    await indexAll(store.words);
    expect([skus("可乐"), skus("xb"), skus("hc")]).toEqual([["1"], ["2"], ["3"]]);
  });

  test("is given the words of a delta a few at a time, those of a first filling at one go", async () => {
    const reader = new Database(join(directory, "catalog.db"), { readonly: true });
    const count = reader.prepare<[], number>("SELECT count(*) FROM word_lists").pluck();
    /** How many words others found in the file while the next part was put in. */
    const seen = async (): Promise<readonly number[]> => {
      const taken = store.words.next(null);
      if (taken === null) throw new Error("items wait");
      const state = { isDone: false };
      const putting = store.words.put(taken, await buildHere(taken.items)).then(() => (state.isDone = true));
      const counts = new Set<number>();
      while (!state.isDone) {
        await new Promise(setImmediate);
        counts.add(count.get() ?? 0);
      }
      await putting;
      return [...counts];
    };
    const goods = (what: string) => Array.from({ length: 40 }, (_, at) => row(`S${at}`, `${what}${at}`, "", `69${at}`));
    await imported(goods("可口可乐"));
    expect((await seen()).length).toBeLessThanOrEqual(2);
    await imported(goods("重庆红茶"));
    expect((await seen()).length).toBeGreaterThan(2);
    reader.close();
    expect(skus("红茶39")).toEqual(["S39"]);
  });

  test("goes on where it is told to let others pass, and loses nothing between two parts", async () => {
    const many = Array.from({ length: 500 }, (_, index) => row(`S${index}`, `矿泉水${index}号`));
    await store.feed.apply(
      await Promise.all(many.map(({ item }, index) => feedRow(item.sku, index + 1, item.nameZh))),
      500,
    );
    expect(await indexWaiting(store.words, buildHere, () => false)).toBe("whole");
    expect(skus("矿泉水499号")).toEqual(["S499"]);
  });
});

describe("a file from before the index was made of lists", () => {
  test("sells as ever, is looked through meanwhile, and is found by every word when it is indexed from what is in it", async () => {
    store.close();
    rmSync(join(directory, "catalog.db"));
    const older = new Database(join(directory, "catalog.db"));
    older.pragma("journal_mode = WAL");
    for (const { sql, version } of [firstCatalogTables, feedTables]) {
      older.exec(sql);
      older.pragma(`user_version = ${version}`);
    }
    older.pragma("application_id = 0x54576374");
    const put = older.prepare("INSERT INTO items VALUES (?, ?, ?, '', 'drinks', 'piece', 350, 'general', NULL, 0, 1)");
    const putCode = older.prepare("INSERT INTO barcodes VALUES (?, ?, 1)");
    for (let id = 1; id <= 600; id += 1) {
      put.run(id, `S${id}`, `可口可乐${id}号`);
      putCode.run(`69${String(id).padStart(11, "0")}`, id);
    }
    older.close();
    store = open();
    expect(store.findByBarcode("6900000000600")?.item.sku).toBe("S600");
    expect([store.isIndexed(), skus("可乐7号")[0], skus("S600")]).toEqual([false, "S7", ["S600"]]);
    await indexWaiting(store.words, buildHere);
    expect([store.isIndexed(), skus("kkkl", 5).length, skus("可乐600号")]).toEqual([true, 5, ["S600"]]);
    expect(skus("00000600")).toEqual(["S600"]);
  });
});

async function feedRow(id: string, rev: number, nameZh: string) {
  const { soundOf } = await import("./sound.ts");
  const { item, barcodes } = row(id, nameZh);
  const { sku: _sku, ...rest } = item;
  const value = { ...rest, barcodes: [...barcodes], pricesFrom: [] };
  return { row: { kind: "item", id, rev, value }, sound: soundOf(nameZh) } as const;
}
