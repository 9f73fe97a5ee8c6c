import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { promotion } from "#core/promotion/testing-basket.ts";
import { openCatalogStore, type OpenCatalogStore } from "./open-catalog-store.ts";

let directory: string;
let store: OpenCatalogStore;

function open(): OpenCatalogStore {
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-promotions-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const half = promotion("half", { kind: "nth-off", every: 2, basisPoints: 5_000 });
const tenth = promotion("tenth", { kind: "percent-off", basisPoints: 1_000 });

it("keeps promotions over a restart, in the order they were added, changed ones in their place", () => {
  store.promotions.put(half);
  store.promotions.put(tenth);
  store.promotions.put({ ...half, nameEn: "Second at half" });
  store.close();
  store = open();
  expect(store.promotions.list()).toEqual([{ ...half, nameEn: "Second at half" }, tenth]);
  expect(store.promotions.prepared().all.map(({ id }) => id)).toEqual(["half", "tenth"]);
});

it("forgets one that was ended, for good", () => {
  store.promotions.put(half);
  store.promotions.end("half", 1);
  store.promotions.put(half);
  expect(store.promotions.list()).toEqual([]);
  expect([store.promotions.wasEnded("half"), store.promotions.wasEnded("tenth")]).toEqual([true, false]);
});

it("leaves out what is no promotion of this version, and sells on with the others", () => {
  store.promotions.put(half);
  store.promotions.put(tenth);
  store.close();
  const file = new Database(join(directory, "catalog.db"));
  file.prepare("UPDATE promotions SET body = ? WHERE promotion_id = 'half'").run('{"id":"half","deal":{"kind":"new"}}');
  file.prepare("INSERT INTO promotions (promotion_id, place, body) VALUES ('torn', 9, '{')").run();
  file.close();
  store = open();
  expect(store.promotions.list()).toEqual([tenth]);
});
