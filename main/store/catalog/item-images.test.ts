import { mkdtempSync, openSync, rmSync, statSync, writeSync, closeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { type OpenCatalogStore, openCatalogStore } from "./open-catalog-store.ts";
import { salvageImages } from "./salvage-images.ts";

let folder: string;
let path: string;
let store: OpenCatalogStore;

const open = (at = path): OpenCatalogStore => {
  const opened = openCatalogStore({ path: at });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
};
const item = (sku: string, priceFen = 350): Item => ({
  ...{ sku, nameZh: `茶 ${sku}`, nameEn: `Tea ${sku}`, categoryId: "drinks", unit: "piece", priceFen: fen(priceFen) },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false },
});
const fill = (into: OpenCatalogStore, items: readonly Item[]) =>
  into.importItems(
    items.map((of) => ({ item: of, barcodes: [] })),
    () => {},
  );
const [one, other] = ["1".repeat(64), "2".repeat(64)];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-item-images-"));
  path = join(folder, "catalog.db");
  store = open();
  await fill(store, [item("a"), item("b")]);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const set = (images: readonly { readonly sku: string; readonly image: string | null }[]) =>
  store.editing.inOneStep((step) => step.setImages(images));

describe("The image of an item in the catalogue", () => {
  it("is none until it is given, and none again when it is taken away", async () => {
    expect([store.imageOf("a"), store.browser.record("a")?.image]).toEqual([null, undefined]);
    await set([{ sku: "a", image: one }]);
    expect([store.imageOf("a"), store.browser.record("a")?.image, store.imageOf("b")]).toEqual([one, one, null]);
    expect([store.images.isUsed(one), store.images.isUsed(other)]).toEqual([true, false]);
    await set([{ sku: "a", image: null }]);
    expect([store.imageOf("a"), store.images.isUsed(one)]).toEqual([null, false]);
  });

  it("stays through a list and a price, and goes with its item", async () => {
    await set([{ sku: "a", image: one }]);
    await fill(store, [item("a", 420)]);
    expect([store.findBySku("a")?.priceFen, store.imageOf("a")]).toEqual([420, one]);
    await store.editing.inOneStep(async (step) => step.removeItem("a"));
    expect([store.imageOf("a"), store.images.isUsed(one)]).toEqual([null, false]);
    await fill(store, [item("a")]);
    expect(store.imageOf("a")).toBeNull();
  });

  it("is all of a change or none of it, and no label is older for it", async () => {
    const skus = Array.from({ length: 1_200 }, (_, at) => `s${at}`);
    await fill(
      store,
      skus.map((sku) => item(sku)),
    );
    store.labels.allPrinted();
    const changes = skus.map((sku) => ({ sku, image: one }));
    const cut = store.editing.inOneStep(async (step) => {
      await step.setImages(changes);
      throw new Error("the power goes");
    });
    await expect(cut).rejects.toThrow("the power goes");
    expect(store.images.isUsed(one)).toBe(false);
    await set(changes);
    expect(skus.every((sku) => store.imageOf(sku) === one)).toBe(true);
    expect(store.labels.dueCount(10)).toBe(0);
  });
});

describe("Images of a damaged catalogue", () => {
  it("are read from what is left of it, and each goes to its item when that comes again", async () => {
    await set([
      { sku: "a", image: one },
      { sku: "b", image: other },
    ]);
    store.close();
    const salvaged = salvageImages(path);
    expect(salvaged).toEqual([
      { sku: "a", image: one },
      { sku: "b", image: other },
    ]);
    store = open(join(folder, "next.db"));
    store.images.toCome(salvaged);
    expect([store.imageOf("a"), store.images.isUsed(one)]).toEqual([null, true]);
    await fill(store, [item("a"), item("c")]);
    expect([store.imageOf("a"), store.imageOf("c"), store.images.isUsed(other)]).toEqual([one, null, true]);
    // Once: an item that is taken out later and comes a third time is a new one.
    await store.editing.inOneStep(async (step) => step.removeItem("a"));
    await fill(store, [item("a")]);
    expect(store.imageOf("a")).toBeNull();
  });

  it("are none, and nothing throws, where nothing of it can be read", () => {
    expect(salvageImages(join(folder, "gone.db"))).toEqual([]);
    store.close();
    const file = openSync(path, "r+");
    for (let at = 0; at < statSync(path).size; at += 512) writeSync(file, Buffer.alloc(512, 0x5a), 0, 512, at);
    closeSync(file);
    expect(salvageImages(path)).toEqual([]);
    store = open(join(folder, "next.db"));
  });
});
