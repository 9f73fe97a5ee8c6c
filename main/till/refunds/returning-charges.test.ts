import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultRefundTiming } from "#core/refund/refund.ts";
import { assert } from "#core/result.ts";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import { businessDay, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* Payments that no sale books: the till was told "not paid", the gateway charged. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const approvalPin = people.manager.pin;
const dayMs = 24 * 3_600_000;
let presses = 0;
const ask = async (outTradeNo: string, requestId = `press-${(presses += 1)}`) => {
  const result = await bench.send("refund-charge", { requestId, outTradeNo, reason: "多收", approvalPin });
  await shop.arrive();
  return result;
};
const returned = async (outTradeNo: string): Promise<string> => {
  const result = await ask(outTradeNo);
  assert(result.ok, `a refund, got ${JSON.stringify(result)}`);
  return result.value.refundNo;
};
const totals = () => bench.store.dayTotals(businessDay);

/** The customer pays 10.00, the till is told that the code had expired, and the sale is paid in cash instead. */
async function chargedButRefused(): Promise<string> {
  shop.told.pay = { kind: "refused", reason: "code-expired", code: "AUTHCODEEXPIRE" };
  await shop.showCode();
  delete shop.told.pay;
  const [attempt] = bench.store.attemptsOfSale(bench.shown.sale.saleId);
  assert(attempt?.state === "failed", "the till knows of no payment");
  expect(shop.ledger(attempt.outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 0 });
  await bench.must("pay-cash", { receivedFen: 1_000 });
  await bench.must("leave-payment", {});
  return attempt.outTradeNo;
}

describe("a payment that no sale books", () => {
  it("goes back whole under its own number, beside the sums of the day and not among them", async () => {
    const outTradeNo = await chargedButRefused();
    const before = totals();
    const shift = bench.shown.shift?.shiftId ?? "";
    const shiftBefore = bench.store.shiftTotals(shift);
    expect(await ask(outTradeNo)).toMatchObject({
      ok: true,
      value: { refundNo: `${outTradeNo}R1`, kind: "charge", saleNumber: "", outTradeNo, amountFen: 1_000 },
    });
    await shop.pass(65_000);
    expect(shop.stateOf(`${outTradeNo}R1`)).toBe("succeeded");
    expect(shop.ledger(outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
    expect(totals()).toEqual({ ...before, returnedChargeCount: 1, returnedChargeFen: 1_000 });
    expect(bench.store.shiftTotals(shift)).toEqual(shiftBefore);
    expect(bench.shown.notices).toMatchObject([
      { kind: "refund-ended", word: "given-back", saleId: null, number: outTradeNo, amountFen: 1_000 },
    ]);
    const paper = bench.printed.length;
    expect(paper).toBe(2); // the sale's receipt and the paper of the money given back
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("goes back once, however often, by whom and after how many power cuts it is asked for", async () => {
    const outTradeNo = await chargedButRefused();
    const [first, second] = await Promise.all([ask(outTradeNo, "press"), ask(outTradeNo, "other press")]);
    expect([first, second]).toMatchObject([{ value: { refundNo: `${outTradeNo}R1` } }, { ok: true }]);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.manager.id, pin: approvalPin });
    await shop.pass(65_000);
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.manager.id, pin: approvalPin });
    for (const requestId of ["press", "a day later"]) {
      expect(await ask(outTradeNo, requestId)).toMatchObject({ value: { refundNo: `${outTradeNo}R1`, word: "paid" } });
    }
    expect(shop.ledger(outTradeNo)).toMatchObject({
      refundedFen: 1_000,
      refunds: [{ outRefundNo: `${outTradeNo}R1` }],
    });
    expect(totals()).toMatchObject({ refundCount: 0, returnedChargeCount: 1, returnedChargeFen: 1_000 });
  });

  it("goes back though the power goes between the store and the request", async () => {
    const outTradeNo = await chargedButRefused();
    bench.refuse.method = "saveRefund";
    bench.refuse.times = 1;
    const refundNo = await returned(outTradeNo);
    expect([shop.stateOf(refundNo), shop.requests(outTradeNo)]).toEqual(["requested", 0]);
    await bench.crash();
    await shop.arrive();
    await shop.pass(65_000);
    expect(shop.stateOf(refundNo)).toBe("succeeded");
    expect(shop.ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000 });
  });

  it.each(["system-error-but-done", "reset-but-done", "truncated"])(
    "is asked for again under the same number when the answer is lost (%s)",
    async (outcome) => {
      const outTradeNo = await chargedButRefused();
      await shop.nextRefund(outcome);
      const refundNo = await returned(outTradeNo);
      expect(shop.stateOf(refundNo)).toBe("unknown");
      await shop.pass(180_000);
      expect(shop.stateOf(refundNo)).toBe("succeeded");
      expect(shop.ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000, refunds: [{ outRefundNo: refundNo }] });
    },
  );

  it("is sent again under its own number after a refusal, by either key, and under a new one after a closing", async () => {
    const outTradeNo = await chargedButRefused();
    await shop.nextRefund("not-enough");
    const refundNo = await returned(outTradeNo);
    expect(shop.stateOf(refundNo)).toBe("refused");
    await shop.nextRefund("not-enough");
    expect(await bench.must("retry-refund", { refundNo, approvalPin })).toMatchObject({ refundNo });
    // It was sent before, so a refusal is believed only when no such refund is found past the gateway's own delay.
    await shop.pass(2 * defaultRefundTiming.transientNotFoundMs);
    expect(shop.stateOf(refundNo)).toBe("refused");
    await shop.nextRefund("refund-closed");
    expect(await returned(outTradeNo)).toBe(refundNo);
    await shop.pass(65_000);
    expect(shop.stateOf(refundNo)).toBe("closed");
    expect(await bench.must("retry-refund", { refundNo, approvalPin })).toMatchObject({ refundNo: `${outTradeNo}R2` });
    await shop.arrive();
    await shop.pass(65_000);
    expect(await bench.must("retry-refund", { refundNo, approvalPin })).toMatchObject({
      ...{ refundNo: `${outTradeNo}R2`, word: "paid" },
    });
    expect(shop.ledger(outTradeNo)).toMatchObject({ refundedFen: 1_000 });
    expect(totals()).toMatchObject({ returnedChargeCount: 1, returnedChargeFen: 1_000 });
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("goes back when its undo was never confirmed in seven days, and its attempt then ends as given back", async () => {
    const silence = { kind: "unknown", cause: "timeout", code: null } as const;
    Object.assign(shop.told, { pay: silence, query: silence, reverse: silence });
    await shop.showCode();
    const { saleId } = bench.shown.sale;
    await shop.clock.advance(6 * dayMs);
    const [attempt] = bench.store.attemptsOfSale(saleId);
    const outTradeNo = attempt?.outTradeNo ?? "";
    delete shop.told.query;
    expect(await ask(outTradeNo)).toMatchObject({ fault: { kind: "payment-not-ended" } });
    shop.told.query = silence;
    await shop.clock.advance(1.1 * dayMs);
    expect(bench.store.attempt(outTradeNo)).toMatchObject({ state: "undoing", needsManager: true });
    expect(await ask(outTradeNo)).toMatchObject({ fault: { kind: "gateway-unclear" } });

    delete shop.told.query;
    const refundNo = await returned(outTradeNo);
    await shop.pass(1_300_000);
    expect(shop.stateOf(refundNo)).toBe("succeeded");
    expect(bench.store.attempt(outTradeNo)).toMatchObject({ state: "reversed", wasRefunded: true });
    expect(shop.ledger(outTradeNo)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
    expect(bench.store.sale(saleId)).toBeNull();
  });
});

describe("nothing goes back", () => {
  it("of a payment that is a sale's, that is under way, that nobody knows, or without a manager's word", async () => {
    const charged = await chargedButRefused();
    await shop.showCode();
    const [sale] = bench.sales().toReversed();
    const tender = sale?.tenders[0];
    const paid = tender?.kind === "wechat" ? tender.outTradeNo : "";
    expect(await ask(paid)).toMatchObject({ fault: { kind: "payment-has-sale" } });
    expect(await ask("NOBODY0001")).toMatchObject({ fault: { kind: "no-such-payment" } });
    await bench.must("leave-payment", {});
    shop.told.pay = { kind: "user-paying" };
    await shop.showCode();
    const open = bench.shown.openAttempts[0]?.outTradeNo ?? "";
    expect(await ask(open)).toMatchObject({ fault: { kind: "payment-not-ended" } });
    const asked = { requestId: "x", outTradeNo: charged, reason: "" };
    expect(await bench.send("refund-charge", asked)).toMatchObject({ fault: { kind: "approval-needed" } });
    expect(await bench.send("refund-charge", { ...asked, approvalPin: "0000" })).toMatchObject({
      fault: { kind: "approval-refused" },
    });
    expect([paid, open, charged].map((one) => bench.store.refundsOfCharge(one))).toEqual([[], [], []]);
  });

  it("that the gateway does not say is paid, now, in full and signed", async () => {
    const outTradeNo = await chargedButRefused();
    const unclear = { kind: "unknown", cause: "bad-signature", code: null } as const;
    const answers = [
      [{ kind: "not-paid" }, "charge-not-paid"],
      [{ kind: "pay-error" }, "charge-not-paid"],
      [{ kind: "closed" }, "charge-not-paid"],
      [{ kind: "revoked" }, "charge-not-paid"],
      [{ kind: "not-found" }, "charge-not-paid"],
      [{ kind: "refunded" }, "charge-already-back"],
      [{ kind: "user-paying" }, "gateway-unclear"],
      [unclear, "gateway-unclear"],
    ] as const;
    for (const [answer, kind] of answers) {
      shop.told.query = answer;
      expect(await ask(outTradeNo)).toMatchObject({ fault: { kind } });
    }
    expect([bench.store.refundsOfCharge(outTradeNo), shop.requests(outTradeNo)]).toEqual([[], 0]);
  });

  it("after a year", async () => {
    const outTradeNo = await chargedButRefused();
    await shop.clock.advance(365 * dayMs);
    expect(await ask(outTradeNo)).toMatchObject({ fault: { kind: "refund-too-old" } });
  });
});

describe("whatever happens on the way", () => {
  const step = fc.constantFrom(
    ...(["ask", "ask", "ask", "wait", "wait", "power cut", "disk full", "retry"] as const),
    ...([
      "not-enough",
      "refund-closed",
      "reset-but-done",
      "system-error-but-done",
      "truncated",
      "service-unavailable",
    ] as const),
  );

  it("the gateway gives back once, and the till's day says what the gateway's ledger says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await shop.close();
        shop = await openRefundBench();
        ({ bench } = shop);
        const outTradeNo = await chargedButRefused();
        for (const one of steps) await take(one, outTradeNo);
        bench.refuse.times = 0;
        await again(outTradeNo);
        // Both are to come to their end: the gateway's refund, and the till's word for it.
        for (let tries = 0; tries < 8 && !isBack(outTradeNo); tries += 1) await again(outTradeNo);
        const order = shop.ledger(outTradeNo);
        expect(order).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
        const ended = bench.store.refundsOfCharge(outTradeNo).map(({ state }) => state);
        expect(ended.filter((state) => state !== "closed")).toEqual(["succeeded"]);
        expect(totals()).toMatchObject({ refundCount: 0, returnedChargeCount: 1, returnedChargeFen: 1_000 });
        expect(bench.store.verifyWholeChain().ok).toBe(true);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  async function take(one: string, outTradeNo: string): Promise<void> {
    const [refund] = bench.store.refundsOfCharge(outTradeNo).toReversed();
    if (one === "ask") await ask(outTradeNo);
    else if (one === "wait") await shop.pass(70_000);
    else if (one === "retry") await bench.send("retry-refund", { refundNo: refund?.refundNo ?? "none", approvalPin });
    else if (one === "power cut") {
      await bench.crash();
      await bench.must("sign-in", { cashierId: people.manager.id, pin: approvalPin });
    } else if (one === "disk full") {
      bench.refuse.method = refund === undefined ? "createRefund" : "settleRefund";
      bench.refuse.times = 2;
    } else await shop.nextRefund(one);
    await shop.arrive();
  }

  function isBack(outTradeNo: string): boolean {
    const isHeard = bench.store.refundsOfCharge(outTradeNo).some(({ state }) => state === "succeeded");
    return isHeard && shop.ledger(outTradeNo)?.refundedFen !== 0;
  }

  async function again(outTradeNo: string): Promise<void> {
    await ask(outTradeNo);
    await shop.pass(700_000);
  }
});
