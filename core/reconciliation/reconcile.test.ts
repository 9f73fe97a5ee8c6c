import { describe, expect, it } from "vitest";
import { type Fen, fen } from "#core/money/fen.ts";
import { beijingDay, beijingTimeOf } from "./beijing-day.ts";
import type { BillRow } from "./bill.ts";
import type { LocalPayment, LocalRefund } from "./finding.ts";
import { awaitedNumbers, openFindings, reconcile } from "./reconcile.ts";
import {
  after,
  before,
  books,
  day,
  isOurs,
  nothing,
  paid,
  refunded,
  refundRow,
  reversed,
  row,
  said,
} from "./testing-books.ts";

const ten = fen(1_000);
describe("one payment in both books", () => {
  it.each<readonly [string, readonly LocalPayment[], readonly BillRow[], readonly string[]]>([
    ["paid on both sides", [paid("T1", ten)], [row("T1", ten)], ["matched: none"]],
    [
      "charged, failed here",
      [paid("T1", ten, { state: "failed", successAt: null })],
      [row("T1", ten)],
      ["missing-here: refund-customer"],
    ],
    [
      "charged, not known here",
      [paid("T1", ten, { state: "unfinished", successAt: null })],
      [row("T1", ten)],
      ["missing-here: finish-attempt"],
    ],
    [
      "on the customer's phone, proved the next day",
      [paid("T1", ten, { isCarried: true, successAt: `${after} 09:00:00` })],
      [row("T1", ten)],
      ["cross-midnight: none"],
    ],
    [
      "on the customer's phone the day before, proved on this one and in that day's bill",
      [paid("T1", ten, { isCarried: true, createdDay: before })],
      [],
      [],
    ],
    [
      "on the customer's phone, given up here and given back by head office",
      [paid("T1", ten, { isCarried: true, state: "abandoned", successAt: null })],
      [row("T1", ten), refundRow("T1R1", "T1", ten)],
      ["missing-here: none"],
    ],
    ["charged, never heard of", [], [row("T1", ten)], ["missing-here: look-into"]],
    ["charged, reversed only here", [paid("T1", ten, reversed)], [row("T1", ten)], ["missing-here: refund-customer"]],
    [
      "charged, failed here, and on its way back",
      [paid("T1", ten, { state: "failed", successAt: null, isGivenBack: true })],
      [row("T1", ten)],
      ["missing-here: none"],
    ],
    [
      "charged, reversed only here, and on its way back",
      [paid("T1", ten, { ...reversed, isGivenBack: true })],
      [row("T1", ten)],
      ["missing-here: none"],
    ],
    ["paid only here", [paid("T1", ten)], [], ["missing-there: ask-gateway"]],
    ["another amount", [paid("T1", ten)], [row("T1", fen(999))], ["amount-differs: look-into"]],
    [
      "twice in the bill",
      [paid("T1", ten)],
      [row("T1", ten), row("T1", ten)],
      ["matched: none", "charged-twice: look-into"],
    ],
    [
      "begun today, paid after midnight",
      [paid("T1", ten, { successAt: `${after} 00:00:09` })],
      [],
      ["cross-midnight: wait-for-next-bill"],
    ],
    [
      "begun yesterday, paid after midnight",
      [paid("T1", ten, { createdDay: before })],
      [row("T1", ten)],
      ["cross-midnight: none"],
    ],
    [
      "paid today, taken back after midnight",
      [paid("T1", ten, { ...reversed, reversedDay: after })],
      [row("T1", ten)],
      ["cross-midnight: wait-for-next-bill"],
    ],
    ["failed here, not in the bill", [paid("T1", ten, { state: "failed", successAt: null })], [], []],
    [
      "paid on another day, in that day's bill",
      [paid("T1", ten, { createdDay: before, successAt: `${before} 12:00:00` })],
      [],
      [],
    ],
    ["somebody else's", [], [row("X1", ten)], []],
  ])("%s", (_what, payments, rows, expected) => {
    expect(said(books(payments, rows).findings)).toEqual(expected);
  });

  const reversal = (refundFen: Fen) => refundRow("0", "T1", refundFen, { kind: "reversal" });
  it.each<readonly [string, readonly LocalPayment[], readonly BillRow[], readonly string[]]>([
    ["reversed on both sides", [paid("T1", ten, reversed)], [row("T1", ten), reversal(ten)], ["matched: none"]],
    ["reversed there, paid here", [paid("T1", ten)], [row("T1", ten), reversal(ten)], ["taken-back: look-into"]],
    [
      "reversed there, not known here",
      [paid("T1", ten, { state: "unfinished" })],
      [row("T1", ten), reversal(ten)],
      ["missing-here: finish-attempt"],
    ],
    [
      "reversed in part",
      [paid("T1", ten, reversed)],
      [row("T1", ten), reversal(fen(1))],
      ["amount-differs: look-into"],
    ],
    [
      "paid yesterday, reversed today",
      [paid("T1", ten, { ...reversed, createdDay: before })],
      [reversal(ten)],
      ["matched: none"],
    ],
    [
      "reversed today, paid here yesterday",
      [paid("T1", ten, { successAt: `${before} 12:00:00` })],
      [reversal(ten)],
      ["taken-back: look-into"],
    ],
  ])("%s", (_what, payments, rows, expected) => {
    expect(said(books(payments, rows).findings)).toEqual(expected);
  });
});

describe("a payment in the last minutes of the day", () => {
  const late = paid("T1", ten, { successAt: `${day} 23:59:58` });
  const lateRefund = refunded("R1", "T1", ten, { acceptedAt: `${day} 23:58:00` });
  const taken = paid("T2", ten, { ...reversed, reversedDay: after });
  const next = (rows: readonly BillRow[]) => {
    const first = reconcile({
      day,
      bill: { rows: [row("T2", ten)] },
      payments: [late, taken],
      refunds: [lateRefund],
      awaited: nothing,
      isOurs,
    });
    expect(said(first.findings)).toEqual(Array(3).fill("cross-midnight: wait-for-next-bill"));
    const awaited = awaitedNumbers(first);
    return said(
      reconcile({ day: after, bill: { rows }, payments: [late, taken], refunds: [lateRefund], awaited, isOurs })
        .findings,
    );
  };

  it("is left to the next bill, which tells", () => {
    const rows = [row("T1", ten), refundRow("0", "T2", ten, { kind: "reversal" }), refundRow("R1", "T1", ten)];
    expect(next(rows)).toEqual(["cross-midnight: none", "matched: none", "refund-matched: none"]);
  });

  it("and is missing when that bill does not tell either", () => {
    expect(next([])).toEqual([
      "missing-there: ask-gateway",
      "missing-here: ask-gateway",
      "refund-missing-there: ask-gateway",
    ]);
  });
});

describe("one refund in both books", () => {
  const one = (local: Partial<LocalRefund> | null, rows: readonly BillRow[]) =>
    said(books([], rows, local === null ? [] : [refunded("R1", "T1", ten, local)]).findings);
  const there = refundRow("R1", "T1", ten);

  it("matches by its own number and amount", () => {
    expect(one({}, [there])).toEqual(["refund-matched: none"]);
    expect(one({ state: "processing" }, [there])).toEqual(["refund-matched: none"]);
    expect(one({}, [refundRow("R1", "T1", fen(999))])).toEqual(["refund-amount-differs: look-into"]);
    expect(one({}, [refundRow("R1", "T2", ten)])).toEqual(["refund-amount-differs: look-into"]);
    expect(one({}, [there, there])).toEqual(["refund-matched: none", "refunded-twice: look-into"]);
  });

  it("is whose who gave it: another till's of our payment is not ours, and ours of another's payment is", () => {
    const theirs = books([], [refundRow("T1-T02R1", "T1", ten)]);
    expect([theirs.findings, theirs.othersCount]).toEqual([[], 1]);
    const ours = books([], [refundRow("X9-T01R1", "X9", ten)], [refunded("X9-T01R1", "X9", ten)]);
    expect([said(ours.findings), ours.othersCount]).toEqual([["refund-matched: none"], 0]);
  });

  it("is missing here when the till did not ask for it or does not know its end", () => {
    expect(one(null, [there])).toEqual(["refund-missing-here: look-into"]);
    expect(one({ state: "unknown", acceptedAt: null }, [there])).toEqual(["refund-missing-here: ask-gateway"]);
    expect(one({ state: "refused", acceptedAt: null }, [there])).toEqual(["refund-missing-here: ask-gateway"]);
  });

  it("is missing there when it was accepted on this very day and is not in the bill, or was given up there", () => {
    expect(one({}, [])).toEqual(["refund-missing-there: ask-gateway"]);
    expect(one({ acceptedAt: `${after} 00:00:09` }, [])).toEqual([]);
    expect(one({}, [refundRow("R1", "T1", ten, { isAlive: false })])).toEqual(["refund-missing-there: ask-gateway"]);
    expect(one({ state: "closed" }, [refundRow("R1", "T1", ten, { isAlive: false })])).toEqual([
      "refund-matched: none",
    ]);
  });
});

describe("a day without a statement", () => {
  const none = { day, bill: null, awaited: nothing, isOurs } as const;
  it("is right only when nothing succeeded here on it", () => {
    const failed = paid("T1", ten, { state: "failed", successAt: null });
    expect(reconcile({ ...none, payments: [failed], refunds: [] })).toMatchObject({
      isEmptyDayRight: true,
      findings: [],
    });
    const wrong = reconcile({ ...none, payments: [paid("T1", ten)], refunds: [] });
    expect([wrong.isEmptyDayRight, said(openFindings(wrong))]).toEqual([false, ["missing-there: ask-gateway"]]);
    expect(reconcile({ ...none, payments: [], refunds: [refunded("R1", "T1", ten)] }).isEmptyDayRight).toBe(false);
  });
});

describe("the day of the bill", () => {
  it("is Beijing's", () => {
    expect(beijingDay(Date.UTC(2026, 10, 21, 15, 59, 59, 999))).toBe(day);
    expect(beijingDay(Date.UTC(2026, 10, 21, 16))).toBe(after);
    expect(beijingTimeOf("2026-11-21T00:00:00+08:00")).toBe(`${day} 00:00:00`);
    expect([
      beijingTimeOf("2026-11-21"),
      beijingTimeOf("yesterday"),
      beijingTimeOf("2026-13-01T00:00:00+08:00"),
    ]).toEqual([null, null, null]);
  });
});
