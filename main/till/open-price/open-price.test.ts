import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { chips, ean13, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* Goods whose price the cashier types, on a till with real stores. */

const flowers = ean13("690100000077");
const item: Item = {
  ...{ sku: "flowers", nameZh: "鲜花", nameEn: "Flowers", categoryId: "all", unit: "piece", priceFen: fen(2_000) },
  ...{ taxClass: "general", scaleCode: null, isFavourite: true },
  openPrice: { minFen: fen(500), maxFen: fen(20_000) },
};

let bench: TillBench;
let catalog: OpenCatalogStore;

const fill = (): Promise<unknown> =>
  catalog.importItems([{ item, barcodes: [{ barcode: flowers, count: 1 }] }], () => {});

beforeEach(async () => {
  bench = await openTillBench({
    goods(own) {
      catalog = own;
      return null;
    },
  }).atWork();
  await fill();
});
afterEach(() => bench.close());

const lines = () =>
  bench.shown.sale.lines.map(({ nameZh, unitPriceFen, quantity, isTypedPrice }) => {
    return [nameZh, unitPriceFen, quantity, isTypedPrice === true];
  });
const typePrice = (priceFen: number) => bench.send("type-price", { priceFen });

describe("goods with an open price", () => {
  it.each([
    ["scanned", () => bench.scan(flowers)],
    ["found by name", () => bench.must("add-item", { sku: "flowers", quantity: 1_000, by: "search" })],
    ["tapped", () => bench.must("add-item", { sku: "flowers", quantity: 1_000, by: "tile" })],
  ])("%s wait for their price and are never rung up at the catalogue's", async (_, add) => {
    await add();
    expect(lines()).toEqual([]);
    expect(bench.shown.askedPrice).toEqual({
      ...{ nameZh: "鲜花", nameEn: "Flowers", quantity: 1_000, usualFen: 2_000, minFen: 500, maxFen: 20_000 },
    });
    expect(await typePrice(4_500)).toEqual({ ok: true, value: null });
    expect([lines(), bench.shown.askedPrice]).toEqual([[["鲜花", 4_500, 1_000, true]], null]);
  });

  it("refuse a price outside their limits with what can be typed, and go on waiting", async () => {
    await bench.scan(flowers);
    const fault = { kind: "price-outside-limits", minFen: 500, maxFen: 20_000 };
    for (const priceFen of [0, 499, 20_001]) expect(await typePrice(priceFen)).toEqual({ ok: false, fault });
    expect([lines(), bench.shown.askedPrice?.nameZh]).toEqual([[], "鲜花"]);
    await bench.must("leave-price", {});
    expect([lines(), bench.shown.askedPrice]).toEqual([[], null]);
    expect(await typePrice(1_000)).toEqual({ ok: false, fault: { kind: "no-price-asked" } });
  });

  it("count what was typed before the scan, at one price each, and merge only with the same price", async () => {
    await bench.must("set-multiplier", { quantity: 3_000 });
    await bench.scan(flowers);
    await typePrice(1_000);
    await bench.scan(flowers);
    await typePrice(1_000);
    await bench.scan(flowers);
    await typePrice(1_500);
    expect(lines()).toEqual([
      ["鲜花", 1_000, 4_000, true],
      ["鲜花", 1_500, 1_000, true],
    ]);
  });

  it("let other goods be scanned beside them, and say so where the same are scanned again", async () => {
    await bench.scan(flowers);
    await bench.scan(chips);
    await bench.scan(flowers);
    expect(lines()).toEqual([["乐事薯片 原味", 1_000, 1_000, false]]);
    expect(bench.shown.notices.map((notice) => ("fault" in notice ? notice.fault : notice.kind))).toEqual([
      "price-asked",
    ]);
    expect(await bench.send("take-payment", {})).toEqual({ ok: false, fault: { kind: "price-asked" } });
    await typePrice(800);
    expect(lines()).toHaveLength(2);
  });

  it("wait no longer once the till is locked or the sale is put aside", async () => {
    await bench.scan(flowers);
    await bench.must("lock-screen", {});
    expect(bench.shown.askedPrice).toBeNull();
  });

  it("keep their price when held, after a power cut, on the receipt and in the journal, and give it back", async () => {
    await bench.scan(flowers);
    await typePrice(4_500);
    await bench.must("hold-sale", { label: "花" });
    const { saleId } = bench.shown.held[0] ?? { saleId: "" };
    await bench.must("recall-sale", { saleId });
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(lines()).toEqual([["鲜花", 4_500, 1_000, true]]);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 5_000 });
    const sale = bench.sales()[0];
    expect(sale?.lines[0]).toMatchObject({ sku: "flowers", unitPriceFen: 4_500, netFen: 4_500, isTypedPrice: true });
    const printed = JSON.stringify(bench.store.dayTotals(sale?.businessDate ?? ""));
    expect(printed).toContain("4500");
    const plan = await bench.send("plan-return", {
      ...{ saleId: sale?.saleId ?? "", lines: [{ lineNumber: 1, quantity: 1_000 }] },
    });
    expect(plan).toMatchObject({ ok: true, value: { amountFen: 4_500 } });
  });

  it("that are weighed by now, or have no such price any more, are rung up as ever", async () => {
    const { openPrice: _, ...plain } = item;
    await catalog.importItems([{ item: plain, barcodes: [{ barcode: flowers, count: 1 }] }], () => {});
    await bench.scan(flowers);
    expect(lines()).toEqual([["鲜花", 2_000, 1_000, false]]);
  });
});
