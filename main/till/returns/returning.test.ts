import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { assert } from "#core/result.ts";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import { businessDay, chips, cola, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* Goods that come back to a till with real stores, over the real client and the gateway simulator. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const approvalPin = people.manager.pin;
let presses = 0;
type Line = IntentArgs<"plan-return">["lines"][number] & { readonly condition?: "damaged" };

/** Three colas at 3.50 with 1.00 off and a bag of chips at 10.00, 19.50, for cash but for `wechatFen`. */
async function sold(wechatFen = 0): Promise<string> {
  for (const code of [cola, cola, cola, chips]) await bench.scan(code);
  const lineId = bench.shown.sale.lines[0]?.lineId ?? "";
  await bench.must("discount-line", { lineId, discount: { kind: "amount", amountFen: 100 } });
  await bench.must("take-payment", {});
  if (wechatFen < 1_950) await bench.must("pay-cash", { receivedFen: 1_950 - wechatFen });
  if (wechatFen > 0) {
    await bench.scan(shop.simulator.wallet.showCode());
    await shop.arrive();
  }
  await bench.must("next-sale", {});
  return bench.sales().at(-1)?.saleId ?? "";
}

const planned = (saleId: string, lines: readonly Line[]) =>
  bench.send("plan-return", { saleId, lines: lines.map(({ lineNumber, quantity }) => ({ lineNumber, quantity })) });

/** As the screen does: planned, seen, confirmed. */
async function giveBack(saleId: string, ...lines: readonly Line[]) {
  const plan = await planned(saleId, lines);
  if (!plan.ok) return plan;
  const requestId = `press-${(presses += 1)}`;
  const asked = {
    ...{ requestId, saleId, amountFen: plan.value.amountFen, reason: "顾客退货", approvalPin },
    lines: lines.map((line) => ({ condition: "back-to-stock" as const, ...line })),
  };
  const given = await bench.send("give-return", asked);
  await shop.arrive();
  return given;
}
const colas = (count: number): Line => ({ lineNumber: 1, quantity: count * 1_000 });
const remaining = async (saleId: string) =>
  (await bench.must("return-outlook", { saleId })).lines.map((line) => line.remaining);

describe("goods that come back", () => {
  it("give back what was paid for them, line discount and all, from the drawer in one commit, with a paper", async () => {
    const saleId = await sold();
    const kicks = bench.kicks.length;
    const given = await giveBack(saleId, { ...colas(1), condition: "damaged" });
    // 9.50 for three: 3.17, 3.16, 3.17.
    expect(given).toMatchObject({
      ok: true,
      value: {
        ...{ amountFen: 317, refundNos: ["T01-000001R1"], exchangedFor: null },
        lines: [{ lineNumber: 1, quantity: 1_000, worthFen: 317, condition: "damaged" }],
      },
    });
    expect(bench.kicks).toHaveLength(kicks + 1);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ salesFen: 1_950, refundCashFen: 317, refundCount: 1 });
    expect(bench.store.currentShift()).not.toBeNull();
    expect(bench.printed).toHaveLength(2); // the sale's receipt and the paper of the return
    expect(await remaining(saleId)).toEqual([2_000, 1_000]);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("never come back beyond what was sold, and all of them give exactly what was paid", async () => {
    const saleId = await sold();
    let fen = 0;
    for (const count of [1, 2]) {
      const given = await giveBack(saleId, colas(count));
      assert(given.ok, "within what was sold");
      fen += given.value.amountFen;
    }
    expect(fen).toBe(950);
    expect(await giveBack(saleId, colas(1))).toEqual({
      ok: false,
      fault: { kind: "return-over-line", lineNumber: 1, remaining: 0 },
    });
    expect(await giveBack(saleId, { lineNumber: 1, quantity: 500 })).toMatchObject({
      fault: { kind: "quantity-out-of-range" },
    });
    expect(await giveBack(saleId, { lineNumber: 9, quantity: 1_000 })).toMatchObject({
      fault: { kind: "return-no-such-line" },
    });
  });

  it("go back to the phone first and to the drawer after, each a refund of its own", async () => {
    const saleId = await sold(1_000);
    const all = [colas(3), { lineNumber: 2, quantity: 1_000 }];
    const plan = await planned(saleId, all);
    expect(plan).toMatchObject({
      value: {
        amountFen: 1_950,
        parts: [
          { kind: "wechat", amountFen: 1_000, inCash: false },
          { kind: "cash", amountFen: 950, inCash: true },
        ],
      },
    });
    const given = await giveBack(saleId, ...all);
    assert(given.ok, "given");
    const [wechat, cash] = given.value.refundNos;
    expect([shop.stateOf(wechat ?? ""), shop.stateOf(cash ?? "")]).toEqual(["processing", "succeeded"]);
    await shop.pass(65_000);
    expect(shop.stateOf(wechat ?? "")).toBe("succeeded");
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCashFen: 950, refundWechatFen: 1_000 });
  });

  it("give no more than what amounts without goods have left, and say how much that was", async () => {
    const saleId = await sold();
    const { refundable } = await bench.must("sale-detail", { saleId });
    const asked = { requestId: "amount", saleId, tenderId: refundable[0]?.tenderId ?? "", amountFen: 1_500 };
    await bench.must("refund-sale", { ...asked, reason: "价格有误", approvalPin });
    const plan = await planned(saleId, [colas(3)]);
    expect(plan).toMatchObject({ value: { worthFen: 950, amountFen: 450 } });
    expect(await giveBack(saleId, colas(3))).toMatchObject({ ok: true });
    expect(await giveBack(saleId, { lineNumber: 2, quantity: 1_000 })).toEqual({
      ok: false,
      fault: { kind: "return-all-back" },
    });
  });

  it("are given once for one request, and never another amount than the one that was shown", async () => {
    const saleId = await sold();
    const asked = {
      ...{ requestId: "once", saleId, reason: "退货", approvalPin },
      lines: [{ ...colas(1), condition: "back-to-stock" as const }],
    };
    expect(await bench.send("give-return", { ...asked, amountFen: 318 })).toEqual({
      ok: false,
      fault: { kind: "return-changed" },
    });
    const [first, second] = await Promise.all([
      bench.send("give-return", { ...asked, amountFen: 317 }),
      bench.send("give-return", { ...asked, amountFen: 317 }),
    ]);
    expect(second).toEqual(first);
    expect(await bench.send("give-return", { ...asked, amountFen: 317 })).toEqual(first);
    expect(bench.store.refundsOfSale(saleId)).toHaveLength(1);
  });

  it("need a manager's word, and a shift", async () => {
    const saleId = await sold();
    const asked = {
      ...{ requestId: "word", saleId, reason: "退货", amountFen: 317 },
      lines: [{ ...colas(1), condition: "back-to-stock" as const }],
    };
    expect(await bench.send("give-return", asked)).toMatchObject({ fault: { kind: "approval-needed" } });
    expect(await bench.send("give-return", { ...asked, approvalPin: "0000" })).toMatchObject({ ok: false });
    expect(await bench.send("begin-exchange", asked)).toMatchObject({ fault: { kind: "approval-needed" } });
    await bench.must("close-shift", { countedCashFen: 11_950 });
    expect(await bench.send("give-return", { ...asked, approvalPin })).toMatchObject({ ok: false });
    expect(bench.store.returnsOfSale(saleId)).toEqual([]);
  });

  it("are whole after the power went: a request to the gateway that was on disk is sent by the next process, once", async () => {
    const saleId = await sold(1_950);
    const chipsBack = [{ lineNumber: 2, quantity: 1_000, condition: "back-to-stock" as const }];
    const asked = { requestId: "cut", saleId, lines: chipsBack, amountFen: 1_000, reason: "退货", approvalPin };
    const given = await bench.send("give-return", asked);
    assert(given.ok, "given");
    await bench.crash(); // before anybody heard the gateway
    expect(await bench.send("give-return", asked)).toMatchObject({ ok: false }); // nobody is signed in yet
    await shop.arrive();
    await shop.pass(130_000);
    const [refundNo] = given.value.refundNos;
    expect(shop.stateOf(refundNo ?? "")).toBe("succeeded");
    expect(bench.store.refundsOfSale(saleId)).toHaveLength(1);
    expect(bench.store.returnsOfSale(saleId)).toHaveLength(1);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });
});

describe("a sale somebody remembers something of", () => {
  it("is found by its day with its total, an item, or the last four of a payment number, and by no day alone", async () => {
    await sold();
    const saleId = await sold(1_950);
    const tender = bench.sales().at(-1)?.tenders[0];
    assert(tender?.kind === "wechat", "paid by phone");
    const none = { day: businessDay, totalFen: null, item: "", lastFour: "" };
    const found = async (changes: object) => {
      const answer = await bench.send("search-sales", { ...none, ...changes });
      return answer.ok ? answer.value.map((row) => row.saleNumber) : answer.fault.kind;
    };
    expect(await found({ totalFen: 1_950 })).toEqual(["T01-000002", "T01-000001"]);
    expect(await found({ item: "COLA" })).toEqual(["T01-000002", "T01-000001"]);
    expect(await found({ item: "可乐", lastFour: tender.transactionId?.slice(-4) ?? "" })).toEqual(["T01-000002"]);
    expect(await found({ lastFour: tender.outTradeNo.slice(-4) })).toEqual(
      /^\d{4}$/u.test(tender.outTradeNo.slice(-4)) ? ["T01-000002"] : "bad-arguments",
    );
    expect(await found({ totalFen: 1 })).toEqual([]);
    expect(await found({ day: "2026-03-01", totalFen: 1_950 })).toEqual([]);
    expect(await found({})).toBe("search-too-wide");
    expect(saleId).not.toBe("");
  });
});
