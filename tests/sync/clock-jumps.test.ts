import { afterEach, describe, expect, it } from "vitest";
import { chips, cola } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { pick, pickOne, seededRandom } from "#tests/support/random.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { businessDay, openingMs } from "#tests/support/bench-shop.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const jumps = 200;

/** The machine's clock: time that passes, and what somebody or something does to the calendar. */
function jumpingClock(): VirtualClock & { jump(ms: number): void; set(toMs: number): void } {
  const true_ = createVirtualClock(openingMs);
  let offsetMs = 0;
  return {
    ...true_,
    now: () => true_.now() + offsetMs,
    jump: (ms) => void (offsetMs = Math.max(offsetMs + ms, -true_.now())),
    set: (toMs) => void (offsetMs = toMs - true_.now()),
  };
}

let bench: TillBench;
afterEach(() => bench.close());

describe("a clock that jumps", () => {
  it(`changes no order, number, day or sum over ${jumps} jumps while the till sells`, async () => {
    const clock = jumpingClock();
    bench = await openTillBench({ clock }).atWork();
    const random = seededRandom(5);
    const kinds = [
      () => clock.jump(-3 * dayMs),
      () => clock.jump(3 * dayMs),
      // An empty battery.
      () => clock.set(0),
      // Summer time, by a machine that keeps its clock in local time.
      () => clock.jump(random() < 0.5 ? hourMs : -hourMs),
      // Somebody sets it right.
      () => clock.set(openingMs + hourMs),
    ];
    for (let count = 1; count <= jumps; count += 1) {
      pickOne(random, kinds)();
      await sellOne(pick(random, 2) === 0 ? cola : chips);
      // The power goes as well, now and then: what starts again finds the file, and a calendar of another year.
      if (count % 50 === 0) await bench.crash().then(() => signIn());
    }

    const sales = bench.sales();
    expect(sales.map(({ saleNumber }) => saleNumber)).toEqual(
      Array.from({ length: jumps }, (_, index) => `T01-${String(index + 1).padStart(6, "0")}`),
    );
    expect(new Set(sales.map((sale) => sale.businessDate))).toEqual(new Set([businessDay]));
    expect(new Set(sales.map(({ completedAt }) => completedAt.slice(0, 10))).size).toBeGreaterThan(5);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ ...bench.recount(), saleCount: jumps });
    const journaled = journalBodies(bench.directory, "sale-completed") as readonly { readonly saleId: string }[];
    expect(journaled.map(({ saleId }) => saleId)).toEqual(sales.map(({ saleId }) => saleId));
    const { lastSeq, lastHash } = bench.store.journalStatus();
    const chain = bench.store.verifyWholeChain();
    expect(chain.ok && [chain.value.seq, Buffer.from(chain.value.hash).toString("hex")]).toEqual([lastSeq, lastHash]);
  });
});

async function sellOne(barcode: string): Promise<void> {
  await bench.scan(barcode);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 2_000 });
  await bench.must("next-sale", {});
}

async function signIn(): Promise<void> {
  await bench.must("sign-in", { cashierId: "c1", pin: "1234" });
}
