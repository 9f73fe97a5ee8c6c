import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fen, fen } from "#core/money/fen.ts";
import { beijingDay, beijingDayOf } from "./beijing-day.ts";
import type { BillPayment, BillRefund, BillRow } from "./bill.ts";
import type { Finding, FindingKind, LocalPayment, LocalRefund } from "./finding.ts";
import { openFindings, reconcile } from "./reconcile.ts";

const before = "2026-11-20";
const day = "2026-11-21";
const after = "2026-11-22";

const paid = (outTradeNo: string, amountFen: Fen, changes: Partial<LocalPayment> = {}): LocalPayment => ({
  ...{ outTradeNo, saleId: `sale of ${outTradeNo}`, amountFen, state: "paid" },
  ...{ createdDay: day, successDay: day, reversedDay: null },
  ...changes,
});
const reversed = { state: "reversed", successDay: null, reversedDay: day } as const;
const refunded = (
  outRefundNo: string,
  outTradeNo: string,
  amountFen: Fen,
  changes: Partial<LocalRefund> = {},
): LocalRefund => ({
  ...{ outRefundNo, outTradeNo, saleId: `sale of ${outTradeNo}`, amountFen, state: "succeeded", acceptedDay: day },
  ...changes,
});
const row = (outTradeNo: string, totalFen: Fen): BillPayment => ({
  ...{ kind: "payment", line: 2, time: `${day} 12:00:00`, outTradeNo, transactionId: `42${outTradeNo}`, totalFen },
  ...{ couponFen: fen(0), feeMilliFen: 0 },
});
const refundRow = (
  outRefundNo: string,
  outTradeNo: string,
  refundFen: Fen,
  changes: Partial<BillRefund> = {},
): BillRefund => ({
  ...{
    kind: "refund",
    line: 3,
    time: `${day} 13:00:00`,
    outTradeNo,
    outRefundNo,
    refundFen,
    isAlive: true,
    feeMilliFen: 0,
  },
  ...changes,
});
const isOurs = (outTradeNo: string) => outTradeNo.startsWith("T");
const books = (payments: readonly LocalPayment[], rows: readonly BillRow[], refunds: readonly LocalRefund[] = []) =>
  reconcile({ day, bill: { rows }, payments, refunds, isOurs });
const said = (findings: readonly Finding[]) => findings.map(({ kind, action }) => `${kind}: ${action}`);

const ten = fen(1_000);
describe("one payment in both books", () => {
  it.each<readonly [string, readonly LocalPayment[], readonly BillRow[], readonly string[]]>([
    ["paid on both sides", [paid("T1", ten)], [row("T1", ten)], ["matched: none"]],
    [
      "charged, failed here",
      [paid("T1", ten, { state: "failed", successDay: null })],
      [row("T1", ten)],
      ["missing-here: refund-customer"],
    ],
    [
      "charged, not known here",
      [paid("T1", ten, { state: "unfinished", successDay: null })],
      [row("T1", ten)],
      ["missing-here: finish-attempt"],
    ],
    ["charged, never heard of", [], [row("T1", ten)], ["missing-here: look-into"]],
    ["charged, reversed only here", [paid("T1", ten, reversed)], [row("T1", ten)], ["missing-here: refund-customer"]],
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
      [paid("T1", ten, { successDay: after })],
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
    ["failed here, not in the bill", [paid("T1", ten, { state: "failed", successDay: null })], [], []],
    ["paid on another day, in that day's bill", [paid("T1", ten, { createdDay: before, successDay: before })], [], []],
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
      [paid("T1", ten, { successDay: before })],
      [reversal(ten)],
      ["taken-back: look-into"],
    ],
  ])("%s", (_what, payments, rows, expected) => {
    expect(said(books(payments, rows).findings)).toEqual(expected);
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

  it("is missing here when the till did not ask for it or does not know its end", () => {
    expect(one(null, [there])).toEqual(["refund-missing-here: look-into"]);
    expect(one({ state: "unknown", acceptedDay: null }, [there])).toEqual(["refund-missing-here: ask-gateway"]);
    expect(one({ state: "refused", acceptedDay: null }, [there])).toEqual(["refund-missing-here: ask-gateway"]);
  });

  it("is missing there when it was accepted on this very day and is not in the bill, or was given up there", () => {
    expect(one({}, [])).toEqual(["refund-missing-there: ask-gateway"]);
    expect(one({ acceptedDay: after }, [])).toEqual([]);
    expect(one({}, [refundRow("R1", "T1", ten, { isAlive: false })])).toEqual(["refund-missing-there: ask-gateway"]);
    expect(one({ state: "closed" }, [refundRow("R1", "T1", ten, { isAlive: false })])).toEqual([
      "refund-matched: none",
    ]);
  });
});

describe("a day without a statement", () => {
  const none = { day, bill: null, isOurs } as const;
  it("is right only when nothing succeeded here on it", () => {
    const failed = paid("T1", ten, { state: "failed", successDay: null });
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
    expect(beijingDayOf("2026-11-21T00:00:00+08:00")).toBe(day);
    expect([beijingDayOf("2026-11-21"), beijingDayOf("yesterday"), beijingDayOf("2026-13-01T00:00:00+08:00")]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

/** What goes wrong with one payment or refund, with what must be found. */
const breakages: readonly (readonly [
  FindingKind,
  (number: string, amountFen: Fen) => { payment?: LocalPayment; rows?: readonly BillRow[]; refund?: LocalRefund },
])[] = [
  ["missing-here", (n, a) => ({ payment: paid(n, a, { state: "failed", successDay: null }), rows: [row(n, a)] })],
  ["missing-here", (n, a) => ({ payment: paid(n, a, { state: "unfinished", successDay: null }), rows: [row(n, a)] })],
  ["missing-here", (n, a) => ({ rows: [row(n, a)] })],
  ["missing-there", (n, a) => ({ payment: paid(n, a) })],
  ["amount-differs", (n, a) => ({ payment: paid(n, a), rows: [row(n, fen(a + 1))] })],
  ["taken-back", (n, a) => ({ payment: paid(n, a), rows: [row(n, a), refundRow("0", n, a, { kind: "reversal" })] })],
  ["cross-midnight", (n, a) => ({ payment: paid(n, a, { successDay: after }) })],
  ["refund-missing-here", (n, a) => ({ rows: [refundRow(`R${n}`, n, a)] })],
  ["refund-missing-there", (n, a) => ({ refund: refunded(`R${n}`, n, a) })],
  ["refund-amount-differs", (n, a) => ({ refund: refunded(`R${n}`, n, a), rows: [refundRow(`R${n}`, n, fen(a + 1))] })],
];

/** A day of `count` payments, a tenth of them refunded, with a breakage at each given place. */
function brokenDay(count: number, places: ReadonlyMap<number, number>) {
  const payments: LocalPayment[] = [];
  const refunds: LocalRefund[] = [];
  const rows: BillRow[] = [];
  const expected: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const number = `T${index}`;
    const amountFen = fen(1 + ((index * 7_919) % 90_000));
    const broken = breakages[places.get(index) ?? -1];
    if (broken !== undefined) {
      const made = broken[1](number, amountFen);
      if (made.payment !== undefined) payments.push(made.payment);
      if (made.refund !== undefined) refunds.push(made.refund);
      rows.push(...(made.rows ?? []));
      expected.push(`${broken[0]} ${number}`);
      continue;
    }
    payments.push(paid(number, amountFen));
    rows.push(row(number, amountFen), row(`X${index}`, amountFen));
    if (index % 10 === 0) {
      refunds.push(refunded(`R${number}`, number, amountFen));
      rows.push(refundRow(`R${number}`, number, amountFen));
    }
  }
  return { facts: { day, bill: { rows: rows.toReversed() }, payments, refunds, isOurs }, expected };
}

const places = (count: number, breaks: number) =>
  fc
    .uniqueArray(fc.nat(count - 1), { minLength: breaks, maxLength: breaks })
    .map((list) => new Map(list.map((place, index) => [place, index % breakages.length])));

const foundIn = (facts: Parameters<typeof reconcile>[0]) =>
  openFindings(reconcile(facts)).map(({ kind, outTradeNo }) => `${kind} ${outTradeNo}`);

describe("a day with mistakes of every kind in it", () => {
  it("of 5,000 payments and 40 mistakes gives back all 40 and invents none", () => {
    fc.assert(
      fc.property(places(5_000, 40), (map) => {
        const { facts, expected } = brokenDay(5_000, map);
        expect(foundIn(facts).toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 10 },
    );
  });

  it("of any size gives back just those mistakes", () => {
    const sized = fc
      .integer({ min: 1, max: 120 })
      .chain((count) => fc.tuple(fc.constant(count), places(count, Math.min(count, 30))));
    fc.assert(
      fc.property(sized, ([count, map]) => {
        const { facts, expected } = brokenDay(count, map);
        expect(foundIn(facts).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it("is not told by totals alone: the check catches a comparison of sums", () => {
    const bySums = (facts: Parameters<typeof reconcile>[0]) => {
      const { billPaidFen, herePaidFen } = reconcile(facts);
      return billPaidFen === herePaidFen ? [] : ["amount-differs T0"];
    };
    const { facts, expected } = brokenDay(
      100,
      new Map([
        [3, 3],
        [4, 2],
      ]),
    );
    expect(bySums(facts).toSorted()).not.toEqual(expected.toSorted());
  });
});
