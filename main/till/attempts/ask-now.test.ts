import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRefundBench, type RefundBench } from "#tests/support/refund-bench.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/* A cashier who will not wait for the till's next question. */

let shop: RefundBench;
let bench: TillBench;

beforeEach(async () => {
  shop = await openRefundBench();
  ({ bench } = shop);
});
afterEach(() => shop.close());

const silence = { kind: "unknown", cause: "timeout", code: null } as const;
const attempt = () => bench.shown.payment?.attempt;
const outTradeNo = () => bench.shown.openAttempts[0]?.outTradeNo ?? "";
const asked = (no: string, operation: string) =>
  (shop.ledger(no)?.requests ?? []).filter((request) => request.operation === operation).length;
/** The gateway is heard again. */
function hearAgain(): void {
  for (const what of ["pay", "query", "reverse"] as const) delete shop.told[what];
}
async function askNow(no: string): Promise<void> {
  await bench.must("ask-attempt", { outTradeNo: no });
  await shop.arrive();
}

describe("asking at once", () => {
  it("books a payment whose answer was lost, without waiting for the next turn", async () => {
    Object.assign(shop.told, { pay: silence, query: silence });
    await shop.showCode();
    expect(attempt()).toMatchObject({ phase: "waiting-for-answer", canAsk: true, canCancel: true, canGiveBack: false });
    delete shop.told.query;
    await askNow(outTradeNo());
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000 }]);
    expect(bench.shown.openAttempts).toEqual([]);
  });

  it("is what a machine that wakes up does, for every payment that waited through its sleep", async () => {
    Object.assign(shop.told, { pay: silence, query: silence });
    await shop.showCode();
    delete shop.told.query;
    bench.till.woke();
    await shop.arrive();
    expect(bench.sales()).toMatchObject([{ totalFen: 1_000 }]);
    expect(bench.shown.openAttempts).toEqual([]);
  });

  it("tries to reverse again at once, however long the till would wait by now, and grows no wait", async () => {
    Object.assign(shop.told, { pay: silence, query: silence, reverse: silence });
    await shop.showCode();
    const no = outTradeNo();
    await shop.clock.advance(3_600_000);
    const tries = bench.store.attempt(no)?.undoTries;
    for (let press = 0; press < 5; press += 1) await askNow(no);
    expect(bench.store.attempt(no)).toMatchObject({ state: "undoing", undoTries: tries });
    hearAgain();
    await askNow(no);
    expect(asked(no, "reverse")).toBe(1);
    expect(attempt()).toMatchObject({ word: "not-paid", wasRefunded: true });
    expect(shop.ledger(no)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
  });

  it("sends no reverse before its time, and asks nothing of what nobody knows", async () => {
    Object.assign(shop.told, { pay: silence, query: silence });
    await shop.showCode();
    const no = outTradeNo();
    await bench.must("cancel-attempt", { outTradeNo: no });
    await askNow(no);
    expect([asked(no, "reverse"), attempt()?.phase]).toEqual([0, "cancelling"]);
    await askNow("NOBODY0001");
    hearAgain();
    await askNow(no);
    expect(asked(no, "reverse")).toBe(0);
    await shop.pass(20_000);
    expect(shop.ledger(no)).toMatchObject({ chargedFen: 1_000, refundedFen: 1_000 });
  });
});
