import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { chips, cola, paymentCode, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const none = { saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0 };
const refuse = (method: typeof bench.refuse.method, times = 1): void => {
  bench.refuse.method = method;
  bench.refuse.times = times;
};

async function atPayment(): Promise<void> {
  await bench.scan(chips);
  await bench.must("take-payment", {});
}

async function signInAgain(): Promise<void> {
  await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
}

describe("a power cut", () => {
  it("after a scan keeps the cart and the shift, and nobody is signed in", async () => {
    await bench.scan(chips);
    await bench.scan(cola);
    const { sale, shift } = bench.shown;
    await bench.crash();
    expect(bench.shown.sale).toEqual({ ...sale, scanCount: 0 });
    expect(bench.shown.shift).toEqual(shift);
    expect(bench.shown.session).toBeNull();
    expect(bench.shown.payment).toBeNull();
  });

  it("between a part in cash and the rest brings the payment dialog back", async () => {
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 300 });
    await bench.crash();
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 700, tenders: [{ receivedFen: 300 }] });
    await signInAgain();
    await bench.must("pay-cash", { receivedFen: 700 });
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });

  it("right after the screen calls a sale paid finds it on the disk: nothing is stored a while later (odoo#267799)", async () => {
    const stored: number[] = [];
    bench.close();
    bench = await openTillBench({
      onScreen() {
        if (bench.shown.payment?.stage === "done") stored.push(readBooks(bench.directory).sales.length);
      },
    }).atWork();
    for (const count of [1, 2, 3]) {
      await atPayment();
      // Half of them with a phone, whose answer comes by itself.
      await (count === 2 ? bench.scan(paymentCode) : bench.must("pay-cash", { receivedFen: 1000 }));
      expect(stored.length).toBeGreaterThan(0);
      expect(new Set(stored.splice(0))).toEqual(new Set([count]));
      await bench.crash();
      expect(bench.recount()).toMatchObject({ saleCount: count });
      await signInAgain();
    }
  });

  it("between the cash and its commit finishes the sale once, in its cashier's name, with receipt and drawer", async () => {
    await atPayment();
    refuse("commitSale");
    expect(await bench.send("pay-cash", { receivedFen: 5000 })).toEqual({
      ok: false,
      fault: { kind: "disk-full" },
    });
    expect(bench.recount()).toEqual(none);
    await bench.crash();
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
    expect(bench.sales()[0]).toMatchObject({ cashierId: people.cashier.id, changeFen: 4000 });
    expect(bench.shown.payment).toMatchObject({ stage: "done", done: { changeFen: 4000 } });
    expect(bench.kicks).toHaveLength(1);
    expect(bench.printed).toHaveLength(1);
    await bench.crash();
    expect(bench.recount()).toMatchObject({ saleCount: 1 });
    expect(bench.shown.sale.lines).toEqual([]);
  });

  it("after commit 1 with the request on its way resolves it: paid once", async () => {
    bench.gateway.plan = "no-answer";
    await atPayment();
    await bench.scan(paymentCode);
    bench.gateway.customerPays();
    await bench.crash();
    await bench.clock.advance(5_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.shown.payment?.stage).toBe("done");
    expect(bench.gateway.orders.size).toBe(1);
  });

  it("after commit 1 with the request on its way resolves it: not paid at all, and the cart is there", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.crash();
    expect(bench.shown.payment).toMatchObject({ stage: "wechat", attempt: { word: "not-known" } });
    await bench.clock.advance(180_000);
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-paid" });
    expect(bench.recount()).toEqual(none);
    expect(bench.gateway.takenFen()).toBe(0);
    await signInAgain();
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });

  it("between commit 1 and the request leaves no trace but the failed attempt", async () => {
    await atPayment();
    refuse("saveAttempt", 1_000);
    await bench.scan(paymentCode);
    expect(bench.gateway.orders.size).toBe(0);
    refuse("");
    await bench.crash();
    expect(bench.shown.openAttempts).toEqual([]);
    expect(bench.recount()).toEqual(none);
    expect(bench.shown.sale.totalFen).toBe(1000);
  });

  it("with a disk that still refuses at the next start shows the open payment all the same", async () => {
    bench.gateway.plan = "no-answer";
    await atPayment();
    await bench.scan(paymentCode);
    refuse("saveAttempt");
    await bench.crash();
    expect(bench.shown.openAttempts).toMatchObject([{ word: "not-known" }]);
    bench.gateway.customerPays();
    await bench.clock.advance(10_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
  });

  it("after the customer paid and before commit 2 books the sale once", async () => {
    await atPayment();
    refuse("commitSale", 1_000);
    await bench.scan(paymentCode);
    expect(bench.gateway.takenFen()).toBe(1000);
    expect(bench.shown.openAttempts).toHaveLength(1);
    refuse("");
    await bench.crash();
    await bench.clock.advance(10_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.shown.openAttempts).toEqual([]);
  });

  it("with our code on the display does not show it again, and closes the order", async () => {
    await atPayment();
    await bench.must("show-qr", { amountFen: null });
    const shownBefore = bench.displays.length;
    await bench.crash();
    expect(bench.displays.slice(shownBefore).map(({ stage }) => stage.kind)).not.toContain("qr");
    await bench.clock.advance(30_000);
    expect([...bench.gateway.orders.values()].map(({ state }) => state)).toEqual(["closed"]);
    expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-paid" });
  });

  it("with a parked sale paid meanwhile commits it, whoever is at the till", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    await bench.scan(cola);
    bench.gateway.customerPays();
    await bench.crash();
    await bench.clock.advance(5_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.shown.sale.totalFen).toBe(350);
  });

  it("in the middle of a receipt asks at the next start whether it is on paper", async () => {
    bench.printerEnds = null;
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 1000 });
    await bench.crash();
    expect(bench.shown.notices).toMatchObject([{ kind: "print-unknown", saleNumber: "T01-000001" }]);
  });
});

describe("a disk that refuses", () => {
  it("the commit of a cash sale loses nothing: the cash stands, and the same key finishes the sale once", async () => {
    await atPayment();
    refuse("commitSale");
    await bench.send("pay-cash", { receivedFen: 2000 });
    expect(bench.shown.notices).toMatchObject([{ kind: "disk-full" }]);
    expect(bench.shown.payment).toMatchObject({
      stage: "choose",
      leftFen: 0,
      tenders: [{ receivedFen: 2000, changeFen: 1000 }],
    });
    await bench.must("pay-cash", { receivedFen: 2000 });
    expect(bench.sales()).toMatchObject([{ totalFen: 1000, changeFen: 1000, tenders: [{ receivedFen: 2000 }] }]);
  });

  it("the commit of a WeChat sale is asked again until it takes it", async () => {
    await atPayment();
    refuse("commitSale", 3);
    await bench.scan(paymentCode);
    expect(bench.shown.sale.lines).toHaveLength(1);
    expect(bench.shown.payment).toMatchObject({ stage: "wechat", attempt: { word: "not-known" }, leftFen: 1000 });
    await bench.clock.advance(30_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.shown.payment?.stage).toBe("done");
  });

  it("what follows the commit leaves the sale sold and the attempt ended, also in the background", async () => {
    bench.gateway.plan = "password";
    await atPayment();
    await bench.scan(paymentCode);
    await bench.must("park-sale", {});
    bench.gateway.customerPays();
    refuse("setPrintState", 1);
    await bench.clock.advance(5_000);
    expect(bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1000 });
    expect(bench.shown.openAttempts).toEqual([]);
    expect(bench.faults).toHaveLength(1);
  });

  it("the sale to finish at the start does not keep the till from starting", async () => {
    await atPayment();
    refuse("commitSale", 2);
    await bench.send("pay-cash", { receivedFen: 1000 });
    await bench.crash();
    expect(bench.recount()).toEqual(none);
    expect(bench.shown.payment).toMatchObject({ stage: "choose", leftFen: 0 });
    await signInAgain();
    await bench.must("take-payment", {});
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });
});
