import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import { businessDay, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* Refunds that do not reach the customer, and what a manager does about them. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const approvalPin = people.manager.pin;
const card = { to: "customer-card", bankType: "ICBC_DEBIT", account: "6222020200112233445", name: "李雷" } as const;
let presses = 0;

/** A sale of 10.00 by phone, and a refund of all of it that meets `outcome`. */
async function refunded(outcome: string) {
  await shop.showCode();
  const sale = bench.sales().at(-1);
  const tender = sale?.tenders[0];
  assert(sale !== undefined && tender?.kind === "wechat", "the sale is complete");
  await shop.nextRefund(outcome);
  const { saleId } = sale;
  const { tenderId, outTradeNo, transactionId } = tender;
  const { refundNo } = await refundSale({ saleId, tenderId });
  await shop.pass(65_000);
  return { saleId, tenderId, outTradeNo, transactionId: transactionId ?? "", refundNo };
}
async function refundSale(asked: { saleId: string; tenderId: string; inCash?: boolean; amountFen?: number }) {
  const requestId = `press-${(presses += 1)}`;
  const answer = await bench.must("refund-sale", {
    amountFen: 1_000,
    ...asked,
    requestId,
    reason: "退货",
    approvalPin,
  });
  await shop.arrive();
  return answer;
}
async function sendOnward(refundNo: string, onward: typeof card | { readonly to: "shop-account" }) {
  const answer = await bench.send("send-refund-onward", { refundNo, onward, approvalPin });
  await shop.arrive();
  return answer;
}
const open = () => bench.must("open-refunds", {});
const dayMs = 24 * 3_600_000;

describe("stuck money", () => {
  it("goes on to the customer's card by a manager's word, sealed, and is then given back", async () => {
    const { refundNo, outTradeNo } = await refunded("refund-abnormal");
    expect(await open()).toMatchObject([{ refundNo, state: "abnormal", canSendOnward: true, needsManager: true }]);
    expect(await bench.send("send-refund-onward", { refundNo, onward: card })).toMatchObject({
      fault: { kind: "approval-needed" },
    });
    await sendOnward(refundNo, card);
    expect(await open()).toMatchObject([{ state: "processing", onwardTo: "customer-card", needsManager: false }]);
    expect(bench.shown.notices).toEqual([]); // nobody is called any more
    await shop.pass(1.1 * dayMs);
    expect(shop.stateOf(refundNo)).toBe("succeeded");
    expect(await open()).toEqual([]);
    expect(bench.shown.notices).toMatchObject([{ kind: "refund-ended", word: "given-back" }]);
    expect(shop.ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000, refunds: [{ outRefundNo: refundNo }] });
    // Card and name were for the gateway alone.
    expect(JSON.stringify(bench.store.refund(refundNo))).not.toMatch(/6222|李雷/u);
    expect(JSON.stringify(bench.patches)).not.toMatch(/6222|李雷/u);
  }, 30_000);

  it("that goes on to the shop's account is the shop's to pay out, until a manager says that it is", async () => {
    const { refundNo } = await refunded("refund-abnormal");
    await sendOnward(refundNo, { to: "shop-account" });
    await shop.pass(1.1 * dayMs);
    expect(shop.stateOf(refundNo)).toBe("succeeded");
    expect(bench.shown.notices).toMatchObject([{ kind: "refund-ended", word: "at-shop" }]);
    expect(await open()).toMatchObject([{ refundNo, onwardTo: "shop-account", needsManager: true }]);
    await bench.must("settle-refund-otherwise", { refundNo, approvalPin });
    await bench.must("settle-refund-otherwise", { refundNo, approvalPin });
    expect([await open(), bench.shown.notices]).toEqual([[], []]);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  }, 30_000);

  it("is sent on once, however often it is asked for, and not at all where it is not stuck", async () => {
    const { refundNo, outTradeNo } = await refunded("refund-abnormal");
    const answers = await Promise.all([sendOnward(refundNo, card), sendOnward(refundNo, { to: "shop-account" })]);
    expect(answers).toMatchObject([{ ok: true }, { fault: { kind: "refund-not-stuck" } }]);
    expect(await sendOnward(refundNo, card)).toMatchObject({ fault: { kind: "refund-not-stuck" } });
    expect(shop.requests(outTradeNo)).toBe(2); // the refund and its sending on
  });

  it("whose sending on was refused, or lost and not taken, waits for another word", async () => {
    const { refundNo } = await refunded("refund-abnormal");
    await shop.nextRefund("user-account-abnormal");
    await sendOnward(refundNo, card);
    expect(await open()).toMatchObject([{ canSendOnward: true, onwardRefused: "USER_ACCOUNT_ABNORMAL" }]);
    await shop.nextRefund("reset");
    await sendOnward(refundNo, { to: "shop-account" });
    expect(await open()).toMatchObject([{ canSendOnward: false }]); // it may have been taken
    await shop.pass(40_000);
    expect(await open()).toMatchObject([{ canSendOnward: true, onwardRefused: "ABNORMAL" }]);
    await sendOnward(refundNo, { to: "shop-account" });
    expect(shop.stateOf(refundNo)).toBe("processing");
  });

  it("whose sending on was taken though its answer was lost, or the power went, is followed to its end", async () => {
    const { refundNo } = await refunded("refund-abnormal");
    await shop.nextRefund("reset-but-done");
    await bench.send("send-refund-onward", { refundNo, onward: { to: "shop-account" }, approvalPin });
    await bench.crash();
    await shop.arrive();
    expect(shop.stateOf(refundNo)).toBe("processing");
    await bench.must("sign-in", { cashierId: people.manager.id, pin: approvalPin });
    expect(await open()).toMatchObject([{ onwardTo: "shop-account" }]);
  });
});

describe("cash for what was paid by phone", () => {
  it("is not given while it can go back the way it came", async () => {
    await shop.showCode();
    const sale = bench.sales().at(-1);
    const asked = { saleId: sale?.saleId ?? "", tenderId: sale?.tenders[0]?.tenderId ?? "", amountFen: 1_000 };
    expect(
      await bench.send("refund-sale", { ...asked, requestId: "x", reason: "退货", inCash: true, approvalPin }),
    ).toMatchObject({ fault: { kind: "refund-same-way" } });
    expect((await bench.must("sale-detail", { saleId: asked.saleId })).refundable).toMatchObject([
      { mayGoInCash: false, blocked: null, notBeforeMs: null },
    ]);
  });

  it("is given after the gateway refused, from the drawer, and settles what was refused", async () => {
    const { saleId, tenderId, refundNo } = await refunded("user-account-abnormal");
    expect(await open()).toMatchObject([{ refundNo, state: "refused", needsManager: true }]);
    const kicks = bench.kicks.length;
    expect(await refundSale({ saleId, tenderId, inCash: true })).toMatchObject({ kind: "cash", word: "paid" });
    expect(bench.kicks).toHaveLength(kicks + 1);
    expect(await open()).toEqual([]);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({
      ...{ wechatFen: 1_000, refundCount: 1, refundCashFen: 1_000, refundWechatFen: 0 },
    });
    expect(await bench.send("retry-refund", { refundNo, approvalPin })).toMatchObject({
      fault: { kind: "refund-not-ended" },
    });
    const { refundable } = await bench.must("sale-detail", { saleId });
    expect(refundable).toMatchObject([{ remainingFen: 0 }]);
  });

  it("is given after a year, never beyond what remains", async () => {
    await shop.showCode();
    const sale = bench.sales().at(-1);
    const asked = { saleId: sale?.saleId ?? "", tenderId: sale?.tenders[0]?.tenderId ?? "" };
    await shop.clock.advance(365 * dayMs);
    const { refundable } = await bench.must("sale-detail", { saleId: asked.saleId });
    expect(refundable).toMatchObject([{ blocked: "too-old", mayGoInCash: true }]);
    await refundSale({ ...asked, inCash: true, amountFen: 600 });
    expect(
      await bench.send("refund-sale", {
        ...asked,
        requestId: "y",
        amountFen: 401,
        reason: "",
        inCash: true,
        approvalPin,
      }),
    ).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 400 } });
  });
});

it("The sale is found by the gateway's own number too, and a payment without a sale is called that", async () => {
  const { saleId, transactionId } = await refunded("normal");
  expect(await bench.must("find-sale", { text: transactionId })).toEqual({ saleId, isOther: false });
  await bench.must("leave-payment", {});
  await bench.scan(transactionId);
  expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "receipt-scanned", saleId });
  shop.told.pay = { kind: "refused", reason: "code-expired", code: "AUTHCODEEXPIRE" };
  await shop.showCode();
  const [attempt] = bench.store.attemptsOfSale(bench.shown.sale.saleId);
  expect(await bench.send("find-sale", { text: attempt?.outTradeNo ?? "" })).toMatchObject({
    fault: { kind: "payment-without-sale" },
  });
});
