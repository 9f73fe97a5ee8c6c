import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fen, fen } from "#core/money/fen.ts";
import type { BillRow } from "./bill.ts";
import type { FindingKind, LocalPayment, LocalRefund } from "./finding.ts";
import { openFindings, reconcile } from "./reconcile.ts";
import { after, day, isOurs, nothing, paid, refunded, refundRow, row } from "./testing-books.ts";

/** What goes wrong with one payment or refund, with what must be found. */
const breakages: readonly (readonly [
  FindingKind,
  (number: string, amountFen: Fen) => { payment?: LocalPayment; rows?: readonly BillRow[]; refund?: LocalRefund },
])[] = [
  ["missing-here", (n, a) => ({ payment: paid(n, a, { state: "failed", successAt: null }), rows: [row(n, a)] })],
  ["missing-here", (n, a) => ({ payment: paid(n, a, { state: "unfinished", successAt: null }), rows: [row(n, a)] })],
  ["missing-here", (n, a) => ({ rows: [row(n, a)] })],
  ["missing-there", (n, a) => ({ payment: paid(n, a) })],
  ["amount-differs", (n, a) => ({ payment: paid(n, a), rows: [row(n, fen(a + 1))] })],
  ["taken-back", (n, a) => ({ payment: paid(n, a), rows: [row(n, a), refundRow("0", n, a, { kind: "reversal" })] })],
  ["cross-midnight", (n, a) => ({ payment: paid(n, a, { successAt: `${after} 00:00:09` }) })],
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
  return { facts: { day, bill: { rows: rows.toReversed() }, payments, refunds, awaited: nothing, isOurs }, expected };
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
