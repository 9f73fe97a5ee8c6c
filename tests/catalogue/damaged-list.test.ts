import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportJob } from "#contract/worker/catalog-messages.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { listImporter } from "#main/worker/catalogue/import-list.ts";
import type { Hands } from "#main/worker/workbench.ts";
import words from "../../resources/locales/zh-CN/catalogue.json" with { type: "json" };
import { categories, type DamagedList, damagedList, ean, type Encoding, staying } from "./damaged-list.ts";
import { damages, otherEncoding } from "./damages.ts";

const rowCount = 10_000;
const hands: Hands = { pause: async () => {}, check: () => {}, give: async () => {} };
const lists = listImporter();
let folder: string;
let base: Omit<ImportJob, "mode">;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-list-"));
  base = {
    ...{ kind: "import-items", file: join(folder, "list.csv"), catalogDb: join(folder, "catalog.db"), sha256: null },
    ...{ columns: null, newCategories: "refuse", report: join(folder, "report.csv"), locale: "zh-CN", cashierId: "m" },
  };
});
afterEach(() => {
  lists.close();
  rmSync(folder, { recursive: true });
});

async function run(mode: ImportJob["mode"], change: Partial<ImportJob> = {}) {
  const done = await lists.run({ ...base, mode, ...change }, hands);
  if (!done.ok) throw new Error(JSON.stringify(done.fault));
  return done.value;
}

async function stock(list: DamagedList): Promise<void> {
  writeFileSync(base.file, list.bytes);
  const store = openCatalog();
  store.importCategories(categories);
  const rows = list.catalogue.map(({ item, codes }) => ({ item, barcodes: codes }));
  await store.importItems(rows, () => {});
  store.close();
}

function openCatalog() {
  const opened = openCatalogStore({ path: base.catalogDb });
  if (!opened.ok) throw new Error(opened.fault.kind);
  return opened.value;
}

function inShop(): ReadonlyMap<string, ItemRecord> {
  const store = openCatalog();
  const all = store.browser.recordsAfter("", 100_000);
  store.close();
  return new Map(all.map((record) => [record.item.sku, record]));
}

/** The report's rows: number, column, and what to do. */
function reported(): readonly (readonly [number, string, string])[] {
  const lines: string[][] = parse(readFileSync(join(folder, "report.csv")), { bom: true, from: 2 });
  return lines.map(([row, column, , what]) => [Number(row), column ?? "", what ?? ""]);
}

const byCount = ({ codes, item }: ItemRecord): ItemRecord => ({
  item,
  codes: codes.toSorted((a, b) => a.count - b.count || (a.barcode < b.barcode ? -1 : 1)),
});

describe.each<[Encoding, string]>([
  ["utf-8", ","],
  ["utf-8 with a mark", ";"],
  ["gbk", ","],
  ["utf-16", "\t"],
])("A list of 10,000 rows in %s with %j between its cells", (encoding, delimiter) => {
  it("has every bad row named with its reason, and all good rows in", async () => {
    const list = damagedList(20_261_126, rowCount, encoding, delimiter);
    expect(new Set(list.bad.values()).size).toBeGreaterThanOrEqual(50);
    await stock(list);
    const result = await run("good");

    const told = reported();
    expect(new Set(told.map(([row]) => row))).toEqual(new Set(list.bad.keys()));
    const unnamed = [...list.bad].filter(([row, { field, kind }]) => {
      const [column, what] = [words[`field.${field ?? "row"}`], words[`row-fault.${kind}`]];
      return !told.some((fault) => fault[0] === row && fault[1] === column && fault[2] === what);
    });
    expect(unnamed.map(([row, { name }]) => `${row} ${name}`)).toEqual([]);

    const { states, good } = list;
    expect(result).toMatchObject({ ...states, pricesChanged: states.changed, wrong: list.bad.size, isApplied: true });
    expect(result.rows).toBe(rowCount);
    const shop = inShop();
    expect(shop.size).toBe(good.size + list.bad.size + 1);
    for (const [sku, record] of good) expect(shop.get(sku)).toEqual(byCount(record));
  });

  it("is not taken in at all where all or nothing was asked for", async () => {
    const list = damagedList(7, 1_000, encoding, delimiter);
    await stock(list);
    const before = inShop();
    const result = await run("all");
    expect(result).toMatchObject({ refusal: { kind: "bad-rows" }, isApplied: false, wrong: list.bad.size });
    expect(inShop()).toEqual(before);
  });
});

describe("A list", () => {
  it("says the same of its rows whatever seed made them, and nothing when it is taken in a second time", async () => {
    const list = damagedList(99, 2_000, "utf-8");
    await stock(list);
    const first = await run("good");
    const again = await run("good");
    expect(again.faults).toEqual(first.faults);
    expect(again).toMatchObject({ added: 0, changed: 0, pricesChanged: 0, unchanged: list.good.size });
  });

  it("changes nothing while it is only checked, and tells what it would", async () => {
    const list = damagedList(3, 500, "gbk");
    await stock(list);
    const before = inShop();
    expect(await run("check")).toMatchObject({ ...list.states, encoding: "gb18030", delimiter: ",", isApplied: false });
    expect(inShop()).toEqual(before);
  });

  it("that is not the one that was checked is not taken in", async () => {
    await stock(damagedList(3, 20, "utf-8"));
    const { sha256 } = await run("check");
    writeFileSync(base.file, damagedList(4, 20, "utf-8").bytes);
    expect(await lists.run({ ...base, mode: "good", sha256 }, hands)).toEqual({
      ...{ ok: false, fault: { kind: "file-changed" } },
    });
  });

  it.each([
    ["名称,数量\n水,1\n", { kind: "columns-missing", missing: ["price", "barcode"] }],
    ["条码,售价\n6901234567892,1\n", { kind: "columns-missing", missing: ["nameZh"] }],
    ["", { kind: "empty" }],
    ["\u0000\u0001\u0002\u0003", { kind: "unreadable" }],
  ])("without what it must have is refused as a whole: %j", async (text, refusal) => {
    await stock(damagedList(3, 5, "utf-8"));
    writeFileSync(base.file, text);
    const before = inShop();
    expect(await run("good")).toMatchObject({ refusal, isApplied: false });
    expect(inShop()).toEqual(before);
  });

  it("with headings of its own is read by the columns a manager names", async () => {
    await stock(damagedList(3, 5, "utf-8"));
    writeFileSync(base.file, "甲,乙,丙\nX-1,香草茶,8.5\n");
    expect(await run("good", { columns: { sku: 0, nameZh: 1, price: 2 } })).toMatchObject({
      added: 1,
      isApplied: true,
    });
    expect(inShop().get("X-1")?.item).toMatchObject({ nameZh: "香草茶", priceFen: 850, categoryId: "unsorted" });
  });

  it("makes the categories it names where that was asked for, and lets two items change their barcodes", async () => {
    await stock({ ...damagedList(3, 0, "utf-8"), catalogue: [staying(1), staying(2)] });
    const [one, two] = [ean(900_001), ean(900_002)];
    writeFileSync(base.file, `货号,名称,售价,条码,分类\nSTAY-1,甲,1,${two},新品\nSTAY-2,乙,2,${one},新品\n`);
    const result = await run("all", { newCategories: "make" });
    expect(result).toMatchObject({ refusal: null, changed: 2, newCategories: ["新品"] });
    expect(inShop().get("STAY-1")).toMatchObject({ item: { categoryId: "新品" }, codes: [{ barcode: two }] });
    expect(inShop().get("STAY-2")?.codes).toEqual([{ barcode: one, count: 1 }]);
  });

  it("leaves a code with its item where that item's own row is refused, however long the chain", async () => {
    await stock({ ...damagedList(3, 0, "utf-8"), catalogue: [staying(1), staying(2), staying(3)] });
    const [one, two, three] = [1, 2, 3].map((at) => ean(900_000 + at));
    // 1 wants the code of 2, 2 that of 3, and 3 cannot be read: all three stay as they are.
    const rows = [`STAY-1,甲,1,${two}`, `STAY-2,乙,2,${three}`, `STAY-3,丙,三块,${one}`];
    writeFileSync(base.file, `货号,名称,售价,条码\n${rows.join("\n")}\n`);
    expect(await run("good")).toMatchObject({ added: 0, changed: 0, wrong: 3 });
    expect(inShop().get("STAY-1")?.codes).toEqual([{ barcode: one, count: 1 }]);
  });

  it("keeps what it does not say: barcodes, packs, unit, tax class and the English name", async () => {
    const [, record] = [...damagedList(3, 50, "utf-8").good].find(([, { codes }]) => codes.length > 1)!;
    await stock({ ...damagedList(3, 0, "utf-8"), catalogue: [record] });
    writeFileSync(base.file, `货号,名称,售价\n${record.item.sku},新名,9.99\n`);
    expect(await run("all")).toMatchObject({ changed: 1, pricesChanged: 1 });
    const item = { ...record.item, nameZh: "新名", priceFen: 999 };
    expect(inShop().get(item.sku)).toEqual(byCount({ ...record, item } as ItemRecord));
  });
});

it("there are more than fifty kinds of damage, each with a name of its own", () => {
  expect(new Set(damages.map(({ name }) => name)).size).toBe(damages.length);
  expect(damages.length).toBeGreaterThanOrEqual(50);
  expect(damages).toContain(otherEncoding);
});
