import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import { businessDay, chips, cola, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* Goods brought back for other goods, in one basket: books, drawer, paper, and every step at which the power may go. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const approvalPin = people.manager.pin;

/** A bag of chips for 10.00; its sale. */
async function sold(cashFen: number): Promise<string> {
  await shop.showCode(cashFen);
  await bench.must("next-sale", {});
  return bench.sales().at(-1)?.saleId ?? "";
}

async function begin(saleId: string, requestId = "exchange-1"): Promise<ReturnType<TillBench["send"]>> {
  const lines = [{ lineNumber: 1, quantity: 1_000, condition: "back-to-stock" as const }];
  return bench.send("begin-exchange", { requestId, saleId, lines, amountFen: 1_000, reason: "换口味", approvalPin });
}

/** What is on disk, as an auditor adds it up: the two halves of an exchange, and the drawer. */
function books(saleId: string) {
  const { salesFen, refundCashFen, refundWechatFen } = bench.store.dayTotals(businessDay);
  const shift = bench.store.currentShift();
  assert(shift !== null, "a shift is open");
  const [given] = bench.store.returnsOfSale(saleId);
  return {
    ...{ salesFen, refundCashFen, refundWechatFen, exchange: given?.exchange ?? null },
    drawerFen: bench.store.shiftTotals(shift.shiftId).expectedCashFen - 10_000,
  };
}

describe("an exchange", () => {
  it("for dearer goods lets the customer pay the difference in cash: one commit, one receipt, a drawer to the fen", async () => {
    const saleId = await sold(1_000);
    expect(await begin(saleId)).toMatchObject({ ok: true });
    expect(bench.shown.sale.exchange).toMatchObject({ amountFen: 1_000, creditFen: 0, backFen: 1_000 });
    for (let count = 0; count < 4; count += 1) await bench.scan(cola);
    expect(bench.shown.sale.exchange).toMatchObject({ creditFen: 1_000, dueFen: 400, backFen: 0 });
    expect(await bench.send("finish-exchange", {})).toMatchObject({ fault: { kind: "exchange-not-covered" } });
    await bench.must("take-payment", {});
    expect(bench.shown.payment).toMatchObject({ leftFen: 400 });
    await bench.must("pay-cash", { receivedFen: 500 });
    expect(bench.shown.payment?.done).toMatchObject({ totalFen: 1_400, changeFen: 100 });
    expect(books(saleId)).toEqual({
      ...{ salesFen: 2_400, refundCashFen: 1_000, refundWechatFen: 0, drawerFen: 1_400 },
      exchange: {
        ...{ saleId: bench.sales().at(-1)?.saleId, saleNumber: "T01-000002" },
        ...{ creditFen: 1_000, backCashFen: 0, backWechatFen: 0 },
      },
    });
    const { receipt } = await bench.must("sale-detail", { saleId: bench.sales().at(-1)?.saleId ?? "" });
    const paper = JSON.stringify(receipt.lines);
    for (const words of ["换货退回", "乐事薯片", "-10.00", "换货抵扣", "可口可乐"]) expect(paper).toContain(words);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("for cheaper goods gives the rest back the way it was paid, and only by its own key", async () => {
    const saleId = await sold(0);
    await begin(saleId);
    expect(await bench.send("finish-exchange", {})).toMatchObject({ fault: { kind: "empty-cart" } });
    await bench.scan(cola);
    await bench.must("take-payment", {}); // looking at it finishes nothing
    expect(bench.sales()).toHaveLength(1);
    await bench.must("finish-exchange", {});
    await shop.arrive();
    expect(books(saleId)).toMatchObject({
      ...{ salesFen: 1_350, refundCashFen: 350, refundWechatFen: 0, drawerFen: 0 },
      exchange: { creditFen: 350, backCashFen: 0, backWechatFen: 650 },
    });
    await shop.pass(65_000);
    expect(books(saleId)).toMatchObject({ refundWechatFen: 650, drawerFen: 0 });
  });

  it("of equal price moves no money at all", async () => {
    const saleId = await sold(1_000);
    const kicks = bench.kicks.length;
    await begin(saleId);
    await bench.scan(chips);
    await bench.must("finish-exchange", {});
    expect(books(saleId)).toMatchObject({ drawerFen: 1_000, exchange: { creditFen: 1_000 } });
    expect(bench.kicks).toHaveLength(kicks);
  });

  it("counts against the cap of its sale while it stands in a cart, held or not, and no more when it is dropped", async () => {
    const saleId = await sold(1_000);
    await begin(saleId);
    await bench.scan(cola);
    const { refundable } = await bench.must("sale-detail", { saleId });
    const asked = { requestId: "amount", saleId, tenderId: refundable[0]?.tenderId ?? "", amountFen: 1, reason: "退" };
    const isRefused = async () => !(await bench.send("refund-sale", { ...asked, approvalPin })).ok;
    expect(await isRefused()).toBe(true);
    await bench.must("hold-sale", { label: "" });
    expect(await isRefused()).toBe(true);
    expect(await begin(saleId, "exchange-2")).toMatchObject({ ok: false });
    await bench.must("recall-sale", { saleId: bench.shown.held[0]?.saleId ?? "" });
    await bench.must("drop-exchange", {});
    expect(bench.shown.sale).toMatchObject({ lines: [{ nameEn: "Coca-Cola 500 ml" }] });
    expect(bench.shown.sale.exchange).toBeUndefined();
    expect(await isRefused()).toBe(false);
    expect(await bench.send("drop-exchange", {})).toMatchObject({ fault: { kind: "no-exchange" } });
  });

  it("keeps its goods when the last new line is voided, and goes with the cart when that is thrown away", async () => {
    const saleId = await sold(1_000);
    await begin(saleId);
    await bench.scan(cola);
    await bench.must("void-line", { lineId: bench.shown.sale.lines[0]?.lineId ?? "" });
    expect(bench.shown.sale.exchange).toBeDefined();
    await bench.must("void-sale", { approvalPin });
    expect(bench.shown.sale.exchange).toBeUndefined();
    expect(bench.store.returnsOfSale(saleId)).toEqual([]);
    expect(await begin(saleId, "exchange-2")).toMatchObject({ ok: true });
  });
});

describe("when the power goes", () => {
  it("before the difference is paid, the cart and its return are there, nothing is given, and it goes on", async () => {
    const saleId = await sold(1_000);
    await begin(saleId);
    for (let count = 0; count < 4; count += 1) await bench.scan(cola);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(bench.shown.sale.exchange).toMatchObject({ dueFen: 400 });
    expect(books(saleId)).toMatchObject({ exchange: null, refundCashFen: 0 });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 400 });
    expect(books(saleId)).toMatchObject({ drawerFen: 1_400, exchange: { creditFen: 1_000 } });
  });

  it("while the customer pays the difference by phone, the payment's end books sale and return together, once", async () => {
    const saleId = await sold(1_000);
    await begin(saleId);
    for (let count = 0; count < 4; count += 1) await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.scan(shop.simulator.wallet.showCode());
    await bench.crash(); // the request has left, its answer came to nobody
    await shop.arrive();
    await shop.pass(60_000);
    const sale = bench.sales().at(-1);
    const isPaid = sale?.tenders.some(({ kind }) => kind === "wechat") === true;
    expect(books(saleId)).toMatchObject(
      isPaid
        ? { salesFen: 2_400, refundCashFen: 1_000, exchange: { creditFen: 1_000 } }
        : { salesFen: 1_000, refundCashFen: 0, exchange: null },
    );
    expect(isPaid || bench.shown.sale.exchange !== undefined).toBe(true);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("after the commit and before the rest goes back by phone, the next process sends it, once", async () => {
    const saleId = await sold(0);
    await begin(saleId);
    await bench.scan(cola);
    await bench.must("finish-exchange", {});
    await bench.crash();
    await shop.arrive();
    await shop.pass(130_000);
    const refunds = bench.store.refundsOfSale(saleId);
    expect(refunds.map(({ kind, amountFen, state }) => [kind, amountFen, state])).toEqual([
      ["cash", 350, "succeeded"],
      ["wechat", 650, "succeeded"],
    ]);
    const order = shop.ledger(refunds[1]?.gateway?.outTradeNo ?? "");
    expect(order).toMatchObject({ refundedFen: 650 });
    expect(books(saleId)).toMatchObject({ drawerFen: 0, refundWechatFen: 650 });
  });
});
