import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportStanding } from "#contract/ipc/catalog-intents.ts";
import { createWorker, type Worker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import type { WorkerProcess } from "#main/jobs/worker-process.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { until } from "#tests/support/poll.ts";
import { createImportDesk, type OpenImportDesk } from "./create-import-desk.ts";

/** Thousands of rows are written beside other suites. Milliseconds. */
const patienceMs = 90_000;
const machineClock: Clock = {
  now: Date.now,
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const ask = { columns: null, newCategories: "make", locale: "zh-CN" } as const;

let folder: string;
let catalog: OpenCatalogStore;
let worker: Worker;
let running: WorkerProcess[];
let lists: OpenImportDesk;
let applied: number;
/** What the manager chooses next. */
let chosen: string | null;
/** Switches of the worker's Node. */
let heap: readonly string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-import-"));
  const opened = openCatalogStore({ path: join(folder, "catalog.db") });
  if (!opened.ok) throw new Error(opened.fault.kind);
  catalog = opened.value;
  [running, applied, chosen, heap] = [[], 0, null, []];
  worker = createWorker({
    spawn() {
      const child = spawnNodeWorker(heap);
      running.push(child);
      return child;
    },
    ...{ clock: machineClock, log: () => {} },
  });
  lists = createImportDesk({
    ...{ worker, catalogDb: catalog.filled.path, chooseFile: () => Promise.resolve(chosen) },
    onApplied: () => (applied += 1),
    logFault: () => {},
  });
});
afterEach(() => {
  worker.stop();
  catalog.close();
  rmSync(folder, { recursive: true });
});

/** A list of goods under this name; what the manager chooses next. */
function list(rows: readonly string[], name = "list.csv"): void {
  chosen = join(folder, name);
  writeFileSync(chosen, `货号,名称,售价\n${rows.join("\n")}\n`);
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `S${at},商品${at},${at % 90}.50`);

async function standingIs<K extends ImportStanding["kind"]>(kind: K) {
  return until(
    `the import is ${kind}`,
    () => {
      const standing = lists.standing();
      return standing.kind === kind ? (standing as Extract<ImportStanding, { kind: K }>) : null;
    },
    patienceMs,
  );
}

async function checked(): Promise<void> {
  await lists.choose(ask);
  await standingIs("checked");
}

describe("A list of goods", () => {
  it("is checked when it is chosen, taken in when that is said, and only once", async () => {
    list(["A,茶,1.50", "B,糖,坏"]);
    await checked();
    expect(lists.standing()).toMatchObject({ fileName: "list.csv", list: { added: 1, wrong: 1 } });
    expect(catalog.itemCount()).toBe(0);
    expect(lists.apply("good", "zh-CN", "m1")).toBe(true);
    expect(lists.apply("good", "zh-CN", "m1")).toBe(false);
    await standingIs("applied");
    expect([catalog.itemCount(), applied, lists.apply("good", "zh-CN", "m1")]).toEqual([1, 1, false]);
    expect(catalog.editing.waitingNotes(10)).toMatchObject([
      { kind: "catalog-imported", body: { cashierId: "m1", added: 1, wrong: 1, mode: "good" } },
    ]);
  });

  it("that nobody chose, or that is at work, cannot be taken in", async () => {
    expect([lists.check(ask), lists.apply("all", "zh-CN", "m1")]).toEqual([false, false]);
    await lists.choose(ask);
    expect(lists.standing()).toEqual({ kind: "none" });
    list(many(3_000));
    await lists.choose(ask);
    expect([lists.check(ask), lists.apply("all", "zh-CN", "m1")]).toEqual([false, false]);
    await standingIs("checked");
  });

  it("that was cancelled while it was written is not there, not a row of it, and can be taken in anew", async () => {
    list(many(20_000));
    await checked();
    lists.apply("all", "zh-CN", "m1");
    await until("rows are written", () => ((lists.standing() as { share?: number }).share ?? 0) > 0.5, patienceMs);
    expect(lists.isImporting()).toBe(true);
    // Whoever reads meanwhile sees none of it.
    expect(catalog.itemCount()).toBe(0);
    lists.cancel();
    expect(await standingIs("failed")).toMatchObject({ why: "cancelled" });
    expect([catalog.itemCount(), catalog.editing.waitingNotes(1), applied]).toEqual([0, [], 0]);
    list(["A,茶,1.50"]);
    await checked();
    lists.apply("all", "zh-CN", "m1");
    await standingIs("applied");
    expect(catalog.itemCount()).toBe(1);
  });

  // A worker fights for its last megabyte for some seconds before it gives up, and there are two.
  const dyingMs = 180_000;
  it(
    "that takes more memory than the worker has ends with a word, takes nothing in, and the next list is read",
    { timeout: dyingMs },
    async () => {
      heap = ["--max-old-space-size=32"];
      list(many(900_000), "too-large.csv");
      await lists.choose(ask);
      expect(await standingIs("failed")).toMatchObject({ fileName: "too-large.csv", why: "failed" });
      // Two tries: it was the list and no bad moment.
      expect(running).toHaveLength(2);
      expect(catalog.itemCount()).toBe(0);
      heap = [];
      list(many(10));
      await lists.choose(ask);
      expect(await standingIs("checked")).toMatchObject({ fileName: "list.csv" });
    },
  );

  it("whose worker dies in the middle of writing is in whole, by another worker, and noted once", async () => {
    list(many(6_000));
    await checked();
    lists.apply("all", "zh-CN", "m1");
    const first = running.at(-1);
    await until("rows are written", () => ((lists.standing() as { share?: number }).share ?? 0) > 0.5, patienceMs);
    expect(catalog.itemCount()).toBe(0);
    first?.kill();
    await standingIs("applied");
    expect(catalog.itemCount()).toBe(6_000);
    expect(catalog.editing.waitingNotes(10)).toHaveLength(1);
    expect(running.length).toBeGreaterThan(1);
  });

  it("that is gone or changed since it was checked is not taken in", async () => {
    list(["A,茶,1.50"]);
    await checked();
    list(["A,茶,15000"]);
    lists.apply("all", "zh-CN", "m1");
    expect(await standingIs("failed")).toMatchObject({ why: "file-changed" });
    await checked();
    rmSync(chosen ?? "");
    lists.apply("all", "zh-CN", "m1");
    expect(await standingIs("failed")).toMatchObject({ why: "unreadable-file" });
    expect(catalog.itemCount()).toBe(0);
  });

  it("is forgotten when it is discarded", async () => {
    list(["A,茶,1.50"]);
    await checked();
    lists.discard();
    expect(lists.standing()).toEqual({ kind: "none" });
    expect(lists.apply("all", "zh-CN", "m1")).toBe(false);
    expect(await lists.writeReport(join(folder, "report.csv"), "en")).toEqual({ ok: false, fault: "no-import" });
  });

  it.each(["csv", "xlsx"] as const)("written as %s says nothing new when it is taken in again", async (format) => {
    const odd = ["=1+1", "'引号", '一"二,三', "-5℃ 冰棍", "＠全角", "0012"];
    await catalog.importItems(
      odd.map((nameZh, at) => ({
        item: {
          ...{ sku: `00${at}`, nameZh, nameEn: `=${at}`, categoryId: "c1", unit: at === 0 ? "kg" : "piece" },
          ...{ priceFen: (at * 12_345) as never, taxClass: "food", scaleCode: at === 0 ? "00012" : null },
          isFavourite: at === 1,
        },
        barcodes: [{ barcode: `6901234567${at}`, count: 1 }, ...(at === 2 ? [{ barcode: "PK-2", count: 24 }] : [])],
      })),
      () => {},
    );
    catalog.importCategories([{ id: "c1", nameZh: "=饮料", nameEn: "Drinks", colour: 0 }]);
    chosen = join(folder, `goods.${format}`);
    expect(await lists.exportTo(chosen, format, "en")).toEqual({ ok: true, value: odd.length });
    await checked();
    expect(lists.standing()).toMatchObject({
      list: { refusal: null, format, unchanged: odd.length, added: 0, changed: 0, wrong: 0, faults: [] },
    });
  });
});
