import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  cashFor,
  sampleCart,
  sampleReceipt,
  sampleSale,
  sampleShift,
  sampleTerminalId,
} from "#bench/support/sample-sale.ts";
import type { Cashier } from "#core/access/role.ts";
import { fen } from "#core/money/fen.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { Draft, JournalDraft } from "#main/till/ports/sales-store.ts";
import { type OpenSalesStore, openSalesStore } from "./open-sales-store.ts";

const note: JournalDraft = { kind: "signed-in", body: { cashierId: "c1" } };
const cashier: Cashier = { id: "c1", name: "王芳", role: "cashier" };
const epochStart = Date.UTC(2026, 2, 2, 1);

let directory: string;
let store: OpenSalesStore;
let ids = 0;

function open(): OpenSalesStore {
  const opened = openSalesStore({
    path: join(directory, "sales.db"),
    terminalId: sampleTerminalId,
    now: () => epochStart,
    newId: () => `id-${(ids += 1)}`,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

function reopen(): void {
  store.close();
  store = open();
}

function commit(saleId: string, lineCount = 3, changes: Partial<Parameters<typeof sampleSale>[0]> = {}): Sale {
  const build = (saleNumber: string): Sale => sampleSale({ saleId, saleNumber, lineCount, ...changes });
  return store.commitSale(saleId, build, null, sampleReceipt).sale;
}

function attemptFor(saleId: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    kind: "codepay",
    protocol: "v3",
    outTradeNo: `${saleId}-otn-1`,
    saleId,
    tenderId: `${saleId}-wx`,
    amountFen: fen(1000),
    state: "created",
    createdAtMs: epochStart,
    sentAtMs: null,
    deadlineAtMs: null,
    undoingSinceMs: null,
    undoTries: 0,
    undoReason: null,
    customerIsEnteringPassword: false,
    codeUrl: null,
    paid: null,
    refused: null,
    lastUnknown: null,
    wasRefunded: false,
    undoAcceptedAtMs: null,
    wasResumed: false,
    needsManager: false,
    ...changes,
  };
}

function draftFor(saleId: string, changes: Partial<Draft> = {}): Draft {
  const cart = sampleCart(saleId, 2);
  return { cart, tenders: [], cashierId: "c1", state: "open", label: "", updatedAtMs: epochStart, ...changes };
}

function paidPair(saleId: string, amountFen: number): { readonly paid: Attempt; readonly tender: Tender } {
  const facts = {
    transactionId: "4200000001",
    payerTotalFen: fen(amountFen),
    successTime: "2026-03-02T09:15:00+08:00",
  };
  const paid = attemptFor(saleId, { state: "paid", amountFen: fen(amountFen), paid: facts });
  const { tenderId, outTradeNo } = paid;
  const { transactionId, payerTotalFen } = facts;
  const tender: Tender = {
    kind: "wechat",
    tenderId,
    amountFen: fen(amountFen),
    method: "codepay",
    outTradeNo,
    transactionId,
    payerTotalFen,
  };
  return { paid, tender };
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-sales-"));
  store = open();
  store.openShift(sampleShift);
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

describe("people", () => {
  test("failures and a lock survive a restart, and a sign-in clears them", () => {
    store.putCashier(cashier, "$argon2id$a");
    store.recordPinFailure("c1", 3, 99, note);
    reopen();
    expect(store.listPinRecords()).toEqual([{ cashier, pinHash: "$argon2id$a", failures: 3, lockedUntilMs: 99 }]);
    store.recordSignIn("c1", note);
    expect(store.listPinRecords()[0]).toMatchObject({ failures: 0, lockedUntilMs: 0 });
  });

  test("storing the same PIN again does not unlock, a new PIN does", () => {
    store.putCashier(cashier, "$argon2id$a");
    store.recordPinFailure("c1", 5, 99, note);
    store.putCashier({ ...cashier, name: "王小芳" }, "$argon2id$a");
    expect(store.listPinRecords()[0]).toMatchObject({ failures: 5, lockedUntilMs: 99, cashier: { name: "王小芳" } });
    store.putCashier(cashier, "$argon2id$b");
    expect(store.listPinRecords()[0]).toMatchObject({ failures: 0, lockedUntilMs: 0 });
  });

  test("a failure of a cashier nobody knows is our mistake, and leaves no journal entry", () => {
    const before = store.journalStatus();
    expect(() => store.recordPinFailure("nobody", 1, 0, note)).toThrow("cashier nobody exists");
    expect(store.journalStatus()).toEqual(before);
  });
});

describe("shifts", () => {
  test("an open shift is there after a restart and a second one is refused", () => {
    reopen();
    expect(store.currentShift()).toEqual(sampleShift);
    expect(() => store.openShift({ ...sampleShift, shiftId: "shift-2" })).toThrow("no other shift is open");
  });

  test("a shift closes on its own totals only, and then none is open", () => {
    const sale = commit("s1");
    const totals = store.shiftTotals("shift-1");
    expect(totals.expectedCashFen).toBe(30_000 + sale.totalFen);
    const close = { shiftId: "shift-1", closedAt: "2026-03-02T22:00:00+08:00", closedBy: "c1", totals };
    const counted = { countedCashFen: fen(totals.expectedCashFen - 50), differenceFen: fen(-50) };
    const wrong = { ...totals, expectedCashFen: fen(1) };
    expect(() => store.closeShift({ ...close, ...counted, totals: wrong })).toThrow("totals of its sales");
    store.closeShift({ ...close, ...counted });
    expect(store.currentShift()).toBeNull();
    expect(() => commit("s2")).toThrow("is in the open shift");
  });
});

describe("drafts", () => {
  test("an open and a held draft come back whole after a restart", () => {
    const open = draftFor("s1");
    const held = draftFor("s2", { state: "held", label: "红衣服" });
    store.saveDraft(open);
    store.saveDraft(held, { kind: "sale-held", body: { saleId: "s2" } });
    reopen();
    expect(store.openDraft()).toEqual(open);
    expect(store.heldDrafts()).toEqual([held]);
    expect(store.draft("s2")).toEqual(held);
    expect(store.draft("s3")).toBeNull();
  });

  test("a second open draft is refused: it would hide the first", () => {
    store.saveDraft(draftFor("s1"));
    expect(() => store.saveDraft(draftFor("s2"))).toThrow("UNIQUE");
    expect(store.openDraft()?.cart.saleId).toBe("s1");
  });

  test("a finished sale never comes back as a draft (odoo#288974)", () => {
    commit("s1");
    expect(() => store.saveDraft(draftFor("s1"))).toThrow("is not finished yet");
  });

  test("a draft with a payment under way cannot be discarded", () => {
    store.saveDraft(draftFor("s1"));
    store.createAttempt(attemptFor("s1"));
    const discard: JournalDraft = { kind: "sale-voided", body: { saleId: "s1" } };
    expect(() => store.discardDraft("s1", discard)).toThrow("under way");
    store.settleAttempt(attemptFor("s1", { state: "failed" }), null);
    store.discardDraft("s1", discard);
    expect(store.draft("s1")).toBeNull();
  });
});

describe("payment attempts", () => {
  test("an attempt is on disk with its journal entry before anything else, step by step", () => {
    store.createAttempt(attemptFor("s1"));
    reopen();
    expect(store.unfinishedAttempts()).toEqual([attemptFor("s1")]);
    const pending = attemptFor("s1", { state: "pending", sentAtMs: 5, customerIsEnteringPassword: true });
    store.saveAttempt(pending);
    expect(store.attempt("s1-otn-1")).toEqual(pending);
    expect(store.attempt("other")).toBeNull();
  });

  test("a sale never has two unfinished attempts", () => {
    store.createAttempt(attemptFor("s1"));
    const second = attemptFor("s1", { outTradeNo: "s1-otn-2", tenderId: "s1-wx2" });
    expect(() => store.createAttempt(second)).toThrow("no other unfinished attempt");
    store.settleAttempt(attemptFor("s1", { state: "failed" }), null);
    store.createAttempt(second);
    expect(store.attemptsOfSale("s1").map(({ state }) => state)).toEqual(["failed", "created"]);
  });

  test("a final state is for ever, and the same settlement twice leaves one journal entry", () => {
    store.createAttempt(attemptFor("s1"));
    store.settleAttempt(attemptFor("s1", { state: "reversed" }), null);
    const { lastSeq } = store.journalStatus();
    store.settleAttempt(attemptFor("s1", { state: "reversed" }), null);
    expect(store.journalStatus().lastSeq).toBe(lastSeq);
    expect(() => store.settleAttempt(attemptFor("s1", { state: "failed" }), null)).toThrow("for ever");
    expect(() => store.saveAttempt(attemptFor("s1", { state: "pending" }))).toThrow("for ever");
  });

  test("an attempt never changes its amount", () => {
    store.createAttempt(attemptFor("s1"));
    const raised = attemptFor("s1", { state: "pending", amountFen: fen(2000) });
    expect(() => store.saveAttempt(raised)).toThrow("keeps its sale, tender and amount");
  });

  test("payment numbers are gapless and outlive a restart", () => {
    expect([store.nextAttemptNumber(), store.nextAttemptNumber()]).toEqual([1, 2]);
    reopen();
    expect(store.nextAttemptNumber()).toBe(3);
  });
});

describe("finished sales", () => {
  test("a sale comes back exactly as it was built, with its journal hash, number and print job", () => {
    store.saveDraft(draftFor("s1"));
    const build = (saleNumber: string): Sale => sampleSale({ saleId: "s1", saleNumber, lineCount: 9 });
    const done = store.commitSale("s1", build, null, sampleReceipt);
    expect(done.journalHash).toBe(store.journalStatus().lastHash);
    reopen();
    const expected = sampleSale({ saleId: "s1", saleNumber: "T01-000001", lineCount: 9 });
    expect(store.sale("s1")).toEqual({ sale: expected, journalHash: done.journalHash });
    expect(store.saleByNumber("T01-000001")).toEqual(store.sale("s1"));
    expect(store.openDraft()).toBeNull();
    const lines = sampleReceipt(expected, done.journalHash);
    const job = {
      jobId: done.printJobId,
      saleId: "s1",
      kind: "receipt",
      lines,
      state: "queued",
      createdAtMs: epochStart,
    };
    expect(store.unfinishedPrintJobs()).toEqual([job]);
  });

  test("committing the same sale again gives the stored one: never twice, even when the answer was lost (odoo#258304)", () => {
    const first = store.commitSale(
      "s1",
      (n) => sampleSale({ saleId: "s1", saleNumber: n, lineCount: 2 }),
      null,
      sampleReceipt,
    );
    const { lastSeq } = store.journalStatus();
    reopen();
    const neverBuilt = (): Sale => {
      throw new Error("built twice");
    };
    expect(store.commitSale("s1", neverBuilt, null, sampleReceipt)).toEqual(first);
    expect(store.journalStatus().lastSeq).toBe(lastSeq);
    expect(store.dayTotals("2026-03-02").saleCount).toBe(1);
  });

  test("a sale that fails to build takes no number and leaves nothing", () => {
    const before = store.journalStatus();
    const fails = (): Sale => {
      throw new Error("no");
    };
    expect(() => store.commitSale("s1", fails, null, sampleReceipt)).toThrow("no");
    expect(() => commit("s1", 2, { tenders: [cashFor("s1", 1)] })).toThrow();
    expect(store.journalStatus()).toEqual(before);
    expect(commit("s2").saleNumber).toBe("T01-000001");
  });

  test("an attempt that became paid is settled in the sale's own transaction", () => {
    const cart = sampleCart("s1", 2);
    const { paid, tender } = paidPair("s1", priceCart(cart).totalFen);
    store.createAttempt({ ...paid, state: "created", paid: null });
    const build = (saleNumber: string): Sale =>
      sampleSale({ saleId: "s1", saleNumber, lineCount: 2, cart, tenders: [tender] });
    expect(() => store.commitSale("s1", build, null, sampleReceipt)).toThrow("is a paid attempt of this sale");
    expect(store.unfinishedAttempts()).toHaveLength(1);
    store.commitSale("s1", build, paid, sampleReceipt);
    expect(store.unfinishedAttempts()).toEqual([]);
    expect(store.lastSales(1)).toMatchObject([{ saleNumber: "T01-000001", tenderKinds: ["wechat"], lineCount: 2 }]);
    expect(store.dayTotals("2026-03-02")).toMatchObject({ wechatFen: paid.amountFen, cashFen: 0 });
  });

  test("a sale with a payment under way, or a paid one it does not count, is not committed", () => {
    store.createAttempt(attemptFor("s1"));
    expect(() => commit("s1")).toThrow("under way or left out");
    store.settleAttempt(paidPair("s1", 1000).paid, null);
    expect(() => commit("s1")).toThrow("under way or left out");
  });

  test("a day's sales page backwards by number", () => {
    for (const saleId of ["a", "b", "c", "d", "e"]) commit(saleId);
    commit("next", 1, { businessDate: "2026-03-03" });
    const numbers = (before: string | null): readonly string[] =>
      store.salesOfDay("2026-03-02", 2, before).map(({ saleNumber }) => saleNumber);
    expect(numbers(null)).toEqual(["T01-000005", "T01-000004"]);
    expect(numbers("T01-000004")).toEqual(["T01-000003", "T01-000002"]);
    expect(numbers("T01-000001")).toEqual([]);
    expect(store.lastSales(1).map(({ saleId }) => saleId)).toEqual(["next"]);
  });

  test("totals of day, hours and shift are the sums of the sales, whatever the sales", () => {
    const sale = fc.record({
      lineCount: fc.integer({ min: 1, max: 8 }),
      hour: fc.integer({ min: 0, max: 23 }),
      day: fc.integer({ min: 2, max: 4 }),
    });
    const sold: Sale[] = [];
    fc.assert(
      fc.property(sale, ({ lineCount, hour, day }) => {
        const businessDate = `2026-03-0${day}`;
        const completedAt = `${businessDate}T${String(hour).padStart(2, "0")}:30:00+08:00`;
        sold.push(commit(`p${sold.length}`, lineCount, { businessDate, completedAt }));
      }),
      { numRuns: 60 },
    );
    const sum = (sales: readonly Sale[]): number => sales.reduce((total, { totalFen }) => total + totalFen, 0);
    expect(store.shiftTotals("shift-1")).toMatchObject({
      saleCount: sold.length,
      salesFen: sum(sold),
      cashFen: sum(sold),
    });
    for (const businessDate of ["2026-03-02", "2026-03-03", "2026-03-04"]) {
      const ofDay = sold.filter((each) => each.businessDate === businessDate);
      const totals = store.dayTotals(businessDate);
      expect(totals).toMatchObject({ saleCount: ofDay.length, salesFen: sum(ofDay), wechatFen: 0, discountFen: 0 });
      const byHour = new Map<number, Sale[]>();
      for (const each of ofDay) {
        const hour = Number(each.completedAt.slice(11, 13));
        byHour.set(hour, [...(byHour.get(hour) ?? []), each]);
      }
      const expected = [...byHour]
        .toSorted(([a], [b]) => a - b)
        .map(([hour, sales]) => ({ hour, saleCount: sales.length, salesFen: sum(sales) }));
      expect(totals.byHour).toEqual(expected);
    }
    expect(store.verifyWholeChain()).toMatchObject({ ok: true });
  });
});

describe("printing", () => {
  test("a job is queued once and leaves the list when it is printed or cancelled", () => {
    const job = {
      jobId: "j1",
      saleId: null,
      kind: "shift-close",
      lines: "[]",
      state: "queued",
      createdAtMs: 1,
    } as const;
    store.enqueuePrint(job, null);
    const { lastSeq } = store.journalStatus();
    store.enqueuePrint(job, note);
    expect(store.journalStatus().lastSeq).toBe(lastSeq);
    store.setPrintState("j1", "unknown");
    reopen();
    expect(store.unfinishedPrintJobs()).toEqual([{ ...job, state: "unknown" }]);
    store.setPrintState("j1", "printed");
    expect(store.unfinishedPrintJobs()).toEqual([]);
    expect(() => store.setPrintState("j2", "printed")).toThrow("print job j2 exists");
  });
});
