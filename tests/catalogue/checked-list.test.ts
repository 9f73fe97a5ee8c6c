import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportJob } from "#contract/worker/catalog-messages.ts";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { type ListImporter, listImporter } from "#main/worker/catalogue/import-list.ts";
import type { Hands } from "#main/worker/workbench.ts";

const code = "6901234567892";
let folder: string;
let base: Omit<ImportJob, "mode">;
let shop: OpenCatalogStore;
let lists: ListImporter;
/** How far each piece of work said that it was. Judging is the first half, writing the second. */
let shares: number[];
const hands: Hands = {
  pause: async (share) => void shares.push(share),
  check: (share) => void shares.push(share),
  give: async () => {},
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-checked-"));
  base = {
    ...{ kind: "import-items", file: join(folder, "list.csv"), catalogDb: join(folder, "catalog.db"), sha256: null },
    ...{ columns: null, newCategories: "make", report: null, locale: "zh-CN", cashierId: "m" },
  };
  const rows = Array.from({ length: 2_000 }, (_, at) => `A${at},货${at},饮料,1.00,${at === 0 ? code : ""}`);
  writeFileSync(base.file, ["货号,名称,分类,售价,条码", ...rows].join("\n"));
  const opened = openCatalogStore({ path: base.catalogDb });
  if (!opened.ok) throw new Error(opened.fault.kind);
  shop = opened.value;
  lists = listImporter();
  shares = [];
});
afterEach(() => {
  lists.close();
  shop.close();
  rmSync(folder, { recursive: true });
});

async function run(mode: ImportJob["mode"]) {
  const done = await lists.run({ ...base, mode }, hands);
  if (!done.ok) throw new Error(JSON.stringify(done.fault));
  return done.value;
}

/** Somebody else's item that is sold under the code of the list's first row. */
async function takeCode(): Promise<void> {
  const item: Item = {
    ...{ sku: "other", nameZh: "别的", nameEn: "", categoryId: "c", unit: "piece", priceFen: fen(100) },
    ...{ taxClass: "standard", scaleCode: null, isFavourite: false },
  };
  await shop.importItems([{ item, barcodes: [{ barcode: code, count: 1 }] }], () => {});
}

describe("a list that was checked", () => {
  it("is taken in without being judged once more", async () => {
    expect(await run("check")).toMatchObject({ added: 2_000, wrong: 0, isApplied: false });
    expect(shares.some((share) => share > 0 && share < 0.5)).toBe(true);
    shares = [];
    expect(await run("all")).toMatchObject({ added: 2_000, isApplied: true });
    expect(shares.some((share) => share > 0 && share < 0.5)).toBe(false);
    expect(shop.itemCount()).toBe(2_000);
  });

  it("is judged again where somebody has written to the catalogue since", async () => {
    expect(await run("check")).toMatchObject({ wrong: 0 });
    await takeCode();
    expect(await run("all")).toMatchObject({ wrong: 1, refusal: { kind: "bad-rows" }, isApplied: false });
    expect(shop.itemCount()).toBe(1);
    expect(await run("good")).toMatchObject({ added: 1_999, wrong: 1, isApplied: true });
    expect(shop.browser.skuOfBarcode(code)).toBe("other");
  });

  it("is judged again where it is to be taken in otherwise than it was checked", async () => {
    expect(await run("check")).toMatchObject({ wrong: 0 });
    base = { ...base, newCategories: "refuse" };
    expect(await run("all")).toMatchObject({ wrong: 2_000, isApplied: false });
  });

  it("is judged again after it was taken in: everything is as it was", async () => {
    await run("check");
    await run("all");
    expect(await run("all")).toMatchObject({ added: 0, changed: 0, unchanged: 2_000, isApplied: true });
  });

  it("is judged again where the file has other bytes", async () => {
    await run("check");
    writeFileSync(base.file, "货号,名称,分类,售价\nB1,别的货,饮料,1.00");
    expect(await run("all")).toMatchObject({ added: 1, isApplied: true });
  });
});
