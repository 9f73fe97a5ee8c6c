import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { FeedItem } from "#contract/wire/feed.ts";
import { demoPeople } from "#main/settings/first-people.ts";
import type { FeedChange } from "../feed/feed-change.ts";
import { putRows } from "../feed/put-rows.ts";
import { openStore } from "../store/open-store.ts";
import type { Sql } from "../store/sql.ts";
import { fillShop } from "./fill-shop.ts";
import { putShop } from "./shops.ts";
import { readStoreFolder } from "./store-folder.ts";

const demoStore = fileURLToPath(new URL("../../resources/demo-store", import.meta.url));

let directory: string;
let sql: Sql;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "tillway-fill-"));
  const opened = await openStore({ kind: "sqlite", path: join(directory, "office.db") });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  sql = opened.value;
  await sql.transaction((tx) => putShop(tx, { storeCode: "D001", nameZh: "店", nameEn: "Shop" }));
});
afterEach(async () => {
  await sql.close();
  rmSync(directory, { recursive: true, force: true });
});

function read(from: string) {
  const folder = readStoreFolder(from);
  if (!folder.ok) throw new Error(folder.fault);
  return folder.value;
}
const count = async (where: string) =>
  Number((await sql.first<{ n: number }>(`SELECT count(*) AS n FROM feed_rows WHERE ${where}`))?.n);

const item = (id: string, ...barcodes: readonly string[]): FeedChange => {
  const value: FeedItem = {
    ...{ nameZh: "水", nameEn: "Water", categoryId: "drinks", unit: "piece", priceFen: 200, taxClass: "general" },
    ...{ scaleCode: null, isFavourite: false, pricesFrom: [] },
    barcodes: barcodes.map((barcode) => ({ barcode, count: 1 })),
  };
  return { kind: "item", id, value };
};

it("gives a new shop the demo store's goods and the people its till begins with, once", async () => {
  const folder = read(demoStore);
  expect(folder.people).toEqual(demoPeople.map(({ cashier: { id, ...value } }) => ({ kind: "person", id, value })));
  const rows = folder.catalog.length + folder.people.length;
  expect(rows).toBeGreaterThan(2_200);
  expect(await fillShop(sql, "D001", folder, 1_000)).toEqual({ ok: true, value: rows });
  expect(await count("scope = 'catalog'")).toBe(folder.catalog.length);
  expect(await count("kind = 'person'")).toBe(2);

  // What the office changes afterwards is not undone by a second time.
  await sql.transaction((tx) => putRows(tx, "D001", [item("100001")], 2_000));
  expect(await fillShop(sql, "D001", folder, 3_000)).toEqual({ ok: true, value: 0 });
  expect(await count("id = '100001' AND changed_ms = 2000")).toBe(1);
});

it("writes nothing where there is no such shop or a barcode stands at two items", async () => {
  const people: readonly FeedChange[] = [];
  expect(await fillShop(sql, "D002", { catalog: [item("A", "1")], people }, 1)).toEqual({
    ...{ ok: false, fault: { kind: "no-such-shop" } },
  });
  expect(await fillShop(sql, "D001", { catalog: [item("A", "1"), item("B", "2", "1")], people }, 1)).toEqual({
    ...{ ok: false, fault: { kind: "barcode-twice", barcode: "1" } },
  });
  expect(await count("1 = 1")).toBe(0);
});

it("says where in a folder something is wrong", () => {
  const from = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return readStoreFolder(directory);
  };
  expect(readStoreFolder(directory)).toEqual({ ok: false, fault: expect.stringContaining("categories.json") });
  expect(from("categories.json", "[")).toEqual({
    ok: false,
    fault: expect.stringContaining("categories.json: not JSON"),
  });
  expect(from("categories.json", "[]")).toEqual({ ok: false, fault: expect.stringContaining("items.jsonl") });
  const right = { sku: "1", zh: "水", en: "Water", category: "c", unit: "piece", barcodes: [], taxClass: "general" };
  const lines = [
    { ...right, priceFen: 1 },
    { ...right, priceFen: 1.5 },
  ]
    .map((line) => JSON.stringify(line))
    .join("\n");
  expect(from("items.jsonl", lines)).toEqual({
    ok: false,
    fault: expect.stringMatching(/items\.jsonl:2: [^]*priceFen/),
  });
  expect(from("items.jsonl", "")).toEqual({ ok: false, fault: expect.stringContaining("people.json") });
  expect(from("people.json", "[]")).toEqual({ ok: true, value: { catalog: [], people: [] } });
});
