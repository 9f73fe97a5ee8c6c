import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedItem } from "#contract/wire/feed.ts";
import type { FeedChange } from "#headoffice/feed/feed-change.ts";
import { putRows } from "#headoffice/feed/put-rows.ts";
import { ok } from "#core/result.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { until } from "#tests/support/poll.ts";
import { openOfficeBench, type OfficeBench } from "./office-bench.ts";
import { openSyncTill, type SyncTill } from "./sync-till.ts";

let office: OfficeBench;
let till: SyncTill;

beforeEach(async () => {
  office = await openOfficeBench();
  till = await openSyncTill(office);
});
afterEach(async () => {
  await till.close();
  await office.close();
});

const put = (...changes: readonly FeedChange[]): Promise<number> =>
  office.office().office.sql.transaction((tx) => putRows(tx, "BJ01", changes, Date.now()));
const value: FeedItem = {
  ...{ nameZh: "农夫山泉", nameEn: "Spring water", categoryId: "drinks", unit: "piece", priceFen: 200 },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false, barcodes: [], pricesFrom: [] },
};
const names = (): readonly (readonly [string, boolean])[] =>
  till.store.listPinRecords().map(({ cashier, pinHash }) => [cashier.id, pinHash !== ""]);

describe("what comes down from head office", () => {
  it("is the whole catalogue, and then what changes, as soon as an upload's answer tells of it", async () => {
    const many = Array.from({ length: 1_200 }, (_, index): FeedChange => {
      return { kind: "item", id: `S${index}`, value: { ...value, nameEn: `Water ${index}` } };
    });
    await put(...many);
    const codings = new Set<string | undefined>();
    till.tamper = async (wire) => {
      const answer = await askOffice(wire);
      if (answer.ok && wire.target.startsWith("/v1/feed/catalog"))
        codings.add(answer.value.headers["content-encoding"]);
      return answer;
    };
    await till.enrol(office);
    await until("all of it is here", () => till.catalog.itemCount() === 1_200 && !till.catalog.feed.isSnapshot());
    expect(codings).toContain("gzip");
    await put({ kind: "item", id: "S7", value: { ...value, priceFen: 250 } }, { kind: "item", id: "S8", value: null });
    till.sell(1);
    await until("the change is here", () => till.catalog.findBySku("S7")?.priceFen === 250);
    expect(till.catalog.findBySku("S8")).toBeNull();
    expect(till.catalog.feed.liveCount()).toBe(1_199);
  });

  it("brings people without a PIN, keeps the PIN of those who have one, and lets nobody in who was taken away", async () => {
    till.store.putCashier({ id: "m1", name: "王店长", role: "manager" }, "hash of m1");
    till.store.putCashier({ id: "c1", name: "林小雨", role: "cashier" }, "hash of c1");
    await put(
      { kind: "person", id: "c1", value: { name: "林小雨", role: "manager" } },
      { kind: "person", id: "c9", value: { name: "陈晨", role: "cashier" } },
    );
    await till.enrol(office);
    await until("they are here", () => names().length === 3);
    expect(names()).toEqual([
      ["c1", true],
      ["c9", false],
      ["m1", true],
    ]);
    expect(till.changes).toContain("people");
    await put({ kind: "person", id: "c1", value: null });
    till.sync.now();
    await until("one is gone", () => names().length === 2);
    // Whoever head office never knew is the shop's own and stays.
    expect(names()).toEqual([
      ["c9", false],
      ["m1", true],
    ]);
  });

  it("takes no PIN away from the last manager: without one nobody could ever get a PIN", async () => {
    till.store.putCashier({ id: "m1", name: "王店长", role: "manager" }, "hash of m1");
    await put({ kind: "person", id: "m1", value: { name: "王店长", role: "manager" } });
    await till.enrol(office);
    await until("it is taken", () => till.store.sync.feedRev("people") === 1);
    await put(
      { kind: "person", id: "m1", value: null },
      { kind: "person", id: "m2", value: { name: "新", role: "manager" } },
    );
    till.sync.now();
    await until("the new one is here", () => names().some(([id]) => id === "m2"));
    expect(names()).toEqual([
      ["m1", true],
      ["m2", false],
    ]);
    till.store.setPin("m2", "hash of m2", { kind: "pin-set", body: { cashierId: "m2", by: "m1" } });
    expect(names()).toEqual([["m2", true]]);
  });

  it("keeps the shop's settings, and forgets those that are taken back", async () => {
    await put({ kind: "setting", id: "store.footerZh", value: { value: "欢迎" } });
    await till.enrol(office);
    await until("it is here", () => till.store.sync.officeSettings().get("store.footerZh") === "欢迎");
    expect(till.changes).toContain("shop");
    await put({ kind: "setting", id: "store.footerZh", value: null });
    till.sync.now();
    await until("it is gone", () => till.store.sync.officeSettings().size === 0);
  });

  it("changes nothing where somebody on the way has changed a price: the signature does not fit", async () => {
    await put({ kind: "item", id: "A1", value });
    let altered = 0;
    till.tamper = async (wire) => {
      const answer = await askOffice(wire);
      if (!answer.ok || !wire.target.startsWith("/v1/feed/catalog")) return answer;
      altered += 1;
      const bytes = Buffer.from(answer.value.bytes.toString().replace('"priceFen":200', '"priceFen":1'));
      return ok({ ...answer.value, bytes });
    };
    await till.enrol(office);
    await until("it was tried", () => altered >= 2);
    expect(till.catalog.itemCount()).toBe(0);
    expect(till.catalog.feed.rev()).toBe(0);
    till.tamper = null;
    till.sync.now();
    await until("the real one is here", () => till.catalog.findBySku("A1")?.priceFen === 200);
  });
});
