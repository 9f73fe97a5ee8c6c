import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FeedItem } from "#contract/wire/feed.ts";
import type { FeedChange } from "#headoffice/feed/feed-change.ts";
import { putRows } from "#headoffice/feed/put-rows.ts";
import { until } from "#tests/support/poll.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import { openOfficeBench, type OfficeBench } from "./office-bench.ts";
import { type FaultyProxy, startFaultyProxy } from "./proxy.ts";
import { openSyncTill, type SyncTill } from "./sync-till.ts";

const runs = 200;
const writers = 3;
/** Few enough that the same item is changed, taken away and brought back again and again. */
const itemCount = 80;

let office: OfficeBench;
let proxy: FaultyProxy;
let till: SyncTill;

describe("the catalogue at a till", () => {
  beforeAll(async () => {
    office = await openOfficeBench();
    proxy = await startFaultyProxy(office.url.href);
    till = await openSyncTill({ ...office, url: new URL(proxy.baseUrl) });
    await till.enrol(office);
  });
  afterAll(async () => {
    await till.close();
    await proxy.close();
    await office.close();
  });

  it(
    `is head office's after each of ${runs} runs of cut answers and writers at once`,
    { timeout: 600_000 },
    async () => {
      const random = seededRandom(8);
      let [cuts, asked] = [0, 0];
      for (let run = 1; run <= runs; run += 1) {
        proxy.decide = ({ path }) => {
          if (!path.startsWith("/v1/feed/")) return { kind: "none" };
          const drawn = random();
          asked += 1;
          if (drawn < 0.3) return { kind: "none" };
          cuts += 1;
          return { kind: drawn < 0.9 ? "cut-answer" : "cut-request", share: random() };
        };
        const writing = Promise.all(Array.from({ length: writers }, () => write(random, run)));
        const before = asked;
        await until("pages were asked for meanwhile", () => {
          till.sync.now();
          return asked > before;
        });
        await writing;
        // A till that dies over a page goes on from its checkpoint.
        if (run % 20 === 0) await till.crash();
        proxy.decide = () => ({ kind: "none" });
        till.sync.now();
        const wanted = await shelf();
        await until(`run ${run}: both have the same`, () => counter().join() === wanted.join());
      }
      expect(cuts).toBeGreaterThan(runs / 2);
      expect(till.catalog.feed.liveCount()).toBe((await shelf()).length);
    },
  );

  it("the control: a cursor on numbers that are given before the commit misses rows", () => {
    const random = seededRandom(8);
    const committed: { rev: number; atTurn: number }[] = [];
    for (let rev = 1; rev <= 2_000; rev += 1) committed.push({ rev, atTurn: rev + pick(random, 4) });
    const seen = new Set<number>();
    let cursor = 0;
    for (let turn = 1; turn <= 2_010; turn += 1) {
      const page = committed.filter(({ rev, atTurn }) => atTurn <= turn && rev > cursor && rev > turn - 10);
      for (const { rev } of page) seen.add(rev);
      cursor = Math.max(cursor, ...page.map(({ rev }) => rev));
    }
    expect(committed.length - seen.size).toBeGreaterThan(100);
  });
});

async function write(random: Random, run: number): Promise<void> {
  for (let count = 1 + pick(random, 3); count > 0; count -= 1) {
    const changes = new Map<string, FeedChange>();
    for (let rows = 1 + pick(random, 12); rows > 0; rows -= 1) {
      const id = `S${pick(random, itemCount)}`;
      changes.set(id, { kind: "item", id, value: random() < 0.25 ? null : item(100 + run + pick(random, 1_000)) });
    }
    await office.office().office.sql.transaction((tx) => putRows(tx, "BJ01", [...changes.values()], Date.now()));
  }
}

function item(priceFen: number): FeedItem {
  return {
    ...{ nameZh: "农夫山泉", nameEn: "Spring water", categoryId: "drinks", unit: "piece", priceFen },
    ...{ taxClass: "general", scaleCode: null, isFavourite: false, barcodes: [], pricesFrom: [] },
  };
}

/** What head office has: each item with its price. */
async function shelf(): Promise<readonly string[]> {
  const rows = await office
    .office()
    .office.sql.rows<{ id: string; value: string }>(
      "SELECT id, value FROM feed_rows WHERE store_code = 'BJ01' AND scope = 'catalog' AND value IS NOT NULL ORDER BY id",
    );
  return rows.map(({ id, value }) => `${id} ${(JSON.parse(value) as FeedItem).priceFen}`);
}

/** What the till's file has. */
function counter(): readonly string[] {
  const db = new Database(join(till.directory, "catalog.db"), { readonly: true });
  try {
    const rows = db
      .prepare<[], { sku: string; price_fen: number }>("SELECT sku, price_fen FROM items ORDER BY sku")
      .all();
    return rows.map(({ sku, price_fen: priceFen }) => `${sku} ${priceFen}`);
  } finally {
    db.close();
  }
}
