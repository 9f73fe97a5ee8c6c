import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import type { CompareResult } from "#main/till/ports/bill-room.ts";
import { openSalesStore, type OpenSalesStore } from "./open-sales-store.ts";

let directory: string;
let store: OpenSalesStore;
const path = () => join(directory, "sales.db");
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-reconciliations-"));
  let ids = 0;
  const opened = openSalesStore({ path: path(), terminalId: "T01", now: () => 1, newId: () => `id-${(ids += 1)}` });
  if (!opened.ok) throw new Error("a new store opens");
  store = opened.value;
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const day = "2026-03-01";
const times = { fetchedAtMs: 5, comparedAtMs: 6 };
const result: CompareResult = {
  trade: { sha1: "a".repeat(40), keptSha1: "b".repeat(40) },
  fundFlow: null,
  ...{ rowCount: 3, othersCount: 1, billPaidFen: 300, billRefundedFen: 0, herePaidFen: 200, hereRefundedFen: 0 },
  isEmptyDayRight: true,
  account: null,
};
const finding = (outTradeNo: string, changes: Partial<Finding> = {}): Finding => ({
  ...{ kind: "missing-here", action: "look-into", outTradeNo, outRefundNo: null, saleId: null },
  ...{ hereFen: null, thereFen: fen(100), line: 2, time: `${day} 12:00:00` },
  ...changes,
});
function compare(findings: readonly Finding[], of = day, sums: Partial<CompareResult> = {}): void {
  const run = store.beginRun(of);
  store.stageFindings(of, run, findings);
  store.finishRun(of, run, { ...result, ...sums }, times);
}
const act = (how: "asked" | "settled") => ({ how, detail: "x", byId: "m1", byName: "王店长", atMs: 7 }) as const;
const keys = (of = day) => store.findings(of, "open", 10, 0).map(({ key }) => key);

describe("a day's comparison", () => {
  it("is read only once it is whole, and replaces the one before", () => {
    const run = store.beginRun(day);
    store.stageFindings(day, run, [finding("T1")]);
    expect([store.reconciledDay(day), keys(), store.openDays()]).toEqual([null, [], []]);
    store.finishRun(day, run, result, times);
    expect(store.reconciledDay(day)).toEqual({
      ...{ day, trouble: null, openCount: 1, waitingCount: 0 },
      compared: { ...result, ...times, run: 1 },
    });
    compare([finding("T2"), finding("T2"), finding("T2", { outRefundNo: "R1" })]);
    expect(keys()).toEqual(["T2//1", "T2//2", "T2/R1/1"]);
    expect(store.openDays()).toEqual([{ day, openCount: 3, isAlarm: false }]);
    expect(store.sweepFindings("2025-01-01")).toBe(true);
    expect(store.sweepFindings("2025-01-01")).toBe(false);
    expect(keys()).toEqual(["T2//1", "T2//2", "T2/R1/1"]);
  });

  it("forgets what a run that was cut off had staged", () => {
    const cut = store.beginRun(day);
    store.stageFindings(day, cut, [finding("T1"), finding("T9")]);
    compare([finding("T1")]);
    expect(keys()).toEqual(["T1//1"]);
    expect(() => store.stageFindings(day, cut, [finding("T2")])).toThrow(/staged in the run/);
  });

  it("keeps its trouble beside it until the next one succeeds", () => {
    const trouble = { trouble: "no-answer", detail: "", tries: 2, triedAtMs: 8, nextTryAtMs: 9 } as const;
    store.saveBillTrouble(day, trouble);
    expect(store.reconciledDay(day)).toMatchObject({ trouble, compared: null });
    compare([]);
    store.saveBillTrouble(day, { ...trouble, tries: 1 });
    expect(store.reconciledDay(day)).toMatchObject({ trouble: { tries: 1 }, compared: { run: 1 } });
    compare([]);
    expect(store.reconciledDay(day)?.trouble).toBeNull();
  });

  it("is journaled when it says something new, and every act on a finding is", () => {
    const { lastSeq } = store.journalStatus();
    compare([finding("T1")]);
    compare([finding("T1")]);
    expect(store.journalStatus().lastSeq).toBe(lastSeq + 1);
    compare([finding("T1")], day, { billPaidFen: 301 });
    store.actOnFinding(day, "T1//1", act("asked"));
    store.actOnFinding(day, "T1//1", act("settled"));
    expect(store.journalStatus().lastSeq).toBe(lastSeq + 4);
    expect(() => store.actOnFinding(day, "T1//1", act("settled"))).toThrow(/is not over/);
    expect(store.verifyWholeChain().ok).toBe(true);
  });
});

describe("what is left to the next day's bill", () => {
  const waits = (outTradeNo: string) => finding(outTradeNo, { kind: "cross-midnight", action: "wait-for-next-bill" });
  it("waits until that day is compared, and needs nobody", () => {
    compare([waits("T1"), waits("T2")]);
    expect(store.awaitedAfter(day)).toEqual(["T1", "T2"]);
    expect(store.reconciledDay(day)).toMatchObject({ openCount: 0, waitingCount: 2 });
    compare([], "2026-03-02");
    expect(store.reconciledDay(day)).toMatchObject({ openCount: 0, waitingCount: 0 });
    expect(store.findings(day, "midnight", 9, 0).map(({ state }) => state)).toEqual(["over", "over"]);
  });
});

describe("half a year of rows that agree", () => {
  it("is swept in pieces, and what did not agree stays", () => {
    const agree = Array.from({ length: 700 }, (_, index) => finding(`T${index}`, { kind: "matched", action: "none" }));
    compare([...agree, finding("X")]);
    const left: boolean[] = [];
    for (let turn = 0; turn < 3; turn += 1) left.push(store.sweepFindings("2026-03-02"));
    expect(left).toEqual([true, true, false]);
    expect(store.findingCounts(day)).toMatchObject({ matched: { all: 0 }, "missing-here": { all: 1, open: 1 } });
  });
});
