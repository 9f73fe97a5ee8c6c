import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import type { Inquiry } from "#main/till/reconciliation/inquiring.ts";
import { businessDay, chips, openingMs, paymentCode, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock } from "#tests/support/virtual-clock.ts";

const pin = people.manager.pin;
const number = "4200002026030212345678901234";

/** The far end of a dead line. */
const line: Inquiry = {
  query: () => Promise.resolve({ kind: "unknown", cause: "network", code: null }),
  queryRefund: () => Promise.reject(new Error("nothing is given back here")),
};

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench({ clock: createVirtualClock(openingMs), inquiry: line }).atWork();
});
afterEach(() => bench.close());

/** A cart of 10.00 with the payment dialog open. */
async function atPayment(gateway: "online" | "offline" = "offline"): Promise<void> {
  bench.till.gatewayReached(gateway);
  await bench.scan(chips);
  await bench.must("take-payment", {});
}

/** A sale of 10.00, paid to the printed code; the id of its tender. */
async function taken(): Promise<{ readonly saleId: string; readonly tenderId: string }> {
  await atPayment();
  await bench.must("pay-static-code", { amountFen: 1_000 });
  const sale = bench.sales().at(-1);
  const tender = sale?.tenders[0];
  assert(sale !== undefined && tender?.kind === "static-code", "the sale is paid to the printed code");
  return { saleId: sale.saleId, tenderId: tender.tenderId };
}

const stage = () => bench.displays.at(-1)?.stage;
const refund = (saleId: string, tenderId: string, amountFen: number) =>
  bench.send("refund-sale", {
    ...{ requestId: `${tenderId}-${amountFen}`, saleId, tenderId, amountFen, reason: "退货", approvalPin: pin },
  });

describe("a payment to the shop's printed code", () => {
  it("is taken by the cashier's word while the gateway is away, and called unverified everywhere", async () => {
    await atPayment();
    expect(stage()).toMatchObject({ kind: "choose-payment", takesWechat: false, takesStaticCode: true });
    await bench.must("pay-static-code", { amountFen: 1_000 });
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000, tenders: [{ kind: "static-code", approvedBy: null }] }]);
    expect(bench.shown.payment).toMatchObject({ stage: "done", done: { totalFen: 1_000, staticCodeFen: 1_000 } });
    expect(stage()).toMatchObject({ kind: "paid", totalFen: 1_000, staticCodeFen: 1_000 });
    const sums = { salesFen: 1_000, cashFen: 0, wechatFen: 0, staticCodeFen: 1_000 };
    expect(bench.store.dayTotals(businessDay)).toMatchObject(sums);
    expect(bench.kicks).toEqual([]); // there is nothing to put into the drawer
    const [job] = [...bench.printed];
    expect(job).toBeDefined();
    const saleId = bench.sales()[0]?.saleId ?? "";
    const paper = JSON.stringify((await bench.must("sale-detail", { saleId })).receipt.lines);
    expect(paper).toContain("收款未经系统核实");
  });

  it("needs a manager's word while the gateway answers, and the sale says whose it was", async () => {
    await atPayment("online");
    const asked = { amountFen: 1_000 };
    expect(await bench.send("pay-static-code", asked)).toEqual({ ok: false, fault: { kind: "approval-needed" } });
    expect(await bench.send("pay-static-code", { ...asked, approvalPin: "9999" })).toEqual({
      ...{ ok: false, fault: { kind: "approval-refused" } },
    });
    expect(bench.sales()).toEqual([]);
    expect(bench.shown.payment).toMatchObject({ leftFen: 1_000, tenders: [] });
    await bench.must("pay-static-code", { ...asked, approvalPin: pin });
    expect(bench.sales()).toMatchObject([{ tenders: [{ kind: "static-code", approvedBy: people.manager.id }] }]);
  });

  it("covers a part beside cash, and is taken out again with an entry in the journal", async () => {
    await atPayment();
    await bench.must("pay-static-code", { amountFen: 600 });
    expect(bench.shown.payment).toMatchObject({ leftFen: 400, tenders: [{ kind: "static-code", amountFen: 600 }] });
    const before = bench.store.journalStatus().lastSeq;
    const [tender] = bench.shown.payment?.tenders ?? [];
    await bench.must("remove-tender", { tenderId: tender?.tenderId ?? "" });
    expect(bench.shown.payment).toMatchObject({ leftFen: 1_000, tenders: [] });
    expect([bench.store.journalStatus().lastSeq, bench.kicks]).toEqual([before + 1, []]);
    await bench.must("pay-static-code", { amountFen: 600 });
    await bench.must("pay-cash", { receivedFen: 500 });
    expect(bench.sales()).toMatchObject([{ changeFen: 100, tenders: [{ amountFen: 600 }, { amountFen: 400 }] }]);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ cashFen: 400, staticCodeFen: 600, salesFen: 1_000 });
    expect(bench.kicks).toHaveLength(1);
  });

  it("leaves the drawer shut when it covers what cash has left", async () => {
    await atPayment();
    await bench.must("pay-cash", { receivedFen: 400 });
    expect(bench.kicks).toHaveLength(1);
    await bench.must("pay-static-code", { amountFen: 600 });
    expect([bench.sales().length, bench.kicks.length]).toEqual([1, 1]);
  });

  it("is never more than what is left, and never beside a payment that is not known yet", async () => {
    const refused = { ok: false, fault: { kind: "not-taking-payment" } };
    expect(await bench.send("pay-static-code", { amountFen: 1_000 })).toEqual(refused);
    await atPayment("online");
    // Refused before a manager is called.
    const over = await bench.send("pay-static-code", { amountFen: 1_001 });
    expect(over).toEqual({ ok: false, fault: { kind: "amount-over-left" } });
    bench.gateway.plan = "password";
    await bench.scan(paymentCode);
    const beside = await bench.send("pay-static-code", { amountFen: 1_000, approvalPin: pin });
    expect(beside).toEqual({ ok: false, fault: { kind: "payment-under-way" } });
    expect(bench.sales()).toEqual([]);
  });

  it("that the disk refused to sell is sold by the same key, once", async () => {
    await atPayment();
    Object.assign(bench.refuse, { method: "commitSale", times: 1 });
    expect(await bench.send("pay-static-code", { amountFen: 1_000 })).toMatchObject({ ok: false });
    expect(bench.sales()).toEqual([]);
    await bench.must("pay-static-code", { amountFen: 1_000 });
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ saleCount: 1, staticCodeFen: 1_000 });
  });

  it("survives a power cut as a part, and as an open taking", async () => {
    await atPayment();
    await bench.must("pay-static-code", { amountFen: 600 });
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    await bench.must("take-payment", {});
    expect(bench.shown.payment).toMatchObject({ leftFen: 400, tenders: [{ kind: "static-code", amountFen: 600 }] });
    await bench.must("pay-cash", { receivedFen: 400 });
    await bench.crash();
    expect(bench.store.openStaticTakings()).toEqual({ count: 1, fen: 600 });
  });
});

describe("the manager's list of such payments", () => {
  it("is for managers, and keeps each until it is matched, once", async () => {
    const { saleId, tenderId } = await taken();
    expect(await bench.send("static-takings", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });
    const match = { tenderId, transactionId: number };
    expect(await bench.send("match-static-taking", match)).toEqual({ ok: false, fault: { kind: "approval-needed" } });
    const matched = await bench.must("match-static-taking", { ...match, approvalPin: pin });
    expect(matched).toMatchObject({ state: "matched", transactionId: number, handled: { by: people.manager.id } });
    // The answer was lost: the same word again is no fault, another one is.
    const entries = bench.store.journalStatus().lastSeq;
    expect(await bench.must("match-static-taking", { ...match, approvalPin: pin })).toEqual(matched);
    const other = { tenderId, reason: "找不到", approvalPin: pin };
    expect(await bench.send("write-off-static-taking", other)).toEqual({
      ...{ ok: false, fault: { kind: "taking-has-ended" } },
    });
    expect(bench.store.journalStatus().lastSeq).toBe(entries);
    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: people.manager.id, pin });
    expect(await bench.must("static-takings", {})).toEqual({ open: { count: 0, fen: 0 }, takings: [matched] });
    expect((await bench.must("sale-detail", { saleId })).takings).toEqual([matched]);
    expect(await bench.must("find-sale", { text: number })).toEqual({ saleId, isOther: false });
  });

  it("refuses the number of another payment, and says of an unknown one that it is not there", async () => {
    const first = await taken();
    const second = await taken();
    await bench.must("match-static-taking", { tenderId: first.tenderId, transactionId: number, approvalPin: pin });
    const again = { tenderId: second.tenderId, transactionId: number, approvalPin: pin };
    expect(await bench.send("match-static-taking", again)).toEqual({ ok: false, fault: { kind: "transaction-used" } });
    const unknown = await bench.send("match-static-taking", { ...again, tenderId: "gone" });
    expect(unknown).toEqual({ ok: false, fault: { kind: "no-such-taking" } });
    expect(bench.store.openStaticTakings()).toMatchObject({ count: 1 });
  });
});

describe("money back for such a payment", () => {
  it("comes from the drawer by a manager's word, never beyond what was taken", async () => {
    const { saleId, tenderId } = await taken();
    expect(await refund(saleId, tenderId, 1_001)).toMatchObject({ fault: { kind: "over-refundable" } });
    const given = await refund(saleId, tenderId, 400);
    expect(given).toMatchObject({ ok: true, value: { kind: "cash", word: "paid", amountFen: 400 } });
    expect(bench.kicks).toHaveLength(1);
    const sums = { staticCodeFen: 1_000, refundCashFen: 400, refundWechatFen: 0 };
    expect(bench.store.dayTotals(businessDay)).toMatchObject(sums);
    expect((await bench.must("sale-detail", { saleId })).refundable).toMatchObject([
      { kind: "static-code", remainingFen: 600, mayGoInCash: true },
    ]);
    expect(await refund(saleId, tenderId, 601)).toMatchObject({ fault: { kind: "over-refundable" } });
  });

  it("is refused where the money never came", async () => {
    const { saleId, tenderId } = await taken();
    await bench.must("write-off-static-taking", { tenderId, reason: "账单里没有", approvalPin: pin });
    expect(await refund(saleId, tenderId, 100)).toEqual({ ok: false, fault: { kind: "taking-never-received" } });
    expect(bench.kicks).toEqual([]);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });
});
