import { afterEach, describe, expect, it } from "vitest";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { paymentCode, people } from "#tests/support/bench-shop.ts";
import type { CodePlan } from "#tests/support/customer-gateway.ts";
import { type LegacyBench, openLegacyBench, paymentRequest, statusRequest } from "#tests/support/legacy-bench.ts";

/* An old till's payment, cut anywhere: what the customer was charged, what is booked and what is answered are one. */

let legacy: LegacyBench;
afterEach(() => legacy.close());

/** Where the disk stops taking anything, as it does under a power cut; "" is after the last write of the turn. */
const cuts: readonly (keyof SalesStore | "")[] = [
  ...(["", "beginLegacy", "saveDraft", "nextAttemptNumber", "createAttempt", "saveAttempt"] as const),
  ...(["commitSale", "settleAttempt", "endLegacy"] as const),
];
/** What the gateway does, and whether the customer goes on to pay where it asks them. */
const plans: readonly { readonly plan: CodePlan; readonly pays: boolean }[] = [
  ...([
    { plan: "paid", pays: false },
    { plan: "code-expired", pays: false },
    { plan: "paid-unheard", pays: false },
  ] as const),
  ...([
    { plan: "password", pays: true },
    { plan: "password", pays: false },
  ] as const),
  ...([
    { plan: "no-answer", pays: true },
    { plan: "no-answer", pays: false },
  ] as const),
];
const cases = cuts.flatMap((cut) => plans.map((plan) => ({ cut, ...plan })));

describe("a power cut in an old till's payment", () => {
  it.each(cases)("at $cut with $plan, customer pays: $pays, leaves one truth", async ({ cut, plan, pays }) => {
    legacy = await openLegacyBench({ answerSeconds: 10 });
    const { bench } = legacy;
    bench.gateway.plan = plan;
    bench.refuse.method = cut;
    bench.refuse.times = cut === "" ? 0 : 1_000;
    await legacy.ask(paymentRequest());
    await bench.scan(paymentCode);
    if (pays) bench.gateway.customerPays();
    bench.refuse.method = "";
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    await bench.clock.advance(240_000);

    const status = await legacy.say(statusRequest("s", "1"));
    const answer = await asked();
    const { salesFen, saleCount } = bench.recount();
    expect(bench.gateway.takenFen()).toBe(salesFen);
    expect([saleCount, bench.store.openLegacy(), bench.store.openDraft(), bench.store.heldDrafts()]).toEqual([
      answer === "Success" ? 1 : 0,
      ...[[], null, []],
    ]);
    // Nothing on disk: the request above was the first one, and its customer came to nothing.
    expect(status.word).toBe(cut === "beginLegacy" ? "NotFound" : "Success");
    expect(bench.gateway.orders.size).toBeLessThanOrEqual(1);
  });

  /** The old till asks again until it knows. */
  async function asked(): Promise<string> {
    const again = await legacy.ask(paymentRequest());
    await legacy.bench.clock.advance(130_000);
    const last = await legacy.say(paymentRequest());
    expect([again.now === null, last.word === "InProgress"]).toEqual([false, false]);
    return last.word;
  }
});

describe("a disk that refuses the answer", () => {
  it("keeps the old till waiting until it is on it, and the sale stays sold once", async () => {
    legacy = await openLegacyBench();
    const { bench } = legacy;
    const asked = await legacy.ask(paymentRequest());
    bench.refuse.method = "endLegacy";
    bench.refuse.times = 2;
    await bench.scan(paymentCode);
    expect([asked.now, bench.recount().saleCount]).toEqual([null, 1]);
    await bench.clock.advance(10_000);
    expect([asked.now?.word, bench.recount().saleCount]).toEqual(["Success", 1]);
    expect(bench.store.openLegacy()).toEqual([]);
  });

  it("begins nothing where it refuses the request", async () => {
    legacy = await openLegacyBench();
    const { bench } = legacy;
    bench.refuse.method = "beginLegacy";
    bench.refuse.times = 1;
    expect((await legacy.say(paymentRequest())).word).toBe("UnavailableService");
    expect([bench.shown.payment, bench.store.openDraft(), bench.store.openLegacy()]).toEqual([null, null, []]);
  });
});
