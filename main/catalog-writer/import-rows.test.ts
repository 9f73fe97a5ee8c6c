import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { type OpenCatalogStore, openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { until } from "#tests/support/poll.ts";
import { type CatalogWriter, createCatalogWriter } from "./create-catalog-writer.ts";
import { spawnNodeWriter } from "./testing-writer.ts";

let directory: string;
let store: OpenCatalogStore;
let writer: CatalogWriter;
let pids: number[];

const clock = {
  now: Date.now,
  after(ms: number, callback: () => void) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-import-"));
  const opened = openCatalogStore({ path: join(directory, "catalog.db") });
  if (!opened.ok) throw new Error(opened.fault.kind);
  store = opened.value;
  pids = [];
  writer = createCatalogWriter({
    catalog: store.filled,
    spawn(path) {
      const child = spawnNodeWriter(path);
      if (child.pid !== undefined) pids.push(child.pid);
      return child;
    },
    ...{ clock, log: () => {} },
  });
});
afterEach(() => {
  writer.stop();
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

function row(index: number, changes: Partial<ImportRow["item"]> = {}): ImportRow {
  const names = { nameZh: `农夫山泉${index}`, nameEn: "Spring water", categoryId: "drinks" };
  const item = { sku: `S${index}`, ...names, unit: "piece", priceFen: fen(200), taxClass: "general" } as const;
  return {
    item: { ...item, scaleCode: null, isFavourite: false, ...changes },
    barcodes: [{ barcode: `69${String(index).padStart(10, "0")}`, count: 1 }],
  };
}
const rows = (count: number): readonly ImportRow[] => Array.from({ length: count }, (_, index) => row(index));

describe("an import through the catalogue's writer", () => {
  it("brings every row, tells how far it is, and has the names indexed afterwards", async () => {
    const seen: number[] = [];
    expect(await writer.importRows(rows(1_200), (done) => seen.push(done))).toEqual({
      ok: true,
      value: { itemCount: 1_200, movedBarcodes: [] },
    });
    expect([seen, store.itemCount(), store.findBySku("S1199")?.nameZh]).toEqual([
      [500, 1_000, 1_200],
      1_200,
      "农夫山泉1199",
    ]);
    await until("its names are indexed", () => store.isIndexed());
    expect(store.search("nfsq", 5)).toHaveLength(5);
    expect(store.search("农夫山泉1199", 1)[0]?.sku).toBe("S1199");
  });

  it("replaces items that are known, names the codes that moved, and has nothing indexed again for a price alone", async () => {
    await writer.importRows(rows(3), () => {});
    const moving = { ...row(7), barcodes: row(1).barcodes };
    const dearer = row(2, { priceFen: fen(900) });
    expect(await writer.importRows([dearer, moving], () => {})).toEqual({
      ok: true,
      value: { itemCount: 2, movedBarcodes: [{ barcode: "690000000001", fromSku: "S1", toSku: "S7" }] },
    });
    expect([store.findBySku("S2")?.priceFen, store.findByBarcode("690000000001")?.item.sku]).toEqual([900, "S7"]);
  });

  it("says what is in where its process is killed, and brings the same rows again afterwards", async () => {
    const all = rows(3_000);
    const importing = writer.importRows(all, (done) => {
      const pid = pids[0];
      if (done === 1_000 && pid !== undefined) process.kill(pid, "SIGKILL");
    });
    const stopped = await importing;
    expect(stopped).toMatchObject({ ok: false, fault: { kind: "import-stopped" } });
    expect(stopped.ok ? 0 : stopped.fault.itemCount).toBeLessThanOrEqual(store.itemCount());
    expect(store.itemCount() % 500).toBe(0);
    expect(await writer.importRows(all, () => {})).toMatchObject({ ok: true, value: { itemCount: 3_000 } });
    expect(store.itemCount()).toBe(3_000);
  });

  it("refuses rows that are no items, and writes none of their batch", async () => {
    const bad = row(2, { nameZh: "" });
    expect(await writer.importRows([row(1), bad], () => {})).toMatchObject({
      ok: false,
      fault: { itemCount: 0, detail: expect.stringContaining("1.value.nameZh") },
    });
    expect(store.itemCount()).toBe(0);
  });
});
