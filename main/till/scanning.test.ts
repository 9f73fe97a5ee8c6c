import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import { chips, cola, colaSixPack, ean13, paymentCode, people, unknownItem } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const lines = () => bench.shown.sale.lines.map(({ nameEn, quantity, amountFen }) => [nameEn, quantity, amountFen]);
const notices = () => bench.shown.notices.map(({ id: _id, atMs: _atMs, ...words }) => words);
const lastSound = () => bench.sounds.at(-1);

describe("scanning items", () => {
  it("merges a repeated scan into its line and says found each time", async () => {
    await bench.scan(cola);
    await bench.scan(chips);
    await bench.scan(cola);
    expect(lines()).toEqual([
      ["Coca-Cola 500 ml", 2000, 700],
      ["Lay's Classic", 1000, 1000],
    ]);
    expect(bench.sounds).toEqual(["found", "found", "found"]);
    expect(bench.shown.sale).toMatchObject({ scanCount: 3, pieceCount: 3, totalFen: 1700 });
  });

  it("adds as many as were typed before the scan, once", async () => {
    await bench.must("set-multiplier", { quantity: 3000 });
    expect(bench.shown.sale.multiplier).toBe(3000);
    await bench.scan(cola);
    expect(bench.shown.sale.multiplier).toBeNull();
    await bench.scan(cola);
    expect(lines()).toEqual([["Coca-Cola 500 ml", 4000, 1400]]);
  });

  it("counts a pack's barcode as its pieces, times what was typed", async () => {
    await bench.scan(colaSixPack);
    await bench.must("set-multiplier", { quantity: 2000 });
    await bench.scan(colaSixPack);
    expect(lines()).toEqual([["Coca-Cola 500 ml", 18_000, 6300]]);
  });

  it("refuses half a piece and more than a line holds, and says which rule it broke", async () => {
    await bench.must("set-multiplier", { quantity: 1500 });
    await bench.scan(cola);
    await bench.must("set-multiplier", { quantity: 99_999_000 });
    await bench.scan(colaSixPack);
    expect(lines()).toEqual([]);
    expect(notices()).toEqual([{ kind: "scan-refused", fault: "quantity-out-of-range" }]);
    expect(bench.faults).toEqual([]);
  });

  it("keeps the typed quantity for the next try when the code is unknown", async () => {
    await bench.must("set-multiplier", { quantity: 2000 });
    await bench.scan(unknownItem);
    await bench.scan(cola);
    expect(lines()).toEqual([["Coca-Cola 500 ml", 2000, 700]]);
  });

  it("takes a label's amount as it is printed and works the weight back from the price", async () => {
    await bench.scan(ean13("210004201098"));
    expect(lines()).toEqual([["Apples", 845, 1098]]);
    expect(bench.shown.sale.lines[0]).toMatchObject({ source: "weighed-label", isQuantityFixed: true });
  });

  it("prices a label's weight, and keeps two packs apart", async () => {
    const label = ean13("240004200845");
    await bench.scan(label);
    await bench.scan(label);
    expect(lines()).toEqual([
      ["Apples", 845, 1098],
      ["Apples", 845, 1098],
    ]);
  });

  it("takes an 18-digit label with both, and refuses one whose amount and weight contradict each other", async () => {
    const label = (digits: string): string => `${digits}${mod10CheckDigit(digits)}`;
    await bench.scan(label("26000420109800845"));
    await bench.scan(label("26000420001000845"));
    expect(lines()).toEqual([["Apples", 845, 1098]]);
    expect(notices()).toEqual([{ kind: "label-refused", why: "amount-and-weight-disagree" }]);
  });

  it("refuses an empty label and one of an item nobody knows", async () => {
    await bench.scan(ean13("240004200000"));
    await bench.scan(ean13("240009900845"));
    expect(lines()).toEqual([]);
    expect(notices()).toEqual([
      { kind: "label-refused", why: "empty-label" },
      { kind: "unknown-label-item", scaleCode: "00099" },
    ]);
  });
});

describe("scans that cannot be sold", () => {
  it("says an unknown code aloud and keeps saying it until it is sold at an open price", async () => {
    await bench.scan(unknownItem);
    expect(lastSound()).toBe("unknown");
    await bench.scan(cola);
    expect(notices()).toEqual([{ kind: "unknown-barcode", text: unknownItem }]);
    await bench.must("add-open-price", { name: "手工皂", priceFen: 880, barcode: unknownItem });
    expect(notices()).toEqual([]);
    expect(bench.shown.sale.totalFen).toBe(1230);
  });

  it("says the same unknown code once, however often it is scanned", async () => {
    for (let times = 0; times < 3; times += 1) await bench.scan(unknownItem);
    expect(notices()).toEqual([{ kind: "unknown-barcode", text: unknownItem }]);
    expect(bench.shown.sale.scanCount).toBe(3);
  });

  it("forgets a misread code with the next good scan", async () => {
    const misread = `${cola.slice(0, 12)}${(Number(cola[12]) + 1) % 10}`;
    await bench.scan(misread);
    expect(notices()).toEqual([{ kind: "bad-check-digit", text: misread }]);
    await bench.scan(cola);
    expect(notices()).toEqual([]);
  });

  it("charges nothing for a payment code before payment is open, and never shows the code", async () => {
    await bench.scan(cola);
    await bench.scan(paymentCode);
    expect(notices()).toEqual([{ kind: "payment-code-too-early" }]);
    expect(bench.gateway.orders.size).toBe(0);
    expect(JSON.stringify(bench.patches)).not.toContain(paymentCode);
    await bench.must("take-payment", {});
    expect(notices()).toEqual([]);
  });

  it("answers another wallet's code with the wallet's name", async () => {
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.scan("281234567890123456");
    expect(notices()).toEqual([{ kind: "other-wallet-code", wallet: "alipay" }]);
  });

  it("adds nothing while nobody is signed in, and takes the sentence away once somebody is", async () => {
    await bench.must("sign-out", {});
    await bench.scan(cola);
    expect(notices()).toEqual([{ kind: "scan-while-not-selling", why: "signed-out" }]);
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(notices()).toEqual([]);
    expect(lines()).toEqual([]);
  });

  it("adds nothing while no shift is open", async () => {
    await bench.must("close-shift", { countedCashFen: 10_000 });
    await bench.scan(cola);
    expect(notices()).toEqual([{ kind: "scan-while-not-selling", why: "no-shift" }]);
    await bench.must("open-shift", { floatFen: 0 });
    expect(notices()).toEqual([]);
  });

  it("adds nothing while a payment is not known, and leaves the thank-you panel with the next item", async () => {
    bench.gateway.plan = "password";
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    await bench.scan(chips);
    expect(notices()).toEqual([{ kind: "scan-while-not-selling", why: "paying" }]);
    bench.gateway.customerPays();
    await bench.clock.advance(5_000);
    expect(notices()).toEqual([]);
    expect(bench.shown.payment?.stage).toBe("done");
    await bench.scan(chips);
    expect(bench.shown.payment).toBeNull();
    expect(lines()).toEqual([["Lay's Classic", 1000, 1000]]);
  });

  it("answers our own receipt, by its number and by its QR, with the sale it belongs to", async () => {
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 350 });
    const [sale] = bench.sales();
    for (const text of ["T01-000001", "tillway:T01-000001:350:0123456789abcdef"]) {
      await bench.scan(text);
      expect(notices()).toEqual([{ kind: "receipt-scanned", saleNumber: "T01-000001", saleId: sale?.saleId }]);
    }
    await bench.scan("T01-000999");
    expect(notices()).toContainEqual({ kind: "unknown-barcode", text: "T01-000999" });
  });

  it("answers a scan of which nothing is left, such as two scanners' keys in one another", async () => {
    await bench.scan("");
    expect(notices()).toEqual([{ kind: "scan-unreadable" }]);
    expect([lastSound(), bench.shown.sale.scanCount]).toEqual(["unknown", 1]);
  });

  it("answers what is no code at all", async () => {
    await bench.scan("a\u0007b");
    await bench.scan(" ");
    expect(notices()).toEqual([{ kind: "scan-unreadable" }]);
  });

  it("refuses the line after the last one a sale may hold", async () => {
    for (let count = 0; count < 500; count += 1)
      await bench.must("add-open-price", { name: "x", priceFen: 1, barcode: null });
    await bench.scan(cola);
    expect(notices()).toEqual([{ kind: "cart-full" }]);
    expect(bench.shown.sale.lines).toHaveLength(500);
  });

  it("survives a disk that refuses a scan: it says so, keeps the cart and takes the next one", async () => {
    await bench.scan(cola);
    bench.refuse.method = "saveDraft";
    bench.refuse.times = 1;
    await bench.scan(chips);
    expect(notices()).toEqual([{ kind: "disk-full" }]);
    expect(lastSound()).toBe("unknown");
    expect(lines()).toEqual([["Coca-Cola 500 ml", 1000, 350]]);
    await bench.scan(chips);
    expect(notices()).toEqual([]);
    expect(lines()).toHaveLength(2);
  });
});
