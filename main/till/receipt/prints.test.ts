import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chips, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const { manager } = people;

async function sellForCash(): Promise<void> {
  await bench.scan(chips);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 1000 });
}

describe("the list of prints", () => {
  it("is a manager's: what was printed, what waits, and what is taken out with an entry in the journal", async () => {
    await sellForCash();
    bench.printerEnds = null;
    const saleId = bench.sales()[0]?.saleId ?? "";
    await bench.must("reprint-receipt", { saleId });
    await bench.must("reprint-receipt", { saleId });
    expect(await bench.send("print-jobs", {})).toEqual({ ok: false, fault: { kind: "not-allowed" } });

    await bench.must("sign-out", {});
    await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
    const waiting = await bench.must("print-jobs", {});
    expect(waiting.map(({ kind, saleNumber, state, reason }) => [kind, saleNumber, state, reason])).toEqual([
      ["copy", "T01-000001", "queued", null],
      ["copy", "T01-000001", "sending", null],
      ["receipt", "T01-000001", "printed", null],
    ]);
    const before = bench.store.journalStatus().lastSeq;
    await bench.must("cancel-print", { jobId: waiting[0]?.jobId ?? "" });
    expect(bench.store.journalStatus().lastSeq).toBe(before + 1);
    const [cancelled] = await bench.must("print-jobs", {});
    expect(cancelled).toMatchObject({ state: "cancelled", reason: "by-manager", waitsFor: null });
    const printed = waiting[2]?.jobId ?? "";
    expect(await bench.send("cancel-print", { jobId: printed })).toEqual({
      ok: false,
      fault: { kind: "no-such-print" },
    });
  });
});

describe("the drawer", () => {
  it("that is still open when the next payment begins is told of until it is shut, and holds nothing up", async () => {
    await sellForCash();
    bench.till.drawerChanged({ isOpen: true });
    await bench.must("next-sale", {});
    expect(bench.shown.notices).toEqual([]);
    await bench.scan(chips);
    await bench.must("take-payment", {});
    expect(bench.shown.status.drawer).toBe("open");
    expect(bench.shown.notices.map(({ kind }) => kind)).toEqual(["drawer-open"]);
    bench.till.drawerChanged({ isOpen: false });
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.shown.notices).toEqual([]);
    expect(bench.shown.status.drawer).toBe("closed");
    bench.till.drawerChanged(null);
    await bench.must("next-sale", {});
    expect(bench.shown.status.drawer).toBe(null);
  });

  it.each(["kicked", "expired", "unknown"] as const)(
    "that answers %s has its reason and its end in the journal",
    async (outcome) => {
      bench.drawerAnswers = outcome;
      const before = bench.store.journalStatus().lastSeq;
      await bench.must("open-drawer", { reason: "换零钱", approvalPin: manager.pin });
      expect(bench.store.journalStatus().lastSeq).toBe(before + 2);
      const told = bench.shown.notices.map(({ kind }) => kind);
      expect(told).toEqual(outcome === "kicked" ? [] : ["drawer-not-opened"]);
    },
  );
});
