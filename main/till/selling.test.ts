import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chips, cola, ean13, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const lineId = (index = 0): string => bench.shown.sale.lines[index]?.lineId ?? "none";
const refused = async (sent: Promise<{ readonly ok: boolean; readonly fault?: unknown }>): Promise<unknown> => {
  const result = await sent;
  return result.ok ? "done" : result.fault;
};
const managerPin = people.manager.pin;

describe("changing the cart", () => {
  it("sets a quantity, and refuses what cannot be sold", async () => {
    await bench.scan(cola);
    await bench.must("set-quantity", { lineId: lineId(), quantity: 5000 });
    expect(bench.shown.sale.totalFen).toBe(1750);
    expect(await refused(bench.send("set-quantity", { lineId: lineId(), quantity: 1500 }))).toEqual({
      kind: "quantity-out-of-range",
    });
    expect(await refused(bench.send("set-quantity", { lineId: "gone", quantity: 1000 }))).toEqual({
      kind: "no-such-line",
    });
    expect(bench.shown.sale.totalFen).toBe(1750);
  });

  it("does not change what a scale printed", async () => {
    await bench.scan(ean13("210004201098"));
    expect(await refused(bench.send("set-quantity", { lineId: lineId(), quantity: 2000 }))).toEqual({
      kind: "label-quantity-fixed",
    });
  });

  it("voids a line with an entry in the journal", async () => {
    await bench.scan(cola);
    await bench.scan(chips);
    const before = bench.store.journalStatus().lastSeq;
    await bench.must("void-line", { lineId: lineId() });
    expect(bench.shown.sale.lines.map((line) => line.nameEn)).toEqual(["Lay's Classic"]);
    expect(bench.store.journalStatus().lastSeq).toBe(before + 1);
  });

  it("ends the sale with its last line, so that its discount and rounding do not wait for the next customer", async () => {
    await bench.scan(cola);
    await bench.must("discount-sale", { discount: { kind: "percent", basisPoints: 1000 } });
    await bench.must("set-rounding", { rounding: "yuan" });
    const { saleId } = bench.shown.sale;
    await bench.must("void-line", { lineId: lineId() });
    await bench.scan(chips);
    expect(bench.shown.sale).toMatchObject({ saleDiscount: null, rounding: "none", totalFen: 1000 });
    expect(bench.shown.sale.saleId).not.toBe(saleId);
    expect(bench.store.draft(saleId)).toBeNull();
  });

  it("drops the part below a yuan or a jiao", async () => {
    await bench.must("add-open-price", { name: "杂项", priceFen: 1287, barcode: null });
    await bench.must("set-rounding", { rounding: "jiao" });
    expect(bench.shown.sale).toMatchObject({ roundingFen: 7, totalFen: 1280 });
    await bench.must("set-rounding", { rounding: "yuan" });
    expect(bench.shown.sale).toMatchObject({ roundingFen: 87, totalFen: 1200 });
  });

  it("refuses to discount or round a cart without a line", async () => {
    expect(await refused(bench.send("set-rounding", { rounding: "yuan" }))).toEqual({ kind: "empty-cart" });
    const discount = { kind: "percent", basisPoints: 10_000 } as const;
    expect(await refused(bench.send("discount-sale", { discount }))).toEqual({ kind: "empty-cart" });
  });
});

describe("discounts", () => {
  it("lets a cashier give up to a fifth off a line and a tenth off a sale, and no more alone", async () => {
    await bench.scan(chips);
    await bench.must("discount-line", { lineId: lineId(), discount: { kind: "amount", amountFen: 200 } });
    expect(
      await refused(bench.send("discount-line", { lineId: lineId(), discount: { kind: "amount", amountFen: 201 } })),
    ).toEqual({ kind: "approval-needed" });
    await bench.must("discount-sale", { discount: { kind: "percent", basisPoints: 1000 } });
    expect(await refused(bench.send("discount-sale", { discount: { kind: "percent", basisPoints: 1001 } }))).toEqual({
      kind: "approval-needed",
    });
    expect(bench.shown.sale).toMatchObject({ lineDiscountFen: 200, saleDiscountFen: 80, totalFen: 720 });
  });

  it("gives more with a manager's PIN, for that one action", async () => {
    await bench.scan(chips);
    const discount = { kind: "percent", basisPoints: 5000 } as const;
    await bench.must("discount-sale", { discount, approvalPin: managerPin });
    expect(bench.shown.sale.totalFen).toBe(500);
    await bench.must("discount-sale", { discount: null });
    expect(bench.shown.sale.totalFen).toBe(1000);
    expect(await refused(bench.send("discount-sale", { discount }))).toEqual({ kind: "approval-needed" });
  });

  it("judges a percentage by its share, also where it takes nothing off yet", async () => {
    await bench.must("add-item", { sku: "cola", quantity: 1000, by: "search" });
    await bench.must("discount-line", {
      lineId: lineId(),
      discount: { kind: "amount", amountFen: 350 },
      approvalPin: managerPin,
    });
    const discount = { kind: "percent", basisPoints: 10_000 } as const;
    expect(await refused(bench.send("discount-sale", { discount }))).toEqual({ kind: "approval-needed" });
  });

  it("does not give one cart the discount that was approved for another", async () => {
    await bench.scan(chips);
    const asked = bench.till.perform("discount-sale", {
      ...{ discount: { kind: "percent", basisPoints: 5000 } },
      approvalPin: managerPin,
    });
    await bench.scan(cola);
    expect(await refused(asked)).toEqual({ kind: "cart-busy" });
    expect(bench.shown.sale.totalFen).toBe(1350);
  });
});

describe("giving up a sale", () => {
  it("needs a manager, and the next sale starts from nothing", async () => {
    await bench.scan(cola);
    const { saleId } = bench.shown.sale;
    expect(await refused(bench.send("void-sale", {}))).toEqual({ kind: "approval-needed" });
    expect(bench.shown.sale.lines).toHaveLength(1);
    await bench.must("void-sale", { approvalPin: managerPin });
    expect(bench.shown.sale.lines).toEqual([]);
    expect(bench.store.draft(saleId)).toBeNull();
    expect(await refused(bench.send("void-sale", { approvalPin: managerPin }))).toEqual({ kind: "empty-cart" });
  });

  it("counts wrong PINs against the cashier, signs out at the fifth, and leaves the manager free", async () => {
    await bench.scan(cola);
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await refused(bench.send("void-sale", { approvalPin: "0000" }))).toEqual({ kind: "approval-refused" });
    }
    expect(bench.shown.session).not.toBeNull();
    await bench.send("void-sale", { approvalPin: "0000" });
    expect(bench.shown.session).toBeNull();
    expect(await refused(bench.send("sign-in", { cashierId: "c1", pin: people.cashier.pin }))).toMatchObject({
      kind: "locked",
    });
    await bench.must("sign-in", { cashierId: "m1", pin: managerPin });
    expect(bench.shown.sale.lines).toHaveLength(1);
  });

  it("does not throw away a cart that grew while the PIN was checked", async () => {
    await bench.scan(cola);
    const asked = bench.till.perform("void-sale", { approvalPin: managerPin });
    await bench.scan(chips);
    expect(await refused(asked)).toEqual({ kind: "cart-busy" });
    expect(bench.shown.sale.lines).toHaveLength(2);
  });

  it("does not act for a cashier who has signed out meanwhile", async () => {
    await bench.scan(cola);
    const asked = bench.till.perform("void-sale", { approvalPin: managerPin });
    void bench.till.perform("sign-out", {});
    expect(await refused(asked)).toEqual({ kind: "not-signed-in" });
    expect(bench.shown.sale.lines).toHaveLength(1);
  });
});

describe("the drawer without a sale", () => {
  it("opens for a manager's PIN and is written down before it opens", async () => {
    const before = bench.store.journalStatus().lastSeq;
    expect(await refused(bench.send("open-drawer", { reason: "换零钱" }))).toEqual({ kind: "approval-needed" });
    expect(bench.kicks).toEqual([]);
    await bench.must("open-drawer", { reason: "换零钱", approvalPin: managerPin });
    expect(bench.kicks).toHaveLength(1);
    // That it was asked for, and what became of it.
    expect(bench.store.journalStatus().lastSeq).toBe(before + 2);
  });

  it("stays shut when the journal cannot be written", async () => {
    bench.refuse.method = "noteNoSale";
    bench.refuse.times = 1;
    expect(await refused(bench.send("open-drawer", { reason: "换零钱", approvalPin: managerPin }))).toEqual({
      kind: "disk-full",
    });
    expect(bench.kicks).toEqual([]);
  });

  it("says so when it did not open", async () => {
    bench.drawerAnswers = "expired";
    await bench.must("open-drawer", { reason: "换零钱", approvalPin: managerPin });
    expect(bench.shown.notices).toMatchObject([{ kind: "drawer-not-opened", why: "expired" }]);
  });
});

describe("holding and recalling", () => {
  it("brings a held sale back after a power cut and a shift's end, with its label and its discount", async () => {
    await bench.scan(chips);
    await bench.must("discount-sale", { discount: { kind: "percent", basisPoints: 1000 } });
    const { saleId } = bench.shown.sale;
    await bench.must("hold-sale", { label: "红衣服" });
    expect(bench.shown.sale.lines).toEqual([]);
    await bench.must("close-shift", { countedCashFen: 10_000 });
    await bench.crash();
    await bench.must("sign-in", { cashierId: "c2", pin: people.second.pin });
    expect(bench.shown.held).toMatchObject([{ saleId, label: "红衣服", lineCount: 1, totalFen: 900, paidFen: 0 }]);
    expect(await refused(bench.send("recall-sale", { saleId }))).toEqual({ kind: "no-shift" });
    await bench.must("open-shift", { floatFen: 0 });
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.sale).toMatchObject({ saleId, totalFen: 900 });
    await bench.must("hold-sale", { label: "" });
    expect(bench.shown.held).toMatchObject([{ label: "红衣服", cashierName: people.second.name }]);
  });

  it("never mixes two baskets, and recalls after the cart was emptied line by line", async () => {
    await bench.scan(chips);
    const { saleId } = bench.shown.sale;
    await bench.must("hold-sale", { label: "" });
    await bench.scan(cola);
    expect(await refused(bench.send("recall-sale", { saleId }))).toEqual({ kind: "cart-busy" });
    await bench.must("void-line", { lineId: lineId() });
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.sale.lines.map((line) => line.nameEn)).toEqual(["Lay's Classic"]);
    expect(await refused(bench.send("recall-sale", { saleId: "gone" }))).toEqual({ kind: "cart-busy" });
  });

  it("does not bring back a held sale that was paid, by its old row or after a power cut (odoo#288974)", async () => {
    await bench.scan(chips);
    const { saleId } = bench.shown.sale;
    await bench.must("hold-sale", { label: "红衣服" });
    const heldRow = bench.store.draft(saleId);
    await bench.must("recall-sale", { saleId });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    await bench.must("next-sale", {});
    if (heldRow === null) throw new Error("it was held");
    // As a copy would write it that had not heard of the payment.
    expect(() => bench.store.saveDraft(heldRow)).toThrow("is not finished yet");
    expect(await refused(bench.send("recall-sale", { saleId }))).toEqual({ kind: "no-such-sale" });
    await bench.crash();
    expect([bench.shown.held, bench.shown.sale.lines]).toEqual([[], []]);
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });

  it("holds nothing that is not there", async () => {
    expect(await refused(bench.send("hold-sale", { label: "" }))).toEqual({ kind: "empty-cart" });
    expect(await refused(bench.send("recall-sale", { saleId: "gone" }))).toEqual({ kind: "no-such-sale" });
    expect(await refused(bench.send("park-sale", {}))).toEqual({ kind: "not-taking-payment" });
  });
});
