import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createWorker } from "#main/jobs/create-worker.ts";
import { spawnNodeWorker } from "#main/jobs/testing-worker.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { realClock } from "#tests/support/device-host.ts";
import { createWatchedGoods } from "./watched-goods.ts";

function openShop(newCategories: "make" | "refuse" = "make", catalogFile = "catalog.db") {
  const home = mkdtempSync(join(tmpdir(), "tillway-goods-"));
  const opened = openCatalogStore({ path: join(home, "catalog.db") });
  if (!opened.ok) throw new Error(opened.fault.kind);
  const catalog = opened.value;
  const worker = createWorker({ spawn: () => spawnNodeWorker(), clock: realClock, log: () => {} });
  onTestFinished(() => {
    worker.stop();
    catalog.close();
    rmSync(home, { recursive: true, force: true });
  });
  const folder = mkdtempSync(join(home, "in-"));
  const told = { applied: 0, log: [] as string[] };
  const goods = createWatchedGoods({
    ...{
      config: { folder, newCategories },
      worker,
      catalogDb: join(home, catalogFile),
      locale: "en",
      clock: realClock,
    },
    onApplied() {
      catalog.filled.lookAgain();
      told.applied += 1;
    },
    log: (what, { why }) => void told.log.push(what === unread ? `${what}: ${why}` : what),
  });
  const list = (name: string, rows: readonly string[]): void =>
    writeFileSync(join(folder, name), `货号,名称,售价\n${rows.join("\n")}\n`);
  const names = (part: string): readonly string[] => readdirSync(join(folder, part)).toSorted();
  const priceOf = (sku: string) => catalog.findBySku(sku)?.priceFen ?? null;
  return { folder, home, goods, told, list, names, priceOf };
}

const unread = "a list of goods was not taken in";

describe("lists of goods in a folder", () => {
  it("are taken in once they have stopped changing, and put away", async () => {
    const { folder, goods, told, list, names, priceOf } = openShop();
    list("goods.csv", ["S1,商品一,1.50"]);
    await goods.look();
    list("goods.csv", ["S1,商品一,2.50", "S2,商品二,3.00"]);
    await goods.look();
    expect(told.applied).toBe(0);
    await goods.look();
    expect(told.applied).toBe(1);
    expect([priceOf("S1"), priceOf("S2")]).toEqual([250, 300]);
    expect(names("done")).toEqual(["goods.csv"]);
    expect(existsSync(join(folder, "goods.csv"))).toBe(false);
    list("goods.csv", ["S1,商品一,2.80"]);
    await goods.look();
    await goods.look();
    expect(priceOf("S1")).toBe(280);
  });

  it("with one fault change nothing, and say beside them what is wrong", async () => {
    const { folder, goods, told, list, names, priceOf } = openShop();
    list("goods.csv", ["S1,商品一,1.50", "S2,商品二,three"]);
    await goods.look();
    await goods.look();
    expect({ applied: told.applied, S1: priceOf("S1"), failed: names("failed") }).toEqual({
      ...{ applied: 0, S1: null, failed: ["goods.csv", "goods.csv.faults.csv"] },
    });
    expect(readFileSync(join(folder, "failed", "goods.csv.faults.csv"), "utf8")).toContain("three");
    expect(told.log).toEqual(["a list of goods has faults and was not taken in"]);
  });

  it("that cannot be read for another's fault lie where they were, are told once, and are taken in when it is gone", async () => {
    const { home, folder, goods, told, list, names } = openShop("make", "moved.db");
    writeFileSync(join(home, "moved.db"), "no catalogue");
    list("goods.csv", ["S1,商品一,1.50"]);
    for (let look = 1; look <= 8; look += 1) await goods.look();
    expect(told.log).toEqual([`${unread}: not read: catalog-closed`]);
    expect(existsSync(join(folder, "goods.csv"))).toBe(true);
    cpSync(join(home, "catalog.db"), join(home, "moved.db"));
    for (let look = 1; look <= 8; look += 1) await goods.look();
    expect([told.log.at(-1), names("done")]).toEqual(["a list of goods was taken in", ["goods.csv"]]);
  });

  it("that are no lists at all are put aside too, and other files are left alone", async () => {
    const { folder, goods, list, names, priceOf } = openShop();
    writeFileSync(join(folder, "empty.csv"), "");
    writeFileSync(join(folder, "readme.md"), "not a list");
    list("later.csv", ["S1,商品一,1.50"]);
    await goods.look();
    await goods.look();
    expect(names("failed")).toContain("empty.csv");
    expect(names("done")).toEqual(["later.csv"]);
    expect(priceOf("S1")).toBe(150);
    expect(existsSync(join(folder, "readme.md"))).toBe(true);
  });
});
