import { afterEach, describe, expect, it } from "vitest";
import type { Sync } from "#main/till/ports/sync.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { noShopRefunds } from "#tests/support/no-shop-refunds.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { answersArrive } from "#tests/support/virtual-clock.ts";

let bench: TillBench;
afterEach(() => bench.close());

/** Head office as far as the till waits for it: nothing but the word. */
function firstWord(): { readonly sync: Sync; arrive(): void; away(): void } {
  let word: Promise<void> | null = null;
  let arrive = (): void => {};
  return {
    sync: {
      held: {
        isOpen: () => false,
        nearest: () => Promise.resolve(null),
        list: () => Promise.resolve({ rows: [], isWhole: true }),
        give: () => Promise.resolve(null),
        take: () => Promise.resolve(null),
      },
      refunds: noShopRefunds,
      pastHeard: () => word,
      view: () => ({
        ...{ state: "online", sinceMs: 0, waiting: 0, withRelay: null, lastAgreedAtMs: null, disagreedDates: [] },
        ...{ trouble: null, alarm: null, officeName: null, officeHost: null, keyGuard: null },
      }),
      enrol: () => Promise.reject(new Error("not asked here")),
      now: () => {},
      agreementDays: () => [],
      acknowledgeAlarm: () => false,
      shiftClosed: () => {},
    },
    arrive: () => arrive(),
    away: () => void (word = new Promise((resolve) => (arrive = resolve))),
  };
}

describe("until head office was heard", () => {
  it("nobody is signed in and a restored sale that is paid takes no number; then both go on", async () => {
    const office = firstWord();
    bench = await openTillBench({ sync: office.sync }).atWork();
    await bench.scan(chips);
    await bench.must("take-payment", {});
    [bench.refuse.method, bench.refuse.times] = ["commitSale", 1];
    await bench.send("pay-cash", { receivedFen: 1000 });
    office.away();
    await bench.crash();
    expect(bench.recount()).toMatchObject({ saleCount: 0 });
    const { id: cashierId, pin } = people.cashier;
    const signingIn = bench.send("sign-in", { cashierId, pin });
    await answersArrive();
    expect(bench.shown.session).toBeNull();
    expect(bench.recount()).toMatchObject({ saleCount: 0 });
    office.arrive();
    expect(await signingIn).toEqual({ ok: true, value: null });
    await answersArrive();
    expect(bench.shown.session).toMatchObject({ cashierId });
    expect(bench.recount()).toMatchObject({ saleCount: 1, cashFen: 1000 });
  });

  it("a wrong PIN is refused without waiting", async () => {
    const office = firstWord();
    bench = await openTillBench({ sync: office.sync }).atWork();
    await bench.must("sign-out", {});
    office.away();
    expect(await bench.send("sign-in", { cashierId: people.cashier.id, pin: "9999" })).toMatchObject({ ok: false });
  });
});
