import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedItem, FeedRow } from "#contract/wire/feed.ts";
import { judgePage, rowsOfPage } from "./read-page.ts";

const value: FeedItem = {
  ...{ nameZh: "农夫山泉", nameEn: "Spring water", categoryId: "drinks", unit: "piece", priceFen: 200 },
  ...{ taxClass: "general", scaleCode: null, isFavourite: false, pricesFrom: [] },
  barcodes: [{ barcode: "012345678905", count: 1 }],
};
const item = (id: string, rev: number): FeedRow => ({ kind: "item", id, rev, value });
const bytes = (page: object): Uint8Array => Buffer.from(JSON.stringify(page));
const page = { scope: "catalog", rows: [item("A1", 3), item("A2", 5)], through: 5, head: 9, liveCount: 4 };

describe("a page of the catalogue", () => {
  it("comes with how its names are spoken, and with its checkpoint", async () => {
    const judged = await judgePage({ after: 2, json: bytes(page) });
    if (!judged.ok) throw new Error(judged.fault);
    expect(judged.value).toMatchObject({ through: 5, head: 9, liveCount: 4 });
    const rows = rowsOfPage(bytes(page), judged.value);
    expect(rows.map(({ row }) => row)).toEqual(page.rows);
    expect(rows.map(({ sound }) => sound)).toEqual(["nong fu shan quan", "nong fu shan quan"]);
  });

  it.each([
    ["of another scope", { ...page, scope: "people" }],
    ["that begins before what was asked for", { ...page, rows: [item("A1", 2), item("A2", 5)] }],
    ["with a row twice", { ...page, rows: [item("A1", 3), item("A1", 3)] }],
    ["whose rows are out of order", { ...page, rows: [item("A1", 5), item("A2", 3)] }],
    ["with a row beyond its checkpoint", { ...page, through: 4 }],
    ["that goes backwards", { ...page, rows: [], through: 1, head: 9 }],
    ["whose checkpoint is beyond the head", { ...page, head: 4 }],
    ["that skips without a row", { ...page, rows: [], through: 5, head: 9 }],
    ["with something more in it", { ...page, more: 1 }],
    [
      "with a price that is no whole fen",
      { ...page, rows: [{ ...item("A1", 3), value: { ...value, priceFen: 0.5 } }] },
    ],
  ])("is refused %s", async (_, wrong) => {
    expect((await judgePage({ after: 2, json: bytes(wrong) })).ok).toBe(false);
  });

  it("is refused for any bytes that are none, and never throws", async () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.jsonValue().map((json) => bytes({ json })),
    );
    await fc.assert(
      fc.asyncProperty(any, async (json) => {
        expect((await judgePage({ after: 0, json })).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
