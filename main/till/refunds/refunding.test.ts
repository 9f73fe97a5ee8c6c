import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import { businessDay, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* Money given back by a till with real stores, through the real client, over the gateway simulator. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const arrive = () => shop.arrive();
const pass = (ms: number) => shop.pass(ms);
const nextRefund = (outcome: string) => shop.nextRefund(outcome);
const stateOf = (refundNo: string) => shop.stateOf(refundNo);
const ledger = (outTradeNo: string) => shop.ledger(outTradeNo);
const requests = (outTradeNo: string) => shop.requests(outTradeNo);

/** A sale of 10.00, paid with WeChat Pay but for `cashFen`. */
async function sold(cashFen = 0): Promise<{ saleId: string; wechat: string; cash: string; outTradeNo: string }> {
  await shop.showCode(cashFen);
  const sale = bench.sales().at(-1);
  assert(sale !== undefined, "the sale is complete");
  const of = (kind: string) => sale.tenders.find((tender) => tender.kind === kind);
  const wechat = of("wechat");
  return {
    saleId: sale.saleId,
    wechat: wechat?.tenderId ?? "",
    cash: of("cash")?.tenderId ?? "",
    outTradeNo: wechat?.kind === "wechat" ? wechat.outTradeNo : "",
  };
}

const approvalPin = people.manager.pin;
let presses = 0;
async function refund(saleId: string, tenderId: string, amountFen: number) {
  const requestId = `press-${(presses += 1)}`;
  const result = await bench.send("refund-sale", {
    ...{ requestId, saleId, tenderId, amountFen },
    ...{ reason: "退货", approvalPin },
  });
  await arrive();
  return result;
}
async function given(saleId: string, tenderId: string, amountFen: number): Promise<string> {
  const result = await refund(saleId, tenderId, amountFen);
  assert(result.ok, `a refund, got ${JSON.stringify(result)}`);
  return result.value.refundNo;
}
const detail = (saleId: string) => bench.must("sale-detail", { saleId });

describe("money that went by phone", () => {
  it("goes back whole: on disk first, polled while it is processing, then in the totals and on paper once", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    const refundNo = await given(saleId, wechat, 1_000);
    expect(refundNo).toBe(`${outTradeNo}R1`);
    expect(stateOf(refundNo)).toBe("processing");
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 0 }); // accepted is not arrived
    await pass(65_000);
    expect(stateOf(refundNo)).toBe("succeeded");
    expect(ledger(outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
    expect(bench.store.dayTotals(businessDay)).toMatchObject({
      ...{ salesFen: 1_000, wechatFen: 1_000, refundCount: 1, refundCashFen: 0, refundWechatFen: 1_000 },
    });
    expect(bench.shown.notices).toMatchObject([{ kind: "refund-ended", word: "given-back", amountFen: 1_000 }]);
    expect(bench.printed).toHaveLength(2); // the sale's receipt and the refund's paper
    expect((await detail(saleId)).refundable).toMatchObject([{ paidFen: 1_000, remainingFen: 0 }]);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("goes back in parts, a minute apart, and never more than was paid", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    expect(await refund(saleId, wechat, 1_001)).toMatchObject({ fault: { kind: "over-refundable" } });
    await given(saleId, wechat, 300);
    expect(await refund(saleId, wechat, 300)).toMatchObject({ fault: { kind: "refund-too-soon", waitMs: 60_000 } });
    await pass(60_000);
    await given(saleId, wechat, 300);
    await pass(60_000);
    expect(await refund(saleId, wechat, 401)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 400 } });
    await given(saleId, wechat, 400);
    await pass(120_000);
    expect(ledger(outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
    const { refunds, refundable } = await detail(saleId);
    expect(refunds.map(({ refundNo, word }) => [refundNo, word])).toEqual(
      [1, 2, 3].map((place) => [`${outTradeNo}R${place}`, "paid"]),
    );
    expect(refundable).toMatchObject([{ remainingFen: 0 }]);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 3, refundWechatFen: 1_000 });
  });

  it.each(["system-error-but-done", "reset-but-done", "truncated", "foreign-amount"])(
    "is asked for again under the same number when the answer is lost (%s), and goes back once",
    async (outcome) => {
      const { saleId, wechat, outTradeNo } = await sold();
      await nextRefund(outcome);
      const refundNo = await given(saleId, wechat, 400);
      expect(stateOf(refundNo)).toBe("unknown");
      expect((await detail(saleId)).refundable).toMatchObject([{ remainingFen: 600 }]);
      await pass(180_000);
      expect(stateOf(refundNo)).toBe("succeeded");
      expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 400, refunds: [{ outRefundNo: refundNo }] });
      expect(requests(outTradeNo)).toBeGreaterThan(1);
    },
  );

  it("that is stuck at the gateway is said plainly, and still counts as given", async () => {
    const { saleId, wechat } = await sold();
    await nextRefund("refund-abnormal");
    const refundNo = await given(saleId, wechat, 1_000);
    await pass(65_000);
    expect(stateOf(refundNo)).toBe("abnormal");
    expect(bench.shown.notices).toMatchObject([{ kind: "refund-stuck", refundNo }]);
    expect(await bench.must("open-refunds", {})).toMatchObject([{ refundNo, needsManager: true, word: "not-known" }]);
    expect(await refund(saleId, wechat, 1)).toMatchObject({ fault: { kind: "over-refundable" } });
    expect(await bench.send("retry-refund", { refundNo, approvalPin })).toMatchObject({
      fault: { kind: "refund-not-ended" },
    });
  });

  it("that the gateway closed goes back under a new number by the manager's word", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    await nextRefund("refund-closed");
    const closed = await given(saleId, wechat, 1_000);
    await pass(65_000);
    expect(stateOf(closed)).toBe("closed");
    expect(bench.shown.notices).toMatchObject([{ kind: "refund-ended", word: "not-given-back" }]);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 0 });
    const again = await bench.must("retry-refund", { refundNo: closed, approvalPin });
    expect(again.refundNo).toBe(`${outTradeNo}R2`);
    await arrive();
    await pass(65_000);
    expect(stateOf(again.refundNo)).toBe("succeeded");
    expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000 });
  });

  it("that was refused for want of money goes back under its own number once there is some", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    await nextRefund("not-enough");
    const refundNo = await given(saleId, wechat, 1_000);
    expect(stateOf(refundNo)).toBe("refused");
    expect((await detail(saleId)).refunds).toMatchObject([{ refusedReason: "merchant-balance", canRetry: true }]);
    expect(await bench.must("retry-refund", { refundNo, approvalPin })).toMatchObject({ refundNo });
    await arrive();
    await pass(65_000);
    expect(stateOf(refundNo)).toBe("succeeded");
    expect(ledger(outTradeNo)?.refunds).toHaveLength(1);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("that was refused is not sent again when another refund has taken its place", async () => {
    const { saleId, wechat } = await sold();
    await nextRefund("not-enough");
    const refused = await given(saleId, wechat, 1_000);
    await pass(60_000);
    await given(saleId, wechat, 500);
    await pass(60_000);
    expect(await bench.send("retry-refund", { refundNo: refused, approvalPin })).toMatchObject({
      fault: { kind: "over-refundable", remainingFen: 500 },
    });
  });
});

describe("a till that died", () => {
  it("between the store and the request sends it at the next start", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    bench.refuse.method = "saveRefund";
    bench.refuse.times = 1;
    const refundNo = await given(saleId, wechat, 1_000);
    expect([stateOf(refundNo), requests(outTradeNo)]).toEqual(["requested", 0]);
    await bench.crash();
    await arrive();
    await pass(65_000);
    expect(stateOf(refundNo)).toBe("succeeded");
    expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000 });
  });

  it("between the request and the answer asks again under the same number, and books it once", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    const asked = { requestId: "a", saleId, tenderId: wechat, amountFen: 700, reason: "" };
    await bench.send("refund-sale", { ...asked, approvalPin });
    expect(stateOf(`${outTradeNo}R1`)).toBe("sent");
    await bench.crash(); // the answer comes to nobody
    await arrive();
    await pass(65_000);
    await bench.crash(); // and once more, with all of it done
    await pass(65_000);
    expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 700 });
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 1, refundWechatFen: 700 });
    expect(requests(outTradeNo)).toBe(2);
  });

  it("or whose disk refused the end, books it when the disk is well", async () => {
    const { saleId, wechat } = await sold();
    const refundNo = await given(saleId, wechat, 1_000);
    bench.refuse.method = "settleRefund";
    bench.refuse.times = 3;
    await pass(65_000);
    expect(stateOf(refundNo)).toBe("processing");
    await pass(30_000);
    expect(stateOf(refundNo)).toBe("succeeded");
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 1 });
  });
});

describe("cash", () => {
  it("goes back from the drawer at once, with its entry and its paper, and is missed in the drawer", async () => {
    const { saleId, cash } = await sold(1_000);
    const kicks = bench.kicks.length;
    const refundNo = await given(saleId, cash, 400);
    expect(bench.kicks).toHaveLength(kicks + 1);
    expect(bench.store.refund(refundNo)).toMatchObject({ kind: "cash", state: "succeeded", approvedBy: "m1" });
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ cashFen: 1_000, refundCount: 1, refundCashFen: 400 });
    expect(await refund(saleId, cash, 601)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 600 } });
    await given(saleId, cash, 600); // cash needs no minute between
    expect(bench.printed).toHaveLength(3);
    await bench.must("leave-payment", {});
    expect(await bench.must("close-shift", { countedCashFen: 10_000 })).toMatchObject({
      totals: { expectedCashFen: 10_000, refundCashFen: 1_000 },
      differenceFen: 0,
    });
  });

  it("goes back once for one request, pressed twice at once or again after a restart", async () => {
    const { saleId, cash } = await sold(1_000);
    const asked = { requestId: "press", saleId, tenderId: cash, amountFen: 400, reason: "", approvalPin };
    const [first, second] = await Promise.all([bench.send("refund-sale", asked), bench.send("refund-sale", asked)]);
    expect(second).toEqual(first);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
    expect(await bench.send("refund-sale", asked)).toEqual(first);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 1, refundCashFen: 400 });
  });

  it("and phone money of one sale each go back the way they came", async () => {
    const { saleId, cash, wechat, outTradeNo } = await sold(300);
    expect(await refund(saleId, cash, 400)).toMatchObject({ fault: { kind: "over-refundable", remainingFen: 300 } });
    await given(saleId, cash, 300);
    await given(saleId, wechat, 700);
    await pass(65_000);
    expect(ledger(outTradeNo)).toMatchObject({ refundedFen: 700 });
    expect((await detail(saleId)).refundable.map(({ remainingFen }) => remainingFen)).toEqual([0, 0]);
  });
});

describe("who may", () => {
  it("is a manager alone: no PIN, a wrong PIN and a foreign sale give nothing back", async () => {
    const { saleId, wechat, outTradeNo } = await sold();
    const asked = { requestId: "a", saleId, tenderId: wechat, amountFen: 100, reason: "" };
    expect(await bench.send("refund-sale", asked)).toMatchObject({ fault: { kind: "approval-needed" } });
    expect(await bench.send("refund-sale", { ...asked, approvalPin: "0000" })).toMatchObject({
      fault: { kind: "approval-refused" },
    });
    expect(await refund("nobody", wechat, 100)).toMatchObject({ fault: { kind: "no-such-sale" } });
    expect(await refund(saleId, "nothing", 100)).toMatchObject({ fault: { kind: "no-such-tender" } });
    expect(await bench.send("retry-refund", { refundNo: "none", approvalPin })).toMatchObject({
      fault: { kind: "no-such-refund" },
    });
    expect([bench.store.refundsOfSale(saleId), requests(outTradeNo)]).toEqual([[], 0]);
  });
});

describe("the sale somebody brings back", () => {
  it("is found by our receipt and by the payment number in the customer's own bill, scanned or typed", async () => {
    const { saleId, outTradeNo } = await sold();
    const [sale] = bench.sales();
    for (const text of [outTradeNo, sale?.saleNumber ?? "", `tillway:${sale?.saleNumber}:1000:abc`]) {
      expect(await bench.must("find-sale", { text })).toEqual({ saleId, isOther: false });
      await bench.must("leave-payment", {});
      await bench.scan(text);
      expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "receipt-scanned", saleId });
    }
    expect(await bench.send("find-sale", { text: "T01-000999" })).toMatchObject({ fault: { kind: "no-such-sale" } });
  });
});
