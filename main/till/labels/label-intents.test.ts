import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { createCatalogDesk, type OpenCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import type { TillBenchOptions } from "#tests/support/till-bench-options.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
let desks: OpenCatalogDesk[];
let isImporting: boolean;

const goods: NonNullable<TillBenchOptions["goods"]> = (catalog) => {
  const desk = createCatalogDesk({ catalog, isImporting: () => isImporting });
  desks.push(desk);
  const nothingRuns = { run: () => Promise.reject(new Error("no list is read here")), stop: () => {} };
  const lists = createImportDesk({
    ...{ worker: nothingRuns, catalogDb: catalog.filled.path, chooseFile: () => Promise.resolve(null) },
    ...{ onApplied: () => {}, logFault: () => {} },
  });
  return { desk, lists };
};

async function open(options: TillBenchOptions = {}): Promise<void> {
  [desks, isImporting] = [[], false];
  bench = await openTillBench({ goods, ...options }).atWork();
  await as(people.manager);
}
const close = (): void => {
  for (const desk of desks) desk.close();
  bench.close();
};
beforeEach(() => open());
afterEach(close);

async function as({ id, pin }: { readonly id: string; readonly pin: string }): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: id, pin });
}

type From = IntentArgs<"labels">["from"];
const labels = (from: From) => bench.must("labels", { from });
const skus = async (from: From) => (await labels(from)).labels.map(({ sku }) => sku).toSorted();

async function price(sku: string, priceFen: number): Promise<void> {
  const item = await bench.must("catalog-item", { sku });
  await bench.must("save-item", { isNew: false, item: { ...item, codes: [...item.codes], priceFen } });
}

describe("Labels", () => {
  it("are a manager's to print", async () => {
    await as(people.cashier);
    const asked = [
      await bench.send("labels", { from: { by: "due" } }),
      await bench.send("labels-scanned", {}),
      await bench.send("label-paper", { labels: [{ sku: "cola", copies: 1 }] }),
      await bench.send("print-labels", { labels: [{ sku: "cola", copies: 1 }] }),
      await bench.send("labels-printed", { labels: [] }),
      await bench.send("forget-labels", {}),
    ];
    for (const answer of asked) expect(answer).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    await bench.must("sign-out", {});
    expect(await bench.send("forget-labels", {})).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
  });

  it("of goods whose price a manager changes are due until they are said to hang", async () => {
    await bench.must("forget-labels", {});
    await price("cola", 420);
    const due = await labels({ by: "due" });
    expect(due).toMatchObject({ dueCount: 1, hasMore: false, stripColumns: 48, paperLocale: "zh-CN" });
    expect(due.labels).toMatchObject([{ sku: "cola", priceFen: 420, barcode: cola, unitPrice: { per: "100ml" } }]);
    const [label] = due.labels;
    const hung = [{ sku: "cola", changedAtMs: label?.changedAtMs ?? 0 }];
    expect(await bench.must("labels-printed", { labels: hung })).toEqual({ dueCount: 0 });
    expect(await skus({ by: "due" })).toEqual([]);
  });

  it("are found by category, by text, and by the shop's day of their last change", async () => {
    expect(await skus({ by: "category", categoryId: "all" })).toEqual(["apple", "chips", "cola", "melon"]);
    expect(await skus({ by: "text", text: "可口" })).toEqual(["cola"]);
    await bench.must("forget-labels", {});
    await price("cola", 420);
    expect(await skus({ by: "changed", since: "2020-01-01" })).toEqual(["cola"]);
    // The file's own clock, which is the machine's.
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect(await skus({ by: "changed", since: tomorrow })).toEqual([]);
  });

  it("carry the promotion that is on", async () => {
    await bench.must("save-promotion", {
      promotion: {
        ...{ id: "p1", nameZh: "特价", nameEn: "Special", isMemberOnly: false, coupon: null },
        deal: { kind: "fixed-price", priceFen: 300 },
        scope: { kind: "some", skus: ["cola"], categoryIds: [] },
        schedule: { fromDate: null, toDate: null, weekdays: [], hours: null },
      },
    });
    expect((await labels({ by: "text", text: "可口" })).labels).toMatchObject([
      { priceFen: 350, offer: { nameZh: "特价", priceFen: 300 } },
    ]);
  });

  it("are collected by scanning while the page asks for them, and sold by a scan again when it does not", async () => {
    expect(await bench.must("labels-scanned", {})).toEqual([]);
    await bench.scan(cola);
    await bench.scan(chips);
    await bench.scan(cola);
    expect((await bench.must("labels-scanned", {})).map(({ sku }) => sku)).toEqual(["cola", "chips", "cola"]);
    expect(await bench.must("labels-scanned", {})).toEqual([]);
    expect(bench.shown.sale.lines).toEqual([]);
    await bench.clock.advance(3_000);
    await bench.scan(cola);
    expect(bench.shown.sale.lines).toHaveLength(1);
    expect(await bench.must("labels-scanned", {})).toEqual([]);
  });

  it("answer an unknown code while they are collected as ever", async () => {
    await bench.must("labels-scanned", {});
    await bench.scan("6999999999997");
    expect(bench.shown.notices).toMatchObject([{ kind: "unknown-barcode" }]);
  });

  it("print as one strip in the queue, each as often as it is wanted", async () => {
    await bench.must("print-labels", {
      labels: [
        { sku: "cola", copies: 2 },
        { sku: "apple", copies: 1 },
      ],
    });
    expect(bench.store.recentPrintJobs(1)).toMatchObject([{ kind: "labels", saleNumber: null, state: "printed" }]);
    const { lines } = await bench.must("label-paper", { labels: [{ sku: "cola", copies: 2 }] });
    expect(lines.filter(({ kind }) => kind === "barcode")).toEqual([1, 2].map(() => ({ kind: "barcode", text: cola })));
  });

  it("of goods that are gone print nothing", async () => {
    const labelsOfGone = [
      { sku: "cola", copies: 1 },
      { sku: "gone", copies: 1 },
    ];
    expect(await bench.send("print-labels", { labels: labelsOfGone })).toMatchObject({
      fault: { kind: "no-such-item" },
    });
    expect(bench.store.recentPrintJobs(1)).toEqual([]);
  });

  it("stay due while a list is written", async () => {
    isImporting = true;
    expect(await bench.send("forget-labels", {})).toMatchObject({ fault: { kind: "catalog-busy" } });
    isImporting = false;
    expect(await bench.must("forget-labels", {})).toEqual({ dueCount: 0 });
  });

  it("have no strip where there is no printer, and say so", async () => {
    close();
    await open({ config: { devices: {} as never } });
    const wanted = { labels: [{ sku: "cola", copies: 1 }] };
    expect((await labels({ by: "due" })).stripColumns).toBeNull();
    expect(await bench.send("print-labels", wanted)).toMatchObject({ fault: { kind: "no-printer" } });
    expect((await bench.must("label-paper", wanted)).columns).toBe(48);
  });
});
