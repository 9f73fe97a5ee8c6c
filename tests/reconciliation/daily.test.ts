import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dayAfter, startOfDayMs } from "#core/reconciliation/bill-day.ts";
import { localIso } from "#core/sale/business-date.ts";
import { type BillShop, compared, openBillShop, passUntil, signInManager } from "#tests/support/bill-shop.ts";
import { type PastPayment, pastSaleFen, writePastBooks } from "#tests/support/past-books.ts";
import { people } from "#tests/support/bench-shop.ts";

/* The till's days on the bench: 2 March 2026 and what comes after, with the simulator's bills over HTTP. */

const yesterday = "2026-03-01";
let shop: BillShop;
beforeEach(async () => {
  shop = await openBillShop();
  await signInManager(shop);
});
afterEach(() => shop.close());

let count = 0;
/** A payment at noon of a day, with a number of this till's. */
function payment(day: string, changes: Partial<PastPayment> = {}): PastPayment {
  const atMs = startOfDayMs(day) + 12 * 3_600_000 + (count += 1) * 1_000;
  const stamp = localIso(atMs, 480).replaceAll(/[-T:]/gu, "").slice(2, 14);
  return { outTradeNo: `SZ01T01${stamp}A${count}`, amountFen: 1_000 + count, atMs, state: "paid", ...changes };
}
function here(...payments: readonly PastPayment[]): void {
  const shiftId = shop.bench.store.currentShift()?.shiftId ?? "";
  writePastBooks(shop.bench.directory, { terminalId: "T01", shiftId }, payments);
}
function there(...payments: readonly PastPayment[]): Promise<void> {
  const told = payments.map(({ outTradeNo, amountFen, atMs }) => ({ outTradeNo, amountFen, at: atMs }));
  return shop.control("/gateway/past", { payments: told });
}
async function both(...payments: readonly PastPayment[]): Promise<void> {
  here(...payments);
  await there(...payments);
}
const script = (operation: string, outcome: string, times = 1) =>
  shop.control("/gateway/script", { operation, outcome, next: true, times });
const stored = (day = yesterday) => shop.bench.store.reconciledDay(day);
const billsAsked = () =>
  shop.simulator.ledger().otherRequests.filter(({ operation }) => operation === "tradebill").length;
const keptFiles = () => readdirSync(join(shop.bench.directory, "bills")).toSorted();
const open = (day = yesterday) => shop.bench.must("findings", { day, group: "open", limit: 200, after: 0 });
const inTrouble = (trouble: string, tries = 1) =>
  passUntil(
    shop,
    `trouble: ${trouble}`,
    () => stored()?.trouble?.trouble === trouble && stored()?.trouble?.tries === tries,
  );

describe("every day", () => {
  it("at five past ten the bill of the day before is compared, and not asked for again", async () => {
    await both(payment(yesterday));
    const at10 = Date.parse("2026-03-02T10:05:00+08:00");
    await shop.clock.advance(at10 - shop.clock.now() - 1);
    expect([billsAsked(), await shop.bench.must("reconciliation-days", {})]).toEqual([
      0,
      [{ day: yesterday, state: "early", openCount: 0 }],
    ]);
    await compared(shop, yesterday);
    expect(stored()?.compared?.fetchedAtMs).toBeGreaterThanOrEqual(at10);
    expect(await shop.bench.must("reconciliation-days", {})).toEqual([
      { day: yesterday, state: "agrees", openCount: 0 },
    ]);
    await shop.clock.advance(6 * 3_600_000);
    expect(billsAsked()).toBe(1);
  });

  it("days missed over a holiday are made up for, oldest first; those the gateway no longer keeps are said to be gone", async () => {
    const days = [5, 4, 3, 2, 1].map((back) => dayAfter(yesterday, -back));
    const longAgo = dayAfter(yesterday, -120);
    await both(payment(longAgo), ...days.map((day) => payment(day)));
    await passUntil(shop, "all are compared", () => days.every((day) => stored(day)?.compared != null));
    const order = days.map((day) => stored(day)?.compared?.comparedAtMs ?? 0);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    const rows = await shop.bench.must("reconciliation-days", {});
    expect(rows.find(({ day }) => day === longAgo)).toEqual({ day: longAgo, state: "too-old", openCount: 0 });
    expect(await shop.bench.send("run-reconciliation", { day: longAgo })).toEqual({
      ok: false,
      fault: { kind: "bill-too-old" },
    });
  });

  it("a day without a bill is right where nothing was paid, and an alarm where something was", async () => {
    const quiet = dayAfter(yesterday, -1);
    await both(payment(dayAfter(yesterday, -2)));
    const lost = payment(yesterday);
    here(lost);
    await passUntil(shop, "both are compared", () => stored(yesterday)?.compared != null);
    expect(stored(quiet)?.compared).toMatchObject({ trade: null, isEmptyDayRight: true });
    expect(stored()?.compared).toMatchObject({ trade: null, isEmptyDayRight: false, herePaidFen: lost.amountFen });
    expect(await open()).toMatchObject([{ kind: "missing-there", outTradeNo: lost.outTradeNo }]);
    expect(await shop.bench.must("reconciliation-day", { day: yesterday })).toMatchObject({ state: "alarm" });
    expect(shop.bench.till.view().reconciliation).toMatchObject({ alarmDay: yesterday, openCount: 1 });
  });
});

describe("a bill that cannot be had", () => {
  it.each([
    ["tradebill", "statement-creating", "still-creating"],
    ["tradebill", "reset", "no-answer"],
    ["tradebill", "system-error", "no-answer"],
    ["bill-download", "damaged", "damaged"],
    ["bill-download", "truncated", "no-answer"],
    ["fundflowbill", "statement-creating", "still-creating"],
  ])(
    "for %s: %s is %s, is tried again after a pause, and leaves nothing on the disk",
    async (operation, outcome, trouble) => {
      await both(payment(yesterday));
      await script(operation, outcome);
      await inTrouble(trouble);
      const first = stored()?.trouble;
      expect(first).toMatchObject({ tries: 1 });
      expect(first?.nextTryAtMs).toBeGreaterThan(first?.triedAtMs ?? 0);
      expect(keptFiles()).toEqual([]);
      expect(await shop.bench.must("reconciliation-day", { day: yesterday })).toMatchObject({
        state: "trouble",
        trouble: { kind: trouble },
        compared: null,
      });
      await compared(shop, yesterday);
      expect(stored()).toMatchObject({ trouble: null, openCount: 0 });
      expect(keptFiles().length).toBe(2);
    },
  );

  it("is asked for ever more seldom, and at once when a manager asks", async () => {
    await both(payment(yesterday));
    await script("tradebill", "statement-creating", 5);
    const pauses: number[] = [];
    for (const tries of [1, 2, 3]) {
      await inTrouble("still-creating", tries);
      const { nextTryAtMs = 0, triedAtMs = 0 } = stored()?.trouble ?? {};
      pauses.push((nextTryAtMs - triedAtMs) / 60_000);
    }
    expect(pauses).toEqual([10, 20, 40]);
    await shop.control("/gateway/script/clear", {});
    await shop.bench.must("run-reconciliation", { day: yesterday });
    const askedAtMs = shop.clock.now();
    await compared(shop, yesterday);
    expect(stored()?.compared?.comparedAtMs).toBe(askedAtMs);
  });

  it("goes without the account's movements where the merchant may not see them", async () => {
    const only = payment(yesterday);
    await both(only);
    const { bench } = shop;
    const answers = shop.client.fetchFundFlowBill;
    Object.assign(shop.client, {
      fetchFundFlowBill: () => Promise.resolve({ kind: "none", fault: { kind: "refused", code: "NO_AUTH" } }),
    });
    await compared(shop, yesterday);
    Object.assign(shop.client, { fetchFundFlowBill: answers });
    expect(bench.store.reconciledDay(yesterday)?.compared).toMatchObject({
      ...{ billPaidFen: only.amountFen, fundFlow: null, account: null },
    });
  });
});

describe("comparing a day again", () => {
  it("changes nothing and journals nothing while the bill and the books are the same", async () => {
    const differs = payment(yesterday, { state: "failed" });
    await both(payment(yesterday), differs);
    await compared(shop, yesterday);
    const before = { findings: await open(), files: keptFiles(), seq: shop.bench.store.journalStatus().lastSeq };
    await shop.bench.must("run-reconciliation", { day: yesterday });
    await passUntil(shop, "it ran again", () => stored()?.compared?.run === 2);
    const after = (await open()).map(({ position: _position, ...finding }) => finding);
    expect(after).toEqual(before.findings.map(({ position: _position, ...finding }) => finding));
    expect([keptFiles(), shop.bench.store.journalStatus().lastSeq]).toEqual([before.files, before.seq]);
  });

  it("keeps what a manager signed off, and opens it again when it has become something else", async () => {
    const one = payment(yesterday);
    await both(one);
    await shop.control("/gateway/bill/discrepancy", { kind: "other-amount", outTradeNo: one.outTradeNo, amountFen: 7 });
    await compared(shop, yesterday);
    const [found] = await open();
    const { key = "" } = found ?? {};
    const settled = await shop.bench.must("settle-finding", {
      ...{ day: yesterday, key, reason: "已与顾客核对", approvalPin: people.manager.pin },
    });
    expect(settled).toMatchObject({
      state: "settled",
      act: { how: "settled", reason: "已与顾客核对", byName: "王店长" },
    });
    const again = async (run: number): Promise<void> => {
      await shop.bench.must("run-reconciliation", { day: yesterday });
      await passUntil(shop, "it ran again", () => stored()?.compared?.run === run);
    };
    await again(2);
    expect(await open()).toEqual([]);
    await shop.control("/gateway/bill/discrepancy", { kind: "other-amount", outTradeNo: one.outTradeNo, amountFen: 8 });
    await again(3);
    expect(await open()).toMatchObject([{ kind: "amount-differs", thereFen: 8, state: "open", act: null }]);
  });

  it("comes by itself from what was kept, once a payment has ended; a kept file that was harmed is fetched anew", async () => {
    const unfinished = payment(yesterday, { state: "unfinished" });
    await both(unfinished);
    await compared(shop, yesterday);
    expect(await open()).toMatchObject([{ kind: "missing-here", action: "finish-attempt" }]);
    const attempt = shop.bench.store.attempt(unfinished.outTradeNo);
    if (attempt === null) throw new Error("the attempt is stored");
    const reversed = { ...attempt, state: "reversed", undoTries: 1, undoAcceptedAtMs: shop.clock.now() } as const;
    shop.bench.till.attemptSettled(reversed);
    await passUntil(shop, "it ran again", () => stored()?.compared?.run === 2);
    expect([await open(), billsAsked()]).toEqual([[], 1]);
    expect(stored()).toMatchObject({ waitingCount: 1 });

    const [, trade = ""] = keptFiles();
    const path = join(shop.bench.directory, "bills", trade);
    writeFileSync(path, readFileSync(path).subarray(0, 40));
    shop.bench.reconciler?.touched(unfinished.outTradeNo);
    await passUntil(shop, "it ran a third time", () => stored()?.compared?.run === 3);
    expect([billsAsked(), stored()?.trouble]).toEqual([2, null]);
  });

  it("that is cut off leaves the day as it was", async () => {
    const differs = payment(yesterday, { state: "failed" });
    await both(differs);
    await compared(shop, yesterday);
    const { store } = shop.bench;
    const run = store.beginRun(yesterday);
    const [finding] = store.findings(yesterday, "open", 1, 0);
    if (finding === undefined) throw new Error("there is a finding");
    store.stageFindings(yesterday, run, [{ ...finding, kind: "matched", action: "none" }]);
    await shop.bench.crash();
    await signInManager(shop);
    expect(await open()).toMatchObject([{ kind: "missing-here", outTradeNo: differs.outTradeNo }]);
    await shop.bench.must("run-reconciliation", { day: yesterday });
    await passUntil(shop, "it ran again", () => stored()?.compared?.run === 2);
    expect((await shop.bench.must("reconciliation-day", { day: yesterday })).compared?.groups.matched.all).toBe(0);
  });
});

describe("who may do what about it", () => {
  it("is a manager's alone, and signing off takes the PIN of one even then", async () => {
    await both(payment(yesterday, { state: "failed" }));
    await compared(shop, yesterday);
    const [found] = await open();
    const about = { day: yesterday, key: found?.key ?? "" };
    const settle = (approvalPin: string) =>
      shop.bench.send("settle-finding", { ...about, reason: "查明了", approvalPin });
    expect(await settle("0000")).toEqual({ ok: false, fault: { kind: "approval-refused" } });
    expect(
      await shop.bench.send("settle-finding", { ...about, key: "none/1", reason: "??", approvalPin: "8888" }),
    ).toEqual({ ok: false, fault: { kind: "no-such-finding" } });
    await shop.bench.must("sign-out", {});
    await shop.bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    const { manager } = people;
    const asked = await Promise.all([
      ...[shop.bench.send("reconciliation-days", {}), shop.bench.send("reconciliation-day", { day: yesterday })],
      ...[shop.bench.send("run-reconciliation", { day: yesterday }), shop.bench.send("cancel-reconciliation", {})],
      ...[shop.bench.send("ask-about-finding", about), settle(manager.pin)],
      shop.bench.send("export-reconciliation", { day: yesterday }),
      shop.bench.send("findings", { day: yesterday, group: "open", limit: 1, after: 0 }),
    ]);
    expect(new Set(asked.map((answer) => (answer.ok ? "done" : answer.fault.kind)))).toEqual(new Set(["not-allowed"]));
  });

  it("ends once: what was signed off is signed off once, and its entry in the journal stays", async () => {
    const one = payment(yesterday, { state: "failed" });
    await both(one);
    await compared(shop, yesterday);
    const [found] = await open();
    const settle = () =>
      shop.bench.send("settle-finding", {
        ...{ day: yesterday, key: found?.key ?? "", reason: "查明了", approvalPin: people.manager.pin },
      });
    expect([(await settle()).ok, await settle()]).toEqual([true, { ok: false, fault: { kind: "finding-is-over" } }]);
    const { lastSeq } = shop.bench.store.journalStatus();
    await shop.bench.crash();
    await signInManager(shop);
    expect(await open()).toEqual([]);
    expect(shop.bench.store.journalStatus().lastSeq).toBeGreaterThanOrEqual(lastSeq);
    expect(shop.bench.store.verifyWholeChain().ok).toBe(true);
  });

  it("asks the gateway about a payment its bill lacks, and writes the answer beside it", async () => {
    const lost = payment(yesterday, { saleLines: 1, amountFen: pastSaleFen() });
    await both(lost, payment(yesterday));
    await shop.control("/gateway/bill/discrepancy", { kind: "missing-payment", outTradeNo: lost.outTradeNo });
    await compared(shop, yesterday);
    const [found] = await open();
    expect(found).toMatchObject({ kind: "missing-there", sale: { saleNumber: "T01-000001" } });
    const asked = await shop.bench.must("ask-about-finding", { day: yesterday, key: found?.key ?? "" });
    expect(asked).toMatchObject({ state: "open", act: { how: "asked", answer: "paid", byName: "王店长" } });
  });
});
