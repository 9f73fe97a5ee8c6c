import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { until } from "#tests/support/poll.ts";
import { type OpenCatalogStore, openCatalogStore } from "./open-catalog-store.ts";

let directory: string;
let store: OpenCatalogStore;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-labels-"));
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(opened.fault.kind);
  store = opened.value;
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const tea: Item = {
  ...{ sku: "tea", nameZh: "茉莉茶", nameEn: "Tea", categoryId: "drinks", unit: "piece", priceFen: fen(450) },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false },
};
const code = { barcode: "6901234567892", count: 1 };

function put(change: Partial<Item> = {}, ...barcodes: readonly (typeof code)[]): Promise<unknown> {
  return store.importItems([{ item: { ...tea, ...change }, barcodes }], () => {});
}

const due = (): readonly string[] => store.labels.due(10).map(({ sku }) => sku);

/** Prints what is due, and waits until the file's clock has gone on. */
async function printAll(): Promise<void> {
  const labels = store.labels.due(100);
  store.labels.printed(labels);
  const lastMs = Math.max(0, ...labels.map(({ sku }) => store.labels.changedAtMs(sku) ?? 0));
  await until("a millisecond has passed", () => Date.now() > lastMs);
}

describe("The list of labels to print", () => {
  it("holds what is new until it is printed, the oldest first", async () => {
    await put({}, code);
    await put({ sku: "coffee", nameZh: "咖啡" });
    expect(due()).toEqual(["tea", "coffee"]);
    expect(store.labels.due(1)).toHaveLength(1);
    store.labels.printed(store.labels.due(1));
    expect(due()).toEqual(["coffee"]);
    expect(store.labels.dueCount(10)).toBe(1);
  });

  it.each<[string, Partial<Item>, (typeof code)[]]>([
    ["another price", { priceFen: fen(460) }, [code]],
    ["another name", { nameZh: "绿茶" }, [code]],
    ["another English name", { nameEn: "Green tea" }, [code]],
    ["another unit", { unit: "kg" }, [code]],
    ["another code", {}, [{ ...code, barcode: "6901234567908" }]],
  ])("takes in an item that has %s", async (_, change, codes) => {
    await put({}, code);
    await printAll();
    await put(change, ...codes);
    expect(due()).toEqual(["tea"]);
  });

  it("takes in no item whose label would be the same", async () => {
    await put({}, code);
    await printAll();
    await put({ categoryId: "hot", taxClass: "reduced", isFavourite: true, scaleCode: "00042" }, code);
    expect(due()).toEqual([]);
  });

  it("holds a new item until it is printed, also where its price changes before", async () => {
    await put({}, code);
    const before = store.labels.due(10);
    expect(before).toEqual([{ sku: "tea", changedAtMs: 0 }]);
    await put({ priceFen: fen(460) }, code);
    store.labels.printed(before);
    expect(due()).toEqual(["tea"]);
    await printAll();
    expect(due()).toEqual([]);
  });

  it("puts a price that is wrong on the shelf before what is new", async () => {
    await put();
    await printAll();
    await put({ sku: "coffee" });
    await put({ priceFen: fen(460) });
    expect(due()).toEqual(["tea", "coffee"]);
  });

  it("keeps an item that has changed again between the printing and the word that it hangs", async () => {
    await put();
    await printAll();
    await put({ priceFen: fen(455) });
    const printed = store.labels.due(10);
    await until("a millisecond has passed", () => Date.now() > (printed[0]?.changedAtMs ?? 0));
    await put({ priceFen: fen(460) });
    store.labels.printed(printed);
    expect(due()).toEqual(["tea"]);
  });

  it("takes in a change within the millisecond of the printing", async () => {
    await put();
    store.labels.printed(store.labels.due(10));
    await put({ priceFen: fen(460) });
    expect(due()).toEqual(["tea"]);
  });

  it("begins anew where the shelf is right as it is", async () => {
    await put();
    await put({ sku: "coffee" });
    await put({ sku: "coffee", priceFen: fen(900) });
    store.labels.allPrinted();
    expect([due(), store.labels.dueCount(10)]).toEqual([[], 0]);
    await until("a millisecond has passed", () => Date.now() > (store.labels.changedAtMs("coffee") ?? 0));
    await put({ priceFen: fen(460) });
    expect(due()).toEqual(["tea"]);
  });

  it("forgets an item that is taken out, also for the next that gets its place", async () => {
    await put({}, code);
    await store.editing.inOneStep(async (step) => step.removeItem("tea"));
    expect([due(), store.labels.changedAtMs("tea")]).toEqual([[], null]);
    await put({ sku: "coffee" });
    expect(due()).toEqual(["coffee"]);
    store.labels.allPrinted();
    await store.editing.inOneStep(async (step) => step.removeItem("coffee"));
    await put({ sku: "milk" });
    expect(due()).toEqual(["milk"]);
  });

  it("is counted no further than it is told", async () => {
    const rows = Array.from({ length: 30 }, (_, at) => ({ item: { ...tea, sku: `s${at}` }, barcodes: [] }));
    await store.importItems(rows, () => {});
    expect([store.labels.dueCount(20), store.labels.dueCount(100)]).toEqual([20, 30]);
  });
});

it("what has changed since a time is told whether it was printed or not, the newest first, and then what is new", async () => {
  await put();
  await printAll();
  const printedMs = store.labels.changedAtMs("tea") ?? 0;
  await put({ sku: "coffee" });
  expect(store.labels.changedSince(printedMs, 10).map(({ sku }) => sku)).toEqual(["tea", "coffee"]);
  expect(store.labels.changedSince(printedMs + 1, 10).map(({ sku }) => sku)).toEqual(["coffee"]);
  expect(store.labels.changedSince(printedMs, 1)).toHaveLength(1);
  expect(store.labels.changedAtMs("nobody")).toBeNull();
});
