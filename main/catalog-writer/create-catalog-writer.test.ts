import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedRow } from "#contract/wire/feed.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { CatalogIntake } from "#main/till/ports/catalog-feed.ts";
import { isRunning } from "#tests/support/processes.ts";
import { until } from "#tests/support/poll.ts";
import { createCatalogWriter } from "./create-catalog-writer.ts";
import { spawnNodeWriter } from "./testing-writer.ts";
import type { WriterLimits } from "./writer-line.ts";

let directory: string;
let store: OpenCatalogStore;
let intake: CatalogIntake;
let pids: number[];
let said: string[];

const clock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

function open(limits: Partial<WriterLimits> = {}): CatalogIntake {
  return createCatalogWriter({
    catalog: store.filled,
    spawn(path) {
      const child = spawnNodeWriter(path);
      if (child.pid !== undefined) pids.push(child.pid);
      return child;
    },
    ...{ clock, limits },
    log: (what) => void said.push(what),
  });
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-writer-"));
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(opened.fault.kind);
  store = opened.value;
  [pids, said] = [[], []];
  intake = open();
});
afterEach(() => {
  intake.stop();
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const row = (index: number, priceFen = 200): FeedRow => ({
  ...{ kind: "item", id: `S${index}`, rev: index },
  value: {
    ...{ nameZh: `农夫山泉${index}`, nameEn: "Spring water", categoryId: "drinks", unit: "piece", priceFen },
    ...{ taxClass: "general", scaleCode: null, isFavourite: false, pricesFrom: [] },
    barcodes: [{ barcode: `69${String(index).padStart(10, "0")}`, count: 1 }],
  },
});

/** Rows `from` to `through` of a shop that has `head` of them. */
function page(from: number, through: number, head: number, after = from - 1) {
  const rows = Array.from({ length: through - from + 1 }, (_, index) => row(from + index));
  return { after, json: Buffer.from(JSON.stringify({ scope: "catalog", rows, through, head, liveCount: head })) };
}

describe("the catalogue's writer", () => {
  it("puts page after page into the file, and reads the next while one is written", async () => {
    expect(await intake.take(page(1, 300, 900))).toEqual({ kind: "taken", hasMore: true, hasRows: true });
    // Asked for next is what follows the page that was read, be it written or not.
    expect(intake.after()).toBe(300);
    expect(await intake.take(page(301, 600, 900))).toEqual({ kind: "taken", hasMore: true, hasRows: true });
    expect(store.filled.rev()).toBeGreaterThanOrEqual(300);
    expect(await intake.take(page(601, 900, 900))).toEqual({ kind: "taken", hasMore: false, hasRows: true });
    expect([store.filled.rev(), store.itemCount(), intake.after()]).toEqual([900, 900, 900]);
    // Every product is there first; its words follow.
    expect(store.findBySku("S900")).not.toBeNull();
    await until("its words are indexed", () => store.isIndexed());
    expect(store.search("农夫山泉900", 1)[0]?.sku).toBe("S900");
    expect(pids).toHaveLength(1);
  });

  it("refuses a page that does not follow, and goes on from the file", async () => {
    await intake.take(page(1, 10, 20));
    expect(await intake.take(page(12, 20, 20, 12))).toMatchObject({ kind: "misfit" });
    await until("the first is in", () => intake.after() === 10 && store.filled.rev() === 10);
    expect(await intake.take(page(11, 20, 20))).toMatchObject({ kind: "taken", hasMore: false });
    expect(store.itemCount()).toBe(20);
  });

  it("never writes a page over a gap: one whose predecessor is not there is asked for again", async () => {
    expect(await intake.take(page(11, 20, 20))).toMatchObject({ kind: "failed" });
    expect([store.filled.rev(), intake.after(), store.itemCount()]).toEqual([0, 0, 0]);
  });

  it("loses nothing where it is killed: what is in the file is whole, and the rest is asked for again", async () => {
    let kills = 0;
    while (intake.after() < 3_000) {
      const from = intake.after() + 1;
      const taking = intake.take(page(from, Math.min(from + 499, 3_000), 3_000));
      const pid = pids.at(-1);
      if (kills < 3 && pid !== undefined && store.filled.rev() >= kills * 500) {
        process.kill(pid, "SIGKILL");
        kills += 1;
      }
      const taken = await taking;
      if (taken.kind === "failed") {
        expect(store.itemCount()).toBe(store.filled.rev());
        expect(intake.after()).toBe(store.filled.rev());
      }
      if (taken.kind === "taken" && !taken.hasMore) break;
    }
    expect(kills).toBe(3);
    expect([store.filled.rev(), store.itemCount()]).toEqual([3_000, 3_000]);
    expect(said).toContain("the catalogue's writer ended");
    // Four starts of a process that steps back from everybody else's work.
  }, 180_000);

  it("begins again where the file is not what head office has, and takes away what does not come", async () => {
    await intake.take(page(1, 30, 30));
    // Head office says that it has one less than the file.
    const empty = { scope: "catalog", rows: [], through: 30, head: 30, liveCount: 29 };
    const told = { after: 30, json: Buffer.from(JSON.stringify(empty)) };
    expect(await intake.take(told)).toMatchObject({ hasMore: true });
    expect(intake.after()).toBe(0);
    expect(await intake.take(page(1, 29, 29))).toMatchObject({ hasMore: false });
    expect([store.itemCount(), store.findBySku("S30")]).toEqual([29, null]);
  });

  it("is there only while there is work, and is not started to hear that nothing is new", async () => {
    const nothing = (rev: number) => ({
      after: rev,
      json: Buffer.from(JSON.stringify({ scope: "catalog", rows: [], through: rev, head: rev, liveCount: rev })),
    });
    intake.stop();
    intake = open({ idleMs: 50 });
    expect(await intake.take(nothing(0))).toEqual({ kind: "taken", hasMore: false, hasRows: false });
    expect(pids).toEqual([]);
    await intake.take(page(1, 5, 5));
    const [pid = 0] = pids;
    await until("it has ended", () => !isRunning(pid));
    expect(await intake.take(nothing(5))).toMatchObject({ hasMore: false });
    expect(pids).toHaveLength(1);
    expect(await intake.take(page(6, 7, 7))).toMatchObject({ hasMore: false });
    expect([pids.length, store.itemCount()]).toEqual([2, 7]);
    expect(said).toEqual([]);
  });

  it("settles prices whose time has come", async () => {
    const first = row(1);
    if (first.kind !== "item" || first.value === null) throw new Error("an item");
    const due = {
      ...first,
      value: { ...first.value, pricesFrom: [{ validFrom: "2020-01-01T00:00:00Z", priceFen: 150 }] },
    };
    const json = Buffer.from(JSON.stringify({ scope: "catalog", rows: [due], through: 1, head: 1, liveCount: 1 }));
    await intake.take({ after: 0, json });
    expect(store.filled.nextPriceMs()).toBe(Date.UTC(2020, 0, 1));
    await intake.settleDuePrices();
    expect(store.filled.nextPriceMs()).toBe(Infinity);
    expect(store.findBySku("S1")?.priceFen).toBe(150);
  });
});
