import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { recountShift } from "#core/shift/shift-totals.ts";
import { benchConfig, chips, cola, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const { cashier, second, manager } = people;
const approvalPin = manager.pin;
const faultOf = async (sent: Promise<{ readonly ok: boolean; readonly fault?: unknown }>): Promise<unknown> => {
  const result = await sent;
  return result.ok ? "done" : result.fault;
};
const shiftId = (): string => bench.shown.shift?.shiftId ?? "";
const signIn = (who: { readonly id: string; readonly pin: string }) =>
  bench.must("sign-in", { cashierId: who.id, pin: who.pin });

async function sell(code: string, receivedFen = 10_000): Promise<void> {
  await bench.scan(code);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen });
  await bench.must("next-sale", {});
}

let moves = 0;
const move = (kind: "pay-in" | "pay-out" | "safe-drop", amountFen: number, more: { approvalPin?: string } = {}) =>
  bench.send("move-cash", { moveId: `move-${(moves += 1)}`, kind, amountFen, reason: "水费", ...more });

describe("A float by denomination", () => {
  it("is kept with the shift, and must come to its total", async () => {
    await bench.must("close-shift", { countedCashFen: 10_000 });
    const pieces = [
      { denominationFen: 5_000, pieces: 3 },
      { denominationFen: 10, pieces: 20 },
      { denominationFen: 100, pieces: 0 },
    ] satisfies IntentArgs<"open-shift">["pieces"];
    expect(await faultOf(bench.send("open-shift", { floatFen: 15_000, pieces }))).toEqual({
      kind: "count-differs-from-pieces",
    });
    await bench.must("open-shift", { floatFen: 15_200, pieces });
    await bench.crash();
    expect(bench.store.currentShift()).toMatchObject({ floatFen: 15_200, floatPieces: pieces.slice(0, 2) });
  });
});

describe("Cash that moves without a sale", () => {
  it("comes in by the cashier's word and leaves by a manager's, with entry, slip and an open drawer", async () => {
    const [kicks, printed] = [bench.kicks.length, bench.printed.length];
    expect(await faultOf(move("pay-in", 5_000))).toBe("done");
    expect(await faultOf(move("pay-out", 1_200))).toEqual({ kind: "approval-needed" });
    expect(await faultOf(move("safe-drop", 8_000))).toEqual({ kind: "approval-needed" });
    expect(await faultOf(move("pay-out", 1_200, { approvalPin: "0000" }))).toEqual({ kind: "approval-refused" });
    expect(await faultOf(move("pay-out", 1_200, { approvalPin }))).toBe("done");
    expect(await faultOf(move("safe-drop", 8_000, { approvalPin }))).toBe("done");
    expect(bench.store.shiftTotals(shiftId())).toMatchObject({
      ...{ payInFen: 5_000, payOutFen: 1_200, safeDropFen: 8_000, expectedCashFen: 5_800 },
    });
    expect(bench.kicks).toHaveLength(kicks + 3);
    expect(bench.printed).toHaveLength(printed + 3);
    const { events } = bench.store.shiftEvents(shiftId());
    expect(events).toMatchObject([
      { kind: "cash-moved", move: { kind: "pay-in", cashierId: cashier.id, approvedBy: null } },
      { kind: "cash-moved", move: { kind: "pay-out", approvedBy: manager.id, reason: "水费" } },
      { kind: "cash-moved", move: { kind: "safe-drop" } },
    ]);
  });

  it("moves once for one press, pressed twice at once or again after a power cut", async () => {
    const args = { moveId: "press", kind: "pay-in", amountFen: 700, reason: "找零" } as const;
    await Promise.all([bench.send("move-cash", args), bench.send("move-cash", args)]);
    await bench.crash();
    await signIn(cashier);
    await bench.must("move-cash", args);
    expect(bench.store.shiftTotals(shiftId())).toMatchObject({ payInFen: 700 });
  });

  it("never takes out more than there is, and moves nothing without a shift", async () => {
    expect(await faultOf(move("pay-out", 10_001, { approvalPin }))).toEqual({ kind: "more-than-in-drawer" });
    await bench.must("close-shift", { countedCashFen: 10_000 });
    expect(await faultOf(move("pay-in", 1))).toEqual({ kind: "no-shift" });
  });

  it("leaves nothing behind where the disk refuses it", async () => {
    Object.assign(bench.refuse, { method: "moveCash", times: 1 });
    const kicks = bench.kicks.length;
    expect(await faultOf(move("pay-in", 500))).toEqual({ kind: "disk-full" });
    expect(bench.store.shiftTotals(shiftId())).toMatchObject({ payInFen: 0 });
    expect(bench.kicks).toHaveLength(kicks);
  });

  it("counts openings without a sale, with their reasons", async () => {
    await bench.must("open-drawer", { reason: "换零钱", approvalPin });
    await bench.must("open-drawer", { reason: "查钱箱", approvalPin });
    expect(bench.store.shiftTotals(shiftId()).noSaleCount).toBe(2);
    const reasons = bench.store.shiftEvents(shiftId()).events.map((event) => event.kind === "no-sale" && event.reason);
    expect(reasons).toEqual(["换零钱", "查钱箱"]);
  });
});

describe("Counting at the end of a shift", () => {
  it("tells nothing of what is expected before it was counted", async () => {
    await sell(chips);
    expect(await bench.must("shift-desk", {})).toMatchObject({ expectedCashFen: null });
    expect(await faultOf(bench.send("x-report", { print: false }))).toEqual({ kind: "approval-needed" });
    expect(await faultOf(bench.send("explain-shift", { shiftId: shiftId() }))).toEqual({ kind: "shift-not-closed" });
  });

  it("closes at once up to the limit, and keeps the count", async () => {
    const shift = shiftId();
    const pieces = [{ denominationFen: 1_000, pieces: 9 }] satisfies IntentArgs<"close-shift">["pieces"];
    const close = await bench.must("close-shift", { countedCashFen: 9_000, pieces });
    expect(close).toMatchObject({ differenceFen: -1_000, zNumber: "T01-Z0001", pieces });
    expect(bench.store.drawerCounts(shift)).toMatchObject([{ number: 1, countedCashFen: 9_000, pieces }]);
  });

  it("beyond the limit asks for a second count, then for a reason and a manager, and keeps both counts", async () => {
    const shift = shiftId();
    await sell(chips);
    expect(await faultOf(bench.send("close-shift", { countedCashFen: 9_000 }))).toEqual({ kind: "count-again" });
    const again = { countedCashFen: 9_500 };
    const overLimit = { kind: "variance-over-limit", differenceFen: -1_500, expectedCashFen: 11_000 };
    expect(await faultOf(bench.send("close-shift", again))).toEqual(overLimit);
    expect(await faultOf(bench.send("close-shift", { ...again, reason: "找错钱" }))).toEqual({
      kind: "approval-needed",
    });
    expect(await faultOf(bench.send("close-shift", { ...again, reason: "找错钱", approvalPin: cashier.pin }))).toEqual({
      kind: "approval-refused",
    });
    expect(bench.shown.shift).not.toBeNull();
    const close = await bench.must("close-shift", { ...again, reason: "找错钱", approvalPin });
    expect(close).toMatchObject({
      ...{ countedCashFen: 9_500, differenceFen: -1_500 },
      approval: { approvedBy: manager.id, reason: "找错钱" },
    });
    expect(bench.store.drawerCounts(shift).map(({ countedCashFen }) => countedCashFen)).toEqual([9_000, 9_500]);
  });

  it("closes without anybody's word where the second count matches", async () => {
    expect(await faultOf(bench.send("close-shift", { countedCashFen: 1_000 }))).toEqual({ kind: "count-again" });
    expect(await bench.must("close-shift", { countedCashFen: 10_000 })).toMatchObject({ differenceFen: 0 });
  });

  it("takes no count that was made to match after the difference was told", async () => {
    const told = await faultOf(bench.send("close-shift", { countedCashFen: 5_000, isFinal: true }));
    expect(told).toMatchObject({ kind: "variance-over-limit", expectedCashFen: 10_000 });
    expect(await faultOf(bench.send("close-shift", { countedCashFen: 10_000 }))).toMatchObject({
      kind: "variance-over-limit",
    });
    // Nor after a sale, nor after a restart.
    await sell(cola);
    await bench.crash();
    await signIn(cashier);
    expect(await faultOf(bench.send("close-shift", { countedCashFen: 10_350 }))).toMatchObject({
      kind: "variance-over-limit",
    });
  });

  it("shows the expected cash where the shop wants it, and reads the own X without a manager", async () => {
    bench.close();
    const { shift } = benchConfig({});
    bench = await openTillBench({ config: { shift: { ...shift, blindCount: false } } }).atWork();
    await sell(chips);
    expect(await bench.must("shift-desk", {})).toMatchObject({ expectedCashFen: 11_000 });
    const paper = await bench.must("x-report", { print: true });
    expect(paper.lines.some((line) => line.kind === "text" && line.text.includes("班中报表 X"))).toBe(true);
    expect(bench.store.recentPrintJobs(1)).toMatchObject([{ kind: "shift-report" }]);
  });

  it("of somebody else's shift needs a manager's PIN", async () => {
    await signIn(second);
    expect(await faultOf(bench.send("close-shift", { countedCashFen: 10_000 }))).toEqual({ kind: "approval-needed" });
    await bench.must("close-shift", { countedCashFen: 10_000, approvalPin });
  });
});

describe("The Z", () => {
  it("numbers on without a gap and carries the till's grand totals from one to the next", async () => {
    const ids = [shiftId()];
    await sell(chips);
    await bench.must("close-shift", { countedCashFen: 11_000 });
    await bench.must("open-shift", { floatFen: 0 });
    ids.push(shiftId());
    await sell(cola);
    await sell(cola);
    await bench.must("close-shift", { countedCashFen: 700 });
    const [first, next] = ids.map((id) => bench.store.shiftSummary(id)?.z);
    expect(first).toMatchObject({ number: 1, before: { salesFen: 0 }, after: { salesFen: 1_000 } });
    expect(next).toMatchObject({ number: 2, before: { salesFen: 1_000 }, after: { salesFen: 1_700, refundsFen: 0 } });
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("is printed again marked as a copy, by a manager, with an entry", async () => {
    const shift = shiftId();
    await bench.must("close-shift", { countedCashFen: 10_000 });
    expect(await faultOf(bench.send("reprint-z", { shiftId: shift }))).toEqual({ kind: "not-allowed" });
    await signIn(manager);
    bench.printerEnds = null;
    const before = bench.store.journalStatus().lastSeq;
    await bench.must("reprint-z", { shiftId: shift });
    expect(bench.store.journalStatus().lastSeq).toBe(before + 1);
    const [job] = bench.store.unfinishedPrintJobs();
    expect(job).toMatchObject({ kind: "shift-close" });
    expect(job?.lines).toContain("副本");
    expect(job?.lines).toContain("T01-Z0001");
    expect(await faultOf(bench.send("reprint-z", { shiftId: "gone" }))).toEqual({ kind: "no-such-shift" });
  });

  it("leaves held sales for the next shift, and a closed shift is never opened again", async () => {
    await bench.scan(chips);
    await bench.must("hold-sale", { label: "" });
    const before = bench.store.currentShift();
    await bench.must("close-shift", { countedCashFen: 10_000 });
    expect(bench.shown.held).toHaveLength(1);
    expect(() => bench.store.openShift(before!)).toThrow("UNIQUE");
  });
});

describe("A manager's page of a shift", () => {
  it("has counts, events, candidates and corrections; the Z stays as it was", async () => {
    const shift = shiftId();
    await sell(chips);
    await sell(cola);
    await bench.must("open-drawer", { reason: "换零钱", approvalPin });
    // ¥10 missing, just within the limit.
    await bench.must("close-shift", { countedCashFen: 10_350, isFinal: true });
    // The cashier, who was told what is missing, reads what it may be.
    const explained = await bench.must("explain-shift", { shiftId: shift });
    expect(explained.candidates[0]).toMatchObject({ kind: "booked-as-cash", sales: [{ saleNumber: "T01-000001" }] });
    expect(explained.candidates.at(-1)).toMatchObject({ kind: "no-sale" });
    await signIn(manager);
    const [row] = await bench.must("shifts", { limit: 10, before: null });
    expect(row).toMatchObject({ shiftId: shift, zNumber: "T01-Z0001", differenceFen: -1_000, isOverLimit: false });
    const z = bench.store.shiftSummary(shift)?.z;
    const correction = { correctionId: "k1", shiftId: shift, amountFen: 1_000, reason: "微信已到账" };
    await bench.must("correct-shift", correction);
    await bench.must("correct-shift", correction);
    const page = await bench.must("shift-detail", { shiftId: shift });
    expect(page).toMatchObject({
      ...{ zNumber: "T01-Z0001", differenceFen: -1_000, isRecounted: true },
      candidates: [{ kind: "booked-as-cash" }, { kind: "move-forgotten" }, { kind: "no-sale" }],
      corrections: [{ correctionId: "k1", managerName: manager.name }],
    });
    expect(page.corrections).toHaveLength(1);
    expect(bench.store.shiftSummary(shift)?.z).toEqual(z);
    const { events } = bench.store.shiftEvents(shift);
    expect(recountShift(page.shift.floatFen, events)).toEqual(page.totals);
  });

  it("is no cashier's, and an open shift has nothing to correct", async () => {
    for (const refused of [
      await faultOf(bench.send("shifts", { limit: 1, before: null })),
      await faultOf(bench.send("shift-detail", { shiftId: shiftId() })),
      await faultOf(bench.send("correct-shift", { correctionId: "k", shiftId: shiftId(), amountFen: 1, reason: "x" })),
    ])
      expect(refused).toEqual({ kind: "not-allowed" });
    await signIn(manager);
    expect(
      await faultOf(bench.send("correct-shift", { correctionId: "k", shiftId: shiftId(), amountFen: 1, reason: "x" })),
    ).toEqual({ kind: "shift-not-closed" });
  });
});
