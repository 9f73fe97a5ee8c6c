import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { apples, chips, cola, colaSixPack, ean13, people, unknownItem } from "#tests/support/bench-shop.ts";
import { asManager, lastKinds, levelOf, levelsInFile, receive, sell } from "#tests/support/stock-bench.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const { manager } = people;
const word = { approvalPin: manager.pin };
let bench: TillBench;

beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

async function refusedBy(answer: Promise<{ readonly ok: boolean; readonly fault?: { readonly kind: string } }>) {
  const { ok, fault } = await answer;
  return ok ? "done" : fault?.kind;
}

describe("A level", () => {
  it("is unknown and never nothing until somebody counts or receives, however much is sold", async () => {
    await sell(bench, cola, colaSixPack);
    expect(await levelOf(bench, "cola")).toBeNull();
    expect(levelsInFile(bench)["cola"]).toEqual({ kept: -7_000, counted: -7_000, isKnown: false });
    await receive(bench, "cola", 24_000, "r1");
    expect(await levelOf(bench, "cola")).toBe(24_000);
    await sell(bench, colaSixPack);
    expect(await levelOf(bench, "cola")).toBe(18_000);
  });

  it("falls by the gram for what is weighed, and stands beside what a search finds", async () => {
    await receive(bench, "apple", 10_000, "r1");
    await bench.must("set-multiplier", { quantity: 845 });
    await sell(bench, apples);
    expect(await levelOf(bench, "apple")).toBe(9_155);
    const found = await bench.must("search-items", { text: "apple", limit: 5 });
    expect(found.items).toMatchObject([{ sku: "apple", levelMilli: 9_155, isLow: false }]);
    const others = await bench.must("search-items", { text: "chips", limit: 5 });
    expect(others.items[0]).not.toHaveProperty("levelMilli");
  });

  it("grows by what comes back, but not by what comes back damaged; the moves say both and lead to the sale", async () => {
    await receive(bench, "cola", 10_000, "r1");
    const saleId = await sell(bench, cola, cola, cola);
    await bench.must("return-outlook", { saleId });
    const lines = [{ lineNumber: 1, quantity: 1_000 }];
    for (const [requestId, condition] of [
      ["a", "back-to-stock"],
      ["b", "damaged"],
    ] as const) {
      const { amountFen } = await bench.must("plan-return", { saleId, lines });
      await bench.must("give-return", {
        ...{ requestId, saleId, amountFen, reason: "退货", ...word },
        lines: [{ lineNumber: 1, quantity: 1_000, condition }],
      });
    }
    expect(await levelOf(bench, "cola")).toBe(8_000);
    const moves = await bench.must("stock-moves", { sku: "cola", before: null, limit: 10 });
    expect(moves.map(({ kind, quantityMilli }) => [kind, quantityMilli])).toEqual([
      ["damaged", -1_000],
      ["return", 1_000],
      ["return", 1_000],
      ["sale", -3_000],
      ["received", 10_000],
    ]);
    expect(moves[3]).toMatchObject({ saleId, words: "T01-000001" });
    const [first] = moves;
    const older = await bench.must("stock-moves", {
      ...{ sku: "cola", limit: 2 },
      before: { position: first?.position ?? 0, part: first?.part ?? 0 },
    });
    expect(older).toEqual(moves.slice(1, 3));
  });

  it("is corrected once however often the key is pressed, with a reason and a manager's word", async () => {
    const wanted = { correctionId: "k1", sku: "cola", levelMilli: 12_000, reason: "破损" };
    expect(await refusedBy(bench.send("correct-stock", wanted))).toBe("approval-needed");
    await bench.must("correct-stock", { ...wanted, ...word });
    await sell(bench, cola);
    await bench.must("correct-stock", { ...wanted, ...word });
    expect(await levelOf(bench, "cola")).toBe(11_000);
    await bench.must("correct-stock", { ...wanted, correctionId: "k2", levelMilli: 9_000, ...word });
    expect(await levelOf(bench, "cola")).toBe(9_000);
    const moves = await bench.must("stock-moves", { sku: "cola", before: null, limit: 2 });
    expect(moves[0]).toMatchObject({ kind: "corrected", quantityMilli: -2_000, words: "破损" });
  });

  it("is low from its reorder point on; the list is printed and written, and is a manager's to set", async () => {
    expect(await refusedBy(bench.send("set-stock-item", { sku: "cola", isStocked: true, reorderMilli: 1 }))).toBe(
      "not-allowed",
    );
    await receive(bench, "cola", 7_000, "r1");
    await asManager(bench);
    await bench.must("set-stock-item", { sku: "cola", isStocked: true, reorderMilli: 6_000 });
    const ask = { show: "low", text: "", categoryId: null, afterSku: null, limit: 50 } as const;
    expect((await bench.must("stock-page", ask)).rows).toEqual([]);
    await sell(bench, cola);
    expect(await bench.must("stock-page", ask)).toMatchObject({
      rows: [{ sku: "cola", levelMilli: 6_000, reorderMilli: 6_000, isLow: true }],
      lowCount: 1,
    });
    const printed = bench.printed.length;
    await bench.must("print-low-stock", {});
    expect(bench.printed.length).toBe(printed + 1);
  });

  it("of what is not stocked is in no list, and is unknown when it is stocked again", async () => {
    await receive(bench, "cola", 7_000, "r1");
    await asManager(bench);
    await bench.must("set-stock-item", { sku: "cola", isStocked: false, reorderMilli: 9_000 });
    expect((await bench.must("stock-item", { sku: "cola" })).isLow).toBe(false);
    await bench.must("begin-receipt", { receiptId: "r2" });
    expect(await refusedBy(bench.send("add-to-receipt", { receiptId: "r2", sku: "cola", quantityMilli: 1_000 }))).toBe(
      "item-not-stocked",
    );
    await bench.must("set-stock-item", { sku: "cola", isStocked: true, reorderMilli: 9_000 });
    expect(await levelOf(bench, "cola")).toBeNull();
  });
});

describe("Goods received", () => {
  it("are scanned into a draft that a crash keeps, packs by their pieces, and are no stock before they are booked", async () => {
    await bench.must("begin-receipt", { receiptId: "r1" });
    await bench.must("head-receipt", { receiptId: "r1", supplier: "可乐公司", deliveryNote: "DN-77" });
    await bench.must("stock-listen", { to: "receipt", id: "r1" });
    await bench.scan(colaSixPack);
    await bench.scan(cola);
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toEqual([]);
    expect(bench.sounds.slice(-3)).toEqual(["found", "found", "found"]);
    await bench.crash();
    expect(await refusedBy(bench.send("receipt", { receiptId: "r1" }))).toBe("not-signed-in");
    await bench.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
    expect(await bench.must("receipt", { receiptId: "r1" })).toMatchObject({
      ...{ state: "draft", supplier: "可乐公司", deliveryNote: "DN-77" },
      lines: [
        { sku: "cola", quantityMilli: 7_000 },
        { sku: "chips", quantityMilli: 1_000 },
      ],
    });
    expect(await levelOf(bench, "cola")).toBeNull();
    expect(await refusedBy(bench.send("book-receipt", { receiptId: "r1" }))).toBe("approval-needed");
    await bench.must("book-receipt", { receiptId: "r1", ...word });
    expect(await bench.must("book-receipt", { receiptId: "r1" })).toMatchObject({ state: "booked" });
    expect(await levelOf(bench, "cola")).toBe(7_000);
    expect(bench.store.recentPrintJobs(1)).toMatchObject([{ kind: "stock" }]);
    expect(await refusedBy(bench.send("add-to-receipt", { receiptId: "r1", sku: "cola", quantityMilli: 1_000 }))).toBe(
      "receipt-is-booked",
    );
  });

  it("answer a scan that is nothing with why, sell again once the page is gone, and never hear a signed-out till", async () => {
    await bench.must("begin-receipt", { receiptId: "r1" });
    await bench.must("stock-listen", { to: "receipt", id: "r1" });
    await bench.scan(unknownItem);
    await bench.scan(apples);
    expect(await bench.must("stock-listen", { to: "receipt", id: "r1" })).toMatchObject({
      last: { kind: "to-weigh", sku: "apple" },
    });
    await bench.scan(ean13("210004201098"));
    expect((await bench.must("receipt", { receiptId: "r1" })).lines).toMatchObject([
      { sku: "apple", quantityMilli: 845 },
    ]);
    await bench.clock.advance(3_001);
    await bench.scan(cola);
    expect(bench.shown.sale.lines).toHaveLength(1);
  });

  it("are taken back by a counter-entry, once, and only what is booked", async () => {
    await receive(bench, "cola", 24_000, "r1");
    await sell(bench, cola);
    const wanted = { receiptId: "r1", reversalId: "v1", reason: "送错" };
    expect(await refusedBy(bench.send("reverse-receipt", wanted))).toBe("approval-needed");
    await bench.must("reverse-receipt", { ...wanted, ...word });
    await bench.must("reverse-receipt", { ...wanted, reversalId: "v2", ...word });
    expect(await levelOf(bench, "cola")).toBe(-1_000);
    expect(lastKinds(bench, 1)).toEqual(["goods-receipt-reversed"]);
    await bench.must("begin-receipt", { receiptId: "r2" });
    expect(await refusedBy(bench.send("reverse-receipt", { ...wanted, receiptId: "r2", ...word }))).toBe(
      "no-such-receipt",
    );
    expect(await refusedBy(bench.send("book-receipt", { receiptId: "r2", ...word }))).toBe("receipt-is-empty");
    await bench.must("drop-receipt", { receiptId: "r2" });
    expect(await refusedBy(bench.send("receipt", { receiptId: "r2" }))).toBe("no-such-receipt");
  });

  it("refuse a part of a piece, an unknown item and a line that is not there, and nothing is booked by a disk that refuses", async () => {
    await bench.must("begin-receipt", { receiptId: "r1" });
    const add = (sku: string, quantityMilli: number) =>
      refusedBy(bench.send("add-to-receipt", { receiptId: "r1", sku, quantityMilli }));
    expect(await add("cola", 500)).toBe("quantity-out-of-range");
    expect(await add("nothing", 1_000)).toBe("no-such-item");
    expect(await add("cola", 99_999_000)).toBe("done");
    expect(await add("cola", 1_000)).toBe("quantity-out-of-range");
    const line = { receiptId: "r1", quantityMilli: 2_000, costFen: 210 };
    expect(await refusedBy(bench.send("set-receipt-line", { ...line, sku: "chips" }))).toBe("no-such-line");
    expect(await bench.must("set-receipt-line", { ...line, sku: "cola" })).toMatchObject({ costFen: 420 });
    Object.assign(bench.refuse, { method: "bookReceipt", times: 1 });
    expect(await refusedBy(bench.send("book-receipt", { receiptId: "r1", ...word }))).toBe("disk-full");
    expect(await levelOf(bench, "cola")).toBeNull();
    await bench.must("book-receipt", { receiptId: "r1", ...word });
    expect(await levelOf(bench, "cola")).toBe(2_000);
  });
});

describe("A stock take", () => {
  it("goes on over a crash while the till sells, and books the difference to the moment of each count", async () => {
    await receive(bench, "cola", 10_000, "r1");
    await bench.must("begin-take", { takeId: "t1", categoryId: null });
    await bench.must("stock-listen", { to: "take", id: "t1" });
    for (const code of [colaSixPack, cola, cola, chips]) await bench.scan(code);
    await bench.must("stock-unlisten", {});
    await bench.crash();
    await bench.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
    await sell(bench, cola, cola, cola);
    const differences = await bench.must("take-differences", { takeId: "t1" });
    expect(differences).toMatchObject({ lossFen: -700, gainFen: 0, firstCount: 1, equalCount: 0 });
    expect(differences.rows).toMatchObject([
      { sku: "cola", countedMilli: 8_000, bookMilli: 10_000, differenceMilli: -2_000, isUnsure: false },
    ]);
    expect(await refusedBy(bench.send("book-take", { takeId: "t1" }))).toBe("approval-needed");
    expect(await bench.must("book-take", { takeId: "t1", ...word })).toMatchObject({ state: "booked" });
    expect([await levelOf(bench, "cola"), await levelOf(bench, "chips")]).toEqual([5_000, 1_000]);
    expect(lastKinds(bench, 1)).toEqual(["stock-taken"]);
    expect(await refusedBy(bench.send("count-item", { takeId: "t1", sku: "cola", countedMilli: 1_000 }))).toBe(
      "take-is-over",
    );
    expect((await bench.must("take-differences", { takeId: "t1" })).rows).toMatchObject([
      { sku: "cola", bookMilli: 10_000, differenceMilli: -2_000 },
    ]);
  });

  it("says who to count again: sold from while it was counted, or delivered since", async () => {
    await receive(bench, "cola", 10_000, "r1");
    await receive(bench, "chips", 5_000, "r2");
    await bench.must("begin-take", { takeId: "t1", categoryId: "all" });
    const scan = async (code: string): Promise<void> => {
      await bench.must("stock-listen", { to: "take", id: "t1" });
      await bench.scan(code);
      await bench.must("stock-unlisten", {});
    };
    await scan(cola);
    await sell(bench, cola);
    await scan(cola);
    await bench.must("count-item", { takeId: "t1", sku: "chips", countedMilli: 5_000 });
    await receive(bench, "chips", 3_000, "r3");
    const unsure = async () =>
      (await bench.must("take-differences", { takeId: "t1" })).rows.filter((row) => row.isUnsure).map((row) => row.sku);
    expect((await unsure()).toSorted()).toEqual(["chips", "cola"]);
    await bench.must("count-item", { takeId: "t1", sku: "cola", countedMilli: 9_000 });
    expect(await unsure()).toEqual(["chips"]);
  });

  it("lists what nobody has counted, takes a typed nothing for a count, and leaves the rest as it is", async () => {
    await receive(bench, "cola", 10_000, "r1");
    await receive(bench, "chips", 5_000, "r2");
    await bench.must("begin-take", { takeId: "t1", categoryId: null });
    await bench.must("count-item", { takeId: "t1", sku: "cola", countedMilli: 0 });
    const missing = await bench.must("take-not-counted", { takeId: "t1", afterSku: "" });
    expect(missing.map(({ sku, levelMilli }) => [sku, levelMilli])).toEqual([["chips", 5_000]]);
    await bench.must("book-take", { takeId: "t1", ...word });
    expect([await levelOf(bench, "cola"), await levelOf(bench, "chips")]).toEqual([0, 5_000]);
  });

  it("counts nothing of another category, no part of a piece, and is given up without a trace in the levels", async () => {
    expect(await refusedBy(bench.send("begin-take", { takeId: "t1", categoryId: "gone" }))).toBe("category-gone");
    await bench.must("begin-take", { takeId: "t1", categoryId: null });
    const count = (sku: string, countedMilli: number) =>
      refusedBy(bench.send("count-item", { takeId: "t1", sku, countedMilli }));
    expect(await count("cola", 1_500)).toBe("quantity-out-of-range");
    expect(await count("nothing", 1_000)).toBe("no-such-item");
    expect(await refusedBy(bench.send("book-take", { takeId: "t1", ...word }))).toBe("take-is-empty");
    expect(await count("cola", 3_000)).toBe("done");
    await bench.must("drop-take", { takeId: "t1" });
    expect(await levelOf(bench, "cola")).toBeNull();
    expect(await refusedBy(bench.send("book-take", { takeId: "t1", ...word }))).toBe("take-is-over");
  });

  it("whose booking a power cut ends is booked to its end at the next start, and nothing of it twice", async () => {
    await receive(bench, "cola", 10_000, "r1");
    await bench.must("begin-take", { takeId: "t1", categoryId: null });
    await bench.must("count-item", { takeId: "t1", sku: "cola", countedMilli: 9_000 });
    await bench.must("count-item", { takeId: "t1", sku: "chips", countedMilli: 4_000 });
    Object.assign(bench.refuse, { method: "bookCounts", times: 1 });
    expect(await refusedBy(bench.send("book-take", { takeId: "t1", ...word }))).toBe("disk-full");
    expect(await levelOf(bench, "cola")).toBe(10_000);
    await bench.crash();
    await bench.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
    expect(await bench.must("take", { takeId: "t1" })).toMatchObject({ state: "booked" });
    expect([await levelOf(bench, "cola"), await levelOf(bench, "chips")]).toEqual([9_000, 4_000]);
    await bench.crash();
    expect(levelsInFile(bench)["cola"]).toEqual({ kept: 9_000, counted: 9_000, isKnown: true });
  });
});

describe("Selling what the books have not", () => {
  const shortNotice = () => bench.shown.notices.find(({ kind }) => kind === "stock-short");

  async function policy(next: "warn" | "refuse"): Promise<void> {
    await receive(bench, "cola", 1_000, "r1");
    await asManager(bench);
    expect(await refusedBy(bench.send("save-stock-policy", { policy: next }))).toBe("approval-needed");
    await bench.must("save-stock-policy", { policy: next, ...word });
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: "c1", pin: people.cashier.pin });
  }

  it("says nothing as the till comes, and the level falls below zero", async () => {
    await receive(bench, "cola", 1_000, "r1");
    await sell(bench, cola, cola, cola);
    expect(shortNotice()).toBeUndefined();
    expect(await levelOf(bench, "cola")).toBe(-2_000);
  });

  it("is said in one line and sold where the shop wants to be told; what nobody has counted is never short", async () => {
    await policy("warn");
    await bench.scan(cola);
    expect(shortNotice()).toBeUndefined();
    await bench.scan(cola);
    expect(shortNotice()).toMatchObject({ sku: "cola", levelMilli: 1_000, stopId: null });
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toMatchObject([{ quantity: 2_000 }, { quantity: 1_000 }]);
  });

  it("is stopped where the shop wants to be asked, and a manager's word sells it for this sale alone", async () => {
    await policy("refuse");
    await bench.scan(cola);
    await bench.scan(cola);
    expect(bench.shown.sale.lines).toMatchObject([{ quantity: 1_000 }]);
    expect(bench.sounds.at(-1)).toBe("unknown");
    const notice = shortNotice();
    const stopId = notice?.kind === "stock-short" ? (notice.stopId ?? "") : "";
    expect(await refusedBy(bench.send("sell-short-stock", { stopId }))).toBe("approval-needed");
    expect(await refusedBy(bench.send("sell-short-stock", { stopId: "other", ...word }))).toBe("no-such-stop");
    await bench.must("sell-short-stock", { stopId, ...word });
    expect(bench.shown.sale.lines).toMatchObject([{ quantity: 2_000 }]);
    expect(shortNotice()).toBeUndefined();
    expect(lastKinds(bench, 1)).toEqual(["short-stock-sold"]);
    await sell(bench, cola);
    await bench.scan(cola);
    expect(bench.shown.sale.lines).toEqual([]);
    const line = await refusedBy(bench.send("add-item", { sku: "cola", quantity: 1_000, by: "tile" }));
    expect(line).toBe("stock-short");
  });
});
