import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedItem, FeedRow } from "#contract/wire/feed.ts";
import { fen } from "#core/money/fen.ts";
import { type FeedRowWithSound, soundsOf } from "./feed-sounds.ts";
import { type OpenCatalogStore, openCatalogStore } from "./open-catalog-store.ts";

let directory: string;
let store: OpenCatalogStore;
let nowMs = Date.UTC(2026, 10, 26);

function open(): OpenCatalogStore {
  const opened = openCatalogStore({ path: join(directory, "catalog.db"), now: () => nowMs });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 26);
  directory = mkdtempSync(join(tmpdir(), "tillway-feed-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const value: FeedItem = {
  ...{ nameZh: "农夫山泉", nameEn: "Spring water", categoryId: "drinks", unit: "piece", priceFen: 200 },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false, barcodes: [], pricesFrom: [] },
};
const itemRow = (id: string, rev: number, changes: Partial<FeedItem> | null = {}): FeedRow => ({
  ...{ kind: "item", id, rev },
  value: changes === null ? null : { ...value, ...changes },
});
const category = (id: string, rev: number, isGone = false): FeedRow => ({
  ...{ kind: "category", id, rev },
  value: isGone ? null : { nameZh: "饮料", nameEn: "Drinks", colour: 1, sort: 2 },
});

async function withSounds(rows: readonly FeedRow[]): Promise<readonly FeedRowWithSound[]> {
  const sounds = await soundsOf(rows);
  return rows.map((row, place) => ({ row, sound: sounds[place] ?? null }));
}

async function apply(rows: readonly FeedRow[], through: number): Promise<void> {
  await store.feed.apply(await withSounds(rows), through);
}

describe("head office's catalogue at the till", () => {
  it("is found by name, pinyin and code, and is gone with its words when head office takes it away", async () => {
    const barcodes = [{ barcode: "6901234567892", count: 1 }];
    await apply([category("drinks", 1), itemRow("A1", 2, { barcodes })], 2);
    expect(store.feed.rev()).toBe(2);
    expect(store.search("nfsq", 5).map(({ sku }) => sku)).toEqual(["A1"]);
    expect(store.findByBarcode("6901234567892")?.item.sku).toBe("A1");
    expect(store.categories()).toEqual([{ id: "drinks", nameZh: "饮料", nameEn: "Drinks", colour: 1 }]);
    await apply([itemRow("A1", 3, null), category("drinks", 4, true)], 4);
    expect(store.search("nfsq", 5)).toEqual([]);
    expect(store.findByBarcode("6901234567892")).toBeNull();
    expect(store.categories()).toEqual([]);
    expect(store.feed.liveCount()).toBe(0);
  });

  it("stands where head office lists it now: in another category, as a favourite, under a scale's number, and again not", async () => {
    const listed = () => ({
      drinks: store.itemsOfCategory("drinks", 5, null).map(({ sku }) => sku),
      fruit: store.itemsOfCategory("fruit", 5, null).map(({ sku }) => sku),
      favourites: store.favourites().map(({ sku }) => sku),
      onScale: store.findByScaleCode("12345")?.sku,
    });
    await apply([itemRow("A1", 1)], 1);
    const plain = { drinks: ["A1"], fruit: [], favourites: [], onScale: undefined };
    expect(listed()).toEqual(plain);
    await apply([itemRow("A1", 2, { categoryId: "fruit", isFavourite: true, scaleCode: "12345" })], 2);
    expect(listed()).toEqual({ drinks: [], fruit: ["A1"], favourites: ["A1"], onScale: "A1" });
    await apply([itemRow("A1", 3, { priceFen: 300, isFavourite: true })], 3);
    expect(listed()).toEqual({ ...plain, favourites: ["A1"] });
    expect(store.findBySku("A1")?.priceFen).toBe(300);
  });

  it("takes the place of the till's own goods only when the whole of it is there", async () => {
    const own = {
      sku: "own",
      nameZh: "本店",
      nameEn: "Own",
      categoryId: "x",
      unit: "piece",
      priceFen: fen(1),
    } as const;
    await store.importItems(
      [{ item: { ...own, taxClass: "general", scaleCode: null, isFavourite: false }, barcodes: [] }],
      () => {},
    );
    // The control: an office that has no goods yet takes none away.
    await store.feed.endSnapshot();
    expect(store.findBySku("own")).not.toBeNull();
    store.feed.beginSnapshot();
    await apply([itemRow("A1", 1)], 1);
    expect(store.findBySku("own")).not.toBeNull();
    await apply([itemRow("A2", 2)], 2);
    await store.feed.endSnapshot();
    expect(store.findBySku("own")).toBeNull();
    expect(store.itemCount()).toBe(2);
    // And a later snapshot takes away what it does not bring.
    store.feed.beginSnapshot();
    await apply([itemRow("A2", 2)], 2);
    await store.feed.endSnapshot();
    expect([store.findBySku("A1"), store.findBySku("A2")?.sku, store.feed.isSnapshot()]).toEqual([null, "A2", false]);
  });

  it("puts a snapshot's page in whole or not at all: what others see is what a power cut would leave", async () => {
    store.feed.beginSnapshot();
    await apply([itemRow("S1", 1, { priceFen: 100 })], 1);
    const rows = Array.from({ length: 400 }, (_, index) => itemRow(`S${index + 1}`, index + 2));
    const seen = await seenDuring(apply(rows, 401));
    for (const { rev, count, price } of seen)
      expect([rev, count, price]).toEqual(rev === 1 ? [1, 1, 100] : [401, 400, 200]);
    expect(seen.length).toBeGreaterThan(4);
    expect([store.feed.rev(), store.itemCount()]).toEqual([401, 400]);
  });

  it("puts a delta's page in by steps, each with its checkpoint: up to it everything is in, and nothing behind it", async () => {
    await apply([itemRow("S1", 1, { priceFen: 100 })], 1);
    await store.feed.endSnapshot();
    const rows = Array.from({ length: 400 }, (_, index) => itemRow(`S${index + 1}`, index + 2));
    const seen = await seenDuring(apply(rows, 410));
    for (const { rev, count, price } of seen.filter((one) => one.rev !== 410))
      expect([count, price]).toEqual(rev === 1 ? [1, 100] : [rev - 1, 200]);
    expect(new Set(seen.map(({ rev }) => rev)).size).toBeGreaterThan(2);
    expect([store.feed.rev(), store.itemCount()]).toEqual([410, 400]);
  });

  /** What another connection saw, look by look, until the page was in. */
  async function seenDuring(applied: Promise<void>) {
    const state = { isOver: false };
    const ended = applied.then(() => (state.isOver = true));
    const other = open();
    const seen: { rev: number; count: number; price: number | undefined }[] = [];
    while (!state.isOver) {
      const rev = other.feed.rev();
      const [count, price] = [other.itemCount(), other.findBySku("S1")?.priceFen];
      // Each is a look of its own: what was written in between is seen at the next.
      if (other.feed.rev() === rev) seen.push({ rev, count, price });
      await new Promise(setImmediate);
    }
    other.close();
    await ended;
    return seen;
  }

  it("leaves nothing of a page that cannot be written, and takes the same page afterwards", async () => {
    await apply([itemRow("S1", 1)], 1);
    const good = await withSounds([itemRow("S2", 2), itemRow("S3", 3)]);
    // An item without its sound is a mistake of ours: the page ends in the middle.
    const bad = good.map((one, index) => (index === 1 ? { ...one, sound: null } : one));
    await expect(store.feed.apply(bad, 3)).rejects.toThrow("sound");
    expect([store.feed.rev(), store.itemCount()]).toEqual([1, 1]);
    await store.feed.apply(good, 3);
    expect([store.feed.rev(), store.itemCount()]).toEqual([3, 3]);
  });

  it("finds an item by its new name and codes and no more by the old ones, and the same after a price alone", async () => {
    const codes = (barcode: string) => ({ barcodes: [{ barcode, count: 1 }] });
    await apply([itemRow("A1", 1, codes("6901234567892")), itemRow("A2", 2)], 2);
    await apply([itemRow("A1", 3, { ...codes("6901234567892"), priceFen: 90 })], 3);
    expect(store.search("6789", 5).map(({ sku, priceFen }) => [sku, priceFen])).toEqual([["A1", 90]]);
    await apply([itemRow("A1", 4, { nameZh: "怡宝", ...codes("6909876543210") })], 4);
    expect(store.search("nfsq", 5).map(({ sku }) => sku)).toEqual(["A2"]);
    expect(store.search("67892", 5)).toEqual([]);
    expect(store.findByBarcode("6901234567892")).toBeNull();
    expect([store.search("yb", 5)[0]?.sku, store.findByBarcode("6909876543210")?.item.sku]).toEqual(["A1", "A1"]);
    // A code that another item took and its own row brings again is its own again.
    await apply([itemRow("A2", 5, codes("6909876543210"))], 5);
    expect(store.findByBarcode("6909876543210")?.item.sku).toBe("A2");
    await apply([itemRow("A1", 6, { nameZh: "怡宝", ...codes("6909876543210") })], 6);
    expect(store.findByBarcode("6909876543210")?.item.sku).toBe("A1");
  });

  it("ends the same whatever the order and number of pages, and however often one comes again", async () => {
    const change = fc.record({
      id: fc.constantFrom("A", "B", "C", "D"),
      priceFen: fc.option(fc.integer({ min: 1, max: 900 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), async (changes, size) => {
        store.feed.beginSnapshot();
        for (const id of ["A", "B", "C", "D"]) await apply([itemRow(id, 1, null)], 0);
        const rows = changes.map(({ id, priceFen }, index) =>
          itemRow(id, index + 1, priceFen === null ? null : { priceFen }),
        );
        for (let from = 0; from < rows.length; from += size) {
          const page = rows.slice(from, from + size);
          await apply(page, from + page.length);
          await apply(page, from + page.length);
        }
        for (const id of ["A", "B", "C", "D"]) {
          const last = changes.findLast((one) => one.id === id);
          expect(store.findBySku(id)?.priceFen ?? null).toBe(last?.priceFen ?? null);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("a price that begins later", () => {
  it("begins on time at the till, without any network, and stays when it is settled", async () => {
    const pricesFrom = [
      { validFrom: "2026-11-27T00:00:00+08:00", priceFen: 180 },
      { validFrom: "2026-11-28T00:00:00+08:00", priceFen: 150 },
    ];
    await apply([itemRow("A1", 1, { pricesFrom, barcodes: [{ barcode: "6901234567892", count: 1 }] })], 1);
    const price = (): (number | undefined)[] => [
      ...[store.findByBarcode("6901234567892")?.item.priceFen, store.search("nfsq", 1)[0]?.priceFen],
      store.itemsOfCategory("drinks", 1, null)[0]?.priceFen,
    ];
    nowMs = Date.parse("2026-11-26T23:59:59.999+08:00");
    expect(price()).toEqual([200, 200, 200]);
    nowMs += 1;
    expect(price()).toEqual([180, 180, 180]);
    store.close();
    store = open();
    expect(price()).toEqual([180, 180, 180]);
    nowMs = Date.parse("2026-11-28T00:00:00+08:00");
    expect(price()).toEqual([150, 150, 150]);
    await store.feed.settleDuePrices();
    expect(price()).toEqual([150, 150, 150]);
    // The control: a clock that is set back finds the price settled, not the old one.
    nowMs -= 86_400_000;
    expect(price()).toEqual([150, 150, 150]);
  });
});
