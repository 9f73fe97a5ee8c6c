import { afterEach, describe, expect, it } from "vitest";
import { chips, cola, paymentCode } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { pick, pickOne, seededRandom } from "#tests/support/random.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { businessDay, openingMs } from "#tests/support/bench-shop.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const jumps = 200;

/** The machine's clock: time that passes, and what somebody or something does to the calendar. */
function jumpingClock(): VirtualClock & { jump(ms: number): void; set(toMs: number): void; steadyMs(): number } {
  const true_ = createVirtualClock(openingMs);
  let offsetMs = 0;
  return {
    ...true_,
    now: () => true_.now() + offsetMs,
    steadyMs: true_.now,
    jump: (ms) => void (offsetMs = Math.max(offsetMs + ms, -true_.now())),
    set: (toMs) => void (offsetMs = toMs - true_.now()),
  };
}

let bench: TillBench;
afterEach(() => bench.close());

describe("a clock that jumps", () => {
  it(`changes no order, number, day or sum over ${jumps} jumps while the till sells`, async () => {
    const clock = jumpingClock();
    bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => 0 } }).atWork();
    let written = 0;
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
      const before = clock.now();
      pickOne(random, kinds)();
      if (clock.now() !== before) written += 1;
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
    expect(jumpsWritten()).toHaveLength(written);
    const { lastSeq, lastHash } = bench.store.journalStatus();
    const chain = bench.store.verifyWholeChain();
    expect(chain.ok && [chain.value.seq, Buffer.from(chain.value.hash).toString("hex")]).toEqual([lastSeq, lastHash]);
  });
});

describe("a clock that jumps", () => {
  it("over the cut-off while a customer pays books that payment once, on the shift's day or the next", async () => {
    for (const byMs of [14 * hourMs, -14 * hourMs, 3 * dayMs]) {
      const clock = jumpingClock();
      bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => 0 } }).atWork();
      bench.gateway.plan = "password";
      await bench.scan(chips);
      await bench.must("take-payment", {});
      await bench.scan(paymentCode);
      expect(bench.shown.payment?.attempt).toMatchObject({ word: "not-known" });
      clock.jump(byMs);
      bench.gateway.customerPays();
      await clock.advance(60_000);
      // Paid, or undone before the phone's answer came: the till and WeChat agree on which.
      expect(bench.shown.openAttempts).toEqual([]);
      expect(bench.recount().wechatFen).toBe(bench.gateway.takenFen());
      const days = bench.sales().map(({ businessDate }) => businessDate);
      expect([businessDay, dayAfter(businessDay)]).toEqual(expect.arrayContaining([...new Set(days)]));
      expect(jumpsWritten()).toMatchObject([{ byMs }]);
      bench.close();
    }
  });
});

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

interface Jump {
  readonly from: string;
  readonly to: string;
  readonly byMs: number;
  readonly seen: string;
}

// Bodies the journal's own code has just written.
const jumpsWritten = (): readonly Jump[] => journalBodies(bench.directory, "clock-jumped") as readonly Jump[];
const clockNotices = () => bench.shown.notices.filter(({ kind }) => kind === "clock-jumped");

describe("a jump of the calendar", () => {
  it("is one entry before the first of the new time, forward and back, and is told at the till", async () => {
    const clock = jumpingClock();
    bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => 0 } }).atWork();
    await clock.advance(8 * hourMs);
    await sellOne(cola);
    expect(jumpsWritten()).toEqual([]);
    clock.jump(59_000);
    await sellOne(cola);
    expect(jumpsWritten()).toEqual([]);
    const at = clock.now();
    clock.jump(-3 * dayMs);
    await sellOne(cola);
    await sellOne(chips);
    expect(jumpsWritten()).toEqual([
      {
        ...{ from: new Date(at).toISOString(), to: new Date(at - 3 * dayMs).toISOString() },
        ...{ byMs: -3 * dayMs, seen: "running" },
      },
    ]);
    expect(clockNotices()).toMatchObject([{ from: "2026-03-02 17:00", to: "2026-02-27 17:00" }]);
    clock.jump(3 * dayMs);
    await sellOne(cola);
    expect(jumpsWritten().map(({ byMs }) => byMs)).toEqual([-3 * dayMs, 3 * dayMs]);
  });

  it("is found again where the entry that told of it was rolled back with its transaction", async () => {
    const clock = jumpingClock();
    bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => 0 } }).atWork();
    clock.jump(dayMs);
    expect(() => bench.store.appendJournal({ kind: "drawer-opened", body: { loop: 1n } })).toThrow("BigInt");
    expect(jumpsWritten()).toEqual([]);
    await sellOne(cola);
    expect(jumpsWritten()).toHaveLength(1);
  });

  it("across a start is known where the calendar stands before the last entry; a night is none", async () => {
    const clock = jumpingClock();
    bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => 0 } }).atWork();
    await sellOne(cola);
    clock.jump(14 * hourMs);
    await bench.crash();
    await signIn();
    expect(jumpsWritten()).toEqual([]);
    clock.set(0);
    await bench.crash();
    await signIn();
    expect(jumpsWritten()).toMatchObject([{ to: new Date(0).toISOString(), seen: "start" }]);
  });

  it("after the machine has slept is an entry and nobody's trouble: its steady clock may have stood still", async () => {
    const clock = jumpingClock();
    let sleeps = 0;
    bench = await openTillBench({ clock, steady: { nowMs: clock.steadyMs, sleeps: () => sleeps } }).atWork();
    clock.jump(9 * hourMs);
    sleeps += 1;
    await sellOne(cola);
    expect(jumpsWritten()).toMatchObject([{ byMs: 9 * hourMs, seen: "sleep" }]);
    expect(clockNotices()).toEqual([]);
    // Somebody who sets it back while it sleeps is told of all the same.
    clock.jump(-hourMs);
    sleeps += 1;
    await sellOne(cola);
    expect(jumpsWritten().at(-1)).toMatchObject({ byMs: -hourMs, seen: "running" });
    expect(clockNotices()).toHaveLength(1);
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
