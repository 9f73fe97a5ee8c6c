import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { createCatalogDesk, type OpenCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import { chips, cola, colaSixPack, ean13, people, unknownItem } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { noShopRefunds } from "#tests/support/no-shop-refunds.ts";
import type { TillBenchOptions } from "#tests/support/till-bench-options.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
let desks: OpenCatalogDesk[];
let isImporting: boolean;
/** Categories the bench begins with. */
let all: IntentArgs<"save-categories">["categories"];

const nothingRuns = { run: () => Promise.reject(new Error("no list is read here")), stop: () => {} };
const goods: NonNullable<TillBenchOptions["goods"]> = (catalog) => {
  const desk = createCatalogDesk({ catalog, isImporting: () => isImporting });
  desks.push(desk);
  const lists = createImportDesk({
    ...{ worker: nothingRuns, catalogDb: catalog.filled.path, chooseFile: () => Promise.resolve(null) },
    ...{ onApplied: () => {}, logFault: () => {} },
  });
  return { desk, lists };
};

/** Head office as far as the page of goods knows it: that there is one. */
const officeThatIsThere: Sync = {
  held: {
    isOpen: () => false,
    nearest: () => Promise.resolve(null),
    list: () => Promise.resolve({ rows: [], isWhole: true }),
    give: () => Promise.resolve(null),
    take: () => Promise.resolve(null),
  },
  refunds: noShopRefunds,
  pastHeard: () => null,
  view: () => ({
    ...{ state: "online", sinceMs: 0, waiting: 0, withRelay: null, lastAgreedAtMs: null, disagreedDates: [] },
    ...{ trouble: null, alarm: null, officeName: null, officeHost: null, keyGuard: null },
  }),
  enrol: () => Promise.reject(new Error("not asked here")),
  now: () => {},
  agreementDays: () => [],
  acknowledgeAlarm: () => false,
  shiftClosed: () => {},
};

beforeEach(async () => {
  [desks, isImporting] = [[], false];
  bench = await openTillBench({ goods }).atWork();
  await asManager();
  all = await categoriesNow();
  await bench.must("save-categories", { categories: [...all, drinks] });
});
afterEach(() => {
  for (const desk of desks) desk.close();
  bench.close();
});

async function asManager(): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

async function categoriesNow(): Promise<typeof all> {
  const { categories } = await bench.must("catalog-desk", {});
  return categories.map(({ id, nameZh, nameEn, colour }) => ({ id, nameZh, nameEn, colour }));
}

const drinks = { id: "drinks", nameZh: "饮料", nameEn: "Drinks", colour: 3 };
const base: IntentArgs<"save-item">["item"] = {
  ...{ sku: "tea", nameZh: "茉莉茶", nameEn: "Jasmine tea", categoryId: "drinks", unit: "piece", priceFen: 450 },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false, codes: [{ barcode: unknownItem, count: 1 }] },
};
const save = (change: Partial<typeof base>, isNew = false) =>
  bench.send("save-item", { isNew, item: { ...base, ...change } });
const faultOf = (answer: Awaited<ReturnType<typeof save>>) => (answer.ok ? null : answer.fault);

describe("Goods", () => {
  it("are a manager's to see to, and only to be sold for everybody else", async () => {
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    const asked = [
      await bench.send("catalog-desk", {}),
      await bench.send("catalog-page", { text: "", categoryId: null, afterSku: null, limit: 10 }),
      await bench.send("catalog-item", { sku: "cola" }),
      await save({}, true),
      await bench.send("remove-item", { sku: "cola" }),
      await bench.send("save-categories", { categories: [] }),
      await bench.send("import-choose", {}),
      await bench.send("import-standing", {}),
      await bench.send("import-check", { columns: null, newCategories: "make" }),
      await bench.send("import-apply", { mode: "all" }),
      await bench.send("import-cancel", {}),
      await bench.send("import-report", {}),
      await bench.send("import-discard", {}),
      await bench.send("export-items", { format: "csv" }),
    ];
    for (const answer of asked) expect(answer).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    await bench.must("sign-out", {});
    expect(await save({}, true)).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
    expect(journalBodies(bench.directory, "item-changed")).toEqual([]);
  });

  it("of a new kind are sold by each of their codes, a pack as what it counts", async () => {
    const pack = ean13("690177777777");
    expect(faultOf(await save({ codes: [...base.codes, { barcode: pack, count: 24 }] }, true))).toBeNull();
    await bench.scan(unknownItem);
    await bench.scan(pack);
    expect(bench.shown.sale.lines).toMatchObject([{ nameZh: "茉莉茶", quantity: 25_000 }]);
    expect(bench.shown.sale.totalFen).toBe(25 * 450);
  });

  it("cost what a manager says from the next scan on; the journal has both prices and who it was", async () => {
    const item = await bench.must("catalog-item", { sku: "cola" });
    await bench.must("save-item", { isNew: false, item: { ...item, codes: [...item.codes], priceFen: 420 } });
    await bench.scan(cola);
    expect(bench.shown.sale.totalFen).toBe(420);
    expect(journalBodies(bench.directory, "item-changed")).toMatchObject([
      { sku: "cola", cashierId: people.manager.id, before: { priceFen: 350 }, after: { priceFen: 420 } },
    ]);
  });

  it("that are taken out are unknown to the next scan", async () => {
    await bench.must("remove-item", { sku: "cola" });
    await bench.scan(cola);
    expect(bench.shown.notices).toMatchObject([{ kind: "unknown-barcode" }]);
    expect(await bench.send("catalog-item", { sku: "cola" })).toEqual({ ok: false, fault: { kind: "no-such-item" } });
    expect(journalBodies(bench.directory, "item-changed")).toMatchObject([{ sku: "cola", after: null }]);
  });

  it.each([
    ["sku-taken", { sku: "cola" }, true],
    ["no-such-item", { sku: "nobody" }, false],
    ["category-gone", { categoryId: "gone" }, true],
    ["item-code-wrong-check-digit", { codes: [{ barcode: "6901234567893", count: 1 }] }, true],
    ["item-code-not-a-barcode", { codes: [{ barcode: "茶", count: 1 }] }, true],
    ["item-code-twice", { codes: [1, 2].map((count) => ({ barcode: unknownItem, count })) }, true],
    ["item-code-taken", { codes: [{ barcode: chips, count: 1 }] }, true],
    ["item-code-taken", { codes: [{ barcode: colaSixPack, count: 6 }] }, true],
    ["item-code-taken", { scaleCode: "00042" }, true],
  ] as const)("are refused as %s and nothing is changed: %j", async (kind, change, isNew) => {
    // A row of the table is read-only; the intent's own type is not.
    expect(faultOf(await save(change as Partial<typeof base>, isNew))).toMatchObject({ kind });
    expect(journalBodies(bench.directory, "item-changed")).toEqual([]);
    expect(await bench.send("catalog-item", { sku: "tea" })).toEqual({ ok: false, fault: { kind: "no-such-item" } });
  });

  it("come page by page by their numbers, or as a text finds them", async () => {
    const page = async (afterSku: string | null, text = "") =>
      (await bench.must("catalog-page", { text, categoryId: null, afterSku, limit: 2 })).map(({ sku }) => sku);
    expect(await page(null)).toEqual(["apple", "chips"]);
    expect(await page("chips")).toEqual(["cola", "melon"]);
    expect(await page("melon")).toEqual([]);
    expect(await page(null, "可口")).toEqual(["cola"]);
  });

  it("wait while a list is written, and are changed when it is in", async () => {
    isImporting = true;
    expect(faultOf(await save({}, true))).toEqual({ kind: "catalog-busy" });
    isImporting = false;
    expect(faultOf(await save({}, true))).toBeNull();
  });
});

describe("Categories", () => {
  it("are named, ordered and taken out; each change is journaled and what did not change is not", async () => {
    const snacks = { id: "c2", nameZh: "零食", nameEn: "Snacks", colour: 1 };
    await bench.must("save-categories", { categories: [...all, snacks, drinks] });
    await bench.must("save-categories", { categories: [...all, { ...snacks, nameZh: "小吃" }, drinks] });
    await bench.must("save-categories", { categories: [...all, drinks] });
    expect(await categoriesNow()).toEqual([...all, drinks]);
    const place = all.length;
    expect(journalBodies(bench.directory, "category-changed").slice(1)).toMatchObject([
      { categoryId: "drinks", before: { place }, after: { place: place + 1 } },
      { categoryId: "c2", before: null, after: { nameZh: "零食" } },
      { categoryId: "c2", before: { nameZh: "零食" }, after: { nameZh: "小吃" } },
      { categoryId: "c2", after: null },
      { categoryId: "drinks", before: { place: place + 1 }, after: { place } },
    ]);
  });

  it("that goods name stay", async () => {
    await save({}, true);
    expect(await bench.send("save-categories", { categories: all })).toEqual({
      ...{ ok: false, fault: { kind: "category-in-use", categoryId: "drinks", itemCount: 1 } },
    });
    expect(await categoriesNow()).toEqual([...all, drinks]);
  });
});

describe("A change of goods", () => {
  it("that the journal's disk refuses stands, is noted beside the goods, and is journaled once by the next start", async () => {
    Object.assign(bench.refuse, { method: "appendJournal", times: 1 });
    expect(faultOf(await save({}, true))).toBeNull();
    expect(journalBodies(bench.directory, "item-changed")).toEqual([]);
    await bench.crash();
    expect(journalBodies(bench.directory, "item-changed")).toMatchObject([{ sku: "tea", before: null }]);
    await bench.crash();
    expect(journalBodies(bench.directory, "item-changed")).toHaveLength(1);
  });
});

describe("Goods that head office keeps", () => {
  it("are shown and exported here, and changed there alone", async () => {
    for (const desk of desks.splice(0)) desk.close();
    bench.close();
    bench = await openTillBench({ goods, sync: officeThatIsThere }).atWork();
    await asManager();
    const refused = { ok: false, fault: { kind: "catalog-is-fed" } };
    expect(await save({}, true)).toEqual(refused);
    expect(await bench.send("remove-item", { sku: "cola" })).toEqual(refused);
    expect(await bench.send("save-categories", { categories: [] })).toEqual(refused);
    expect(await bench.send("import-choose", {})).toEqual(refused);
    expect(await bench.send("import-apply", { mode: "all" })).toEqual(refused);
    expect(await bench.must("catalog-desk", {})).toMatchObject({ isFed: true, itemCount: 4 });
    expect(await bench.must("catalog-item", { sku: "cola" })).toMatchObject({ priceFen: 350 });
  });
});
