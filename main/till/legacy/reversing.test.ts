import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import type { RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { chips, paymentCode } from "#tests/support/bench-shop.ts";
import {
  type LegacyBench,
  openLegacyBench,
  paymentRequest,
  reversalRequest,
  statusRequest,
} from "#tests/support/legacy-bench.ts";

const facts = { refundId: "R1", payerRefundFen: null, createTime: null, successTime: null };

/** A gateway that gives back as it is told, and counts by number. */
const gateway = {
  says: "success" as "success" | "processing" | "refused",
  given: new Map<string, number>(),
  answer(order: RefundOrder): Promise<RefundAnswer> {
    if (gateway.says === "refused") return Promise.resolve({ kind: "refused", reason: "merchant-balance", code: "X" });
    gateway.given.set(order.outRefundNo, order.amountFen);
    return Promise.resolve({ kind: gateway.says, facts });
  },
};
const refunds = { refund: gateway.answer, queryRefund: gateway.answer };
const givenFen = (): number => [...gateway.given.values()].reduce((sum, amount) => sum + amount, 0);

let legacy: LegacyBench;
let saleId: string;
beforeEach(() => {
  gateway.says = "success";
  gateway.given.clear();
});
afterEach(() => legacy.close());

/** A till with one old till's payment of 12.50 paid. */
async function paid(mayRefund = true): Promise<void> {
  legacy = await openLegacyBench({ mayRefund, answerSeconds: 30 }, { refunds });
  const asked = await legacy.ask(paymentRequest());
  await legacy.bench.scan(paymentCode);
  saleId = asked.now?.saleId ?? "";
  // The gateway allows two refunds of one payment a minute apart.
  await legacy.bench.clock.advance(61_000);
}

async function reverse(service: string, amount?: string) {
  const asked = await legacy.ask(reversalRequest(service, saleId, amount));
  await legacy.bench.clock.advance(1_000);
  return asked;
}

describe("a reversal", () => {
  it("gives the whole back once, however often it is asked for, and is in the journal as the old till's", async () => {
    await paid();
    const first = await reverse("r1");
    expect(first.now?.word).toBe("Success");
    expect(first.now?.body).toMatchObject({ ReversalResponse: { ReversedAmount: 12.5 } });
    await legacy.bench.crash();
    expect((await reverse("r1")).now).toEqual(first.now);
    expect([givenFen(), gateway.given.size]).toEqual([1_250, 1]);
    expect(legacy.bench.store.refundsOfSale(saleId)).toMatchObject([
      { amountFen: 1_250, approvedBy: "legacy:POS1", reason: "商家取消", state: "succeeded" },
    ]);
  });

  it("of parts goes as far as there is money, and not a fen further", async () => {
    await paid();
    expect((await reverse("r1", "12.00")).now?.word).toBe("Success");
    await legacy.bench.clock.advance(61_000);
    expect((await reverse("r2", "0.51")).now?.word).toBe("NotAllowed");
    expect((await reverse("r3", "0.50")).now?.word).toBe("Success");
    expect(givenFen()).toBe(1_250);
  });

  it("with another amount under the same ServiceID is refused", async () => {
    await paid();
    await reverse("r1", "1.00");
    expect((await reverse("r1", "2.00")).now?.word).toBe("NotAllowed");
    expect(givenFen()).toBe(100);
  });

  it("is not allowed where the shop has not said so", async () => {
    await paid(false);
    expect((await reverse("r1")).now?.word).toBe("NotAllowed");
    expect([givenFen(), legacy.bench.store.openLegacy()]).toEqual([0, []]);
  });

  it("reaches no sale of the till's own, no other old till's payment and none that took nothing", async () => {
    await paid();
    const { bench } = legacy;
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1_000 });
    saleId = bench.sales().at(-1)?.saleId ?? "";
    expect((await reverse("r1")).now?.word).toBe("NotFound");
    const asked = await legacy.ask(paymentRequest({ service: "p2", sale: "S-2" }));
    await bench.must("cancel-legacy", {});
    saleId = asked.now?.saleId ?? "";
    expect((await reverse("r2")).now?.word).toBe("NotAllowed");
    const other = await legacy.ask(paymentRequest({ service: "p3", saleSystem: "POS2" }));
    await bench.scan(paymentCode);
    saleId = other.now?.saleId ?? "";
    expect((await reverse("r3")).now?.word).toBe("NotFound");
    expect(givenFen()).toBe(0);
  });

  it("that is on its way is in progress, goes on over a crash and ends by itself", async () => {
    await paid();
    gateway.says = "processing";
    const asked = await reverse("r1");
    await legacy.bench.clock.advance(30_000);
    expect(asked.now?.word).toBe("InProgress");
    await legacy.bench.crash();
    gateway.says = "success";
    await legacy.bench.clock.advance(600_000);
    expect((await reverse("r1")).now?.word).toBe("Success");
    expect([givenFen(), gateway.given.size]).toEqual([1_250, 1]);
  });

  it("the gateway refuses is answered so, and money is where it was", async () => {
    await paid();
    gateway.says = "refused";
    expect((await reverse("r1")).now?.word).toBe("Refusal");
    expect(givenFen()).toBe(0);
  });

  it("that was on disk and not begun when the power went ends as not done, and nothing was given", async () => {
    await paid();
    const { bench } = legacy;
    bench.refuse.method = "createRefund";
    bench.refuse.times = 1;
    await legacy.ask(reversalRequest("r1", saleId));
    await bench.crash();
    expect((await legacy.say(statusRequest("s", "r1", "Reversal"))).word).toBe("Success");
    expect((await reverse("r1")).now?.word).not.toBe("Success");
    expect(givenFen()).toBe(0);
  });
});
