import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayByJournal, type Entry, entriesOfFile } from "./day-by-journal.ts";
import { disagreements, type Source } from "./disagreements.ts";

/* The whole day's test is worth what its comparison finds: a fen too much anywhere, an entry that is missing. */

const day = "2026-03-01";
const at = `${day}T10:15:00+08:00`;
const line = (lineNumber: number, sku: string | null, netFen: number, taxFen = 0) => ({
  ...{ id: `l${lineNumber}`, discountFen: 0, taxBasisPoints: 1_300, taxFen },
  ...{ lineNumber, sku, categoryId: sku === null ? null : "drinks", taxClass: "general", unit: "piece" },
  ...{ quantity: 2_000, unitPriceFen: 500, labelAmountFen: null, grossFen: 1_000, netFen },
});
const member = { memberId: "m1", earned: 18, spent: 0, spentFen: 0 } as const;
const sale = (
  number: number,
  tenders: readonly { readonly kind: string; readonly amountFen: number }[],
  more: object = {},
): Entry => ({
  kind: "sale-completed",
  body: {
    ...{ saleId: `s${number}`, saleNumber: `T01-00000${number}`, businessDate: day, completedAt: at },
    ...{ cashierId: "c", cashierName: "C", totalFen: 1_830, grossFen: 2_000, lineDiscountFen: 100, tenders },
    ...{
      promotionFen: 40,
      saleDiscountFen: 20,
      roundingFen: 10,
      lines: [line(1, "a", 900, 104), line(2, null, 930, 107)],
    },
    taxes: [{ basisPoints: 1_300, amountFen: 1_830, taxFen: 211 }],
    ...more,
  },
});
/** Two of "a" at 5.00 are 4.80 each to a member. */
const ofMember = {
  isMember: true,
  promotions: [{ promotionId: "p1", isMemberOnly: true, shares: [{ lineId: "l1", quantity: 2_000, savedFen: 40 }] }],
};
const entries: readonly Entry[] = [
  { kind: "shift-opened", body: { floatFen: 10_000 } },
  { kind: "point-rates-changed", body: { after: { pointsPerYuan: 1, fenPerPoint: 2 } } },
  {
    kind: "promotion-changed",
    body: {
      before: null,
      after: {
        ...{ id: "p1", isMemberOnly: true, deal: { kind: "fixed-price", priceFen: 480 } },
        scope: { kind: "some", skus: ["a"], categoryIds: [] },
      },
    },
  },
  sale(1, [{ kind: "cash", amountFen: 1_830 }], { ...ofMember, member: { ...member, balance: 18 } }),
  { kind: "line-voided", body: { businessDate: day, line: line(1, "a", 0) } },
  {
    kind: "sale-voided",
    body: { businessDate: day, lines: [{ ...line(1, "a", 0), quantity: 345, labelAmountFen: 7 }] },
  },
  sale(
    2,
    [
      { kind: "cash", amountFen: 830 },
      { kind: "wechat", amountFen: 1_000 },
    ],
    { ...ofMember, member: { ...member, spent: 10, spentFen: 20, balance: 26 } },
  ),
  { kind: "cash-moved", body: { kind: "pay-in", amountFen: 300 } },
  { kind: "cash-moved", body: { kind: "safe-drop", amountFen: 5_000 } },
  { kind: "drawer-opened", body: { reason: "no-sale" } },
  {
    kind: "goods-returned",
    body: {
      ...{ businessDate: day, saleId: "s1", worthFen: 450, amountFen: 450 },
      lines: [{ lineNumber: 1, worthFen: 450 }],
      points: { memberId: "m1", takenBack: 4, givenBack: 1, balance: 23 },
    },
  },
  {
    kind: "refund-settled",
    body: {
      ...{ kind: "cash", amountFen: 450, cashierId: "c", given: { at, businessDate: day } },
      goods: [{ sku: "a", taxClass: "general", amountFen: 450, taxBasisPoints: 1_300, taxFen: 52 }],
    },
  },
  {
    kind: "refund-settled",
    body: { kind: "wechat", amountFen: 120, cashierId: "c", given: { at, businessDate: day } },
  },
  { kind: "drawer-counted", body: { countedCashFen: 7_500, isFinal: true } },
];
const truth = dayByJournal(entries, day);

/** A place that says what the journal says, whole. */
const source: Source = { name: "a paper", readings: [...truth], inFull: [["", ""]] };

describe("A day by its journal", () => {
  it("is what a person adds up with a pencil", () => {
    const is = (figure: string): number | undefined => truth.get(figure);
    expect([is("sales/count"), is("sales/net"), is("sales/discount")]).toEqual([2, 3_660, 340]);
    expect([is("tender/cash/count"), is("tender/cash/net"), is("tender/wechat/net")]).toEqual([2, 2_660, 1_000]);
    expect([is("item/a/count"), is("item/a/net"), is("item/a/refunds"), is("item//net")]).toEqual([
      2, 1_800, 450, 1_860,
    ]);
    expect([is("voids/count"), is("voids/fen")]).toEqual([2, 1_007]);
    expect([is("refunds/fen"), is("kept"), is("item-not-known/refunds")]).toEqual([570, 3_090, 120]);
    expect([is("shift/expected"), is("shift/difference")]).toEqual([7_510, -10]);
    expect([is("rate/1300/tax"), is("hour/10/net")]).toEqual([422, 3_660]);
    expect([is("owed/1300/gross"), is("owed/1300/tax"), is("owed/1300/net")]).toEqual([3_210, 370, 2_840]);
    expect([is("owed-class/general/tax"), is("owed/all/tax"), is("owed/none")]).toEqual([370, 370, -120]);
    expect([is("member/m1/earned"), is("member/m1/spent"), is("member/m1/points")]).toEqual([36, -10, 23]);
    expect([is("member/m1/taken-back"), is("member/m1/given-back"), is("members/saved")]).toEqual([-4, 1, 80]);
  });

  const paid = [{ kind: "cash", amountFen: 1_830 }] as const;
  const before = entries.slice(0, 3);
  it.each([
    ["earns a point too much", { ...ofMember, member: { ...member, earned: 19, balance: 19 } }, "earns 18 points"],
    ["leaves a balance a point off", { ...ofMember, member: { ...member, balance: 17 } }, "the balance of m1 is 17"],
    [
      "takes a fen too much off for points",
      { ...ofMember, member: { ...member, spent: 5, spentFen: 11, balance: 13 } },
      "take off 10 fen",
    ],
    [
      "saves a member a fen too little",
      { isMember: true, promotions: [{ isMemberOnly: true, shares: [{ lineId: "l1", savedFen: 39 }] }] },
      "line 1 of T01-000003 saves 40",
    ],
    [
      "gives somebody else a member's price",
      { promotions: ofMember.promotions },
      "has member prices and is a member's",
    ],
    [
      "holds a fen of tax too much",
      { taxes: [{ basisPoints: 1_300, amountFen: 1_830, taxFen: 212 }] },
      "hold 211 of tax",
    ],
    [
      "says more tax in its lines than in all",
      { lines: [line(1, "a", 900, 104), line(2, null, 930, 108)] },
      "hold the tax of its rate 1300",
    ],
  ])("stops at a sale that %s", (_, more, what) => {
    expect(() => dayByJournal([...before, sale(3, paid, more)], day)).toThrow(what);
  });

  it("stops at a sale that does not add up", () => {
    const wrong = sale(3, [{ kind: "cash", amountFen: 1_829 }]);
    expect(() => dayByJournal([wrong], day)).toThrow("the tenders of T01-000003");
  });

  it("is read from a file as an auditor gets it", () => {
    const text = [
      "header",
      ...entries.map(({ kind, body }) => JSON.stringify({ kind, body: JSON.stringify(body) })),
      "closing",
    ];
    expect(entriesOfFile(`${text.join("\n")}\n`)).toEqual(entries);
  });
});

describe("A place that tells of the day", () => {
  it("agrees where every figure is the journal's", () => {
    expect(disagreements(truth, source)).toEqual([]);
  });

  it("is found out by one fen too much or too little, whichever figure it is", () => {
    fc.assert(
      fc.property(fc.nat(source.readings.length - 1), fc.constantFrom(1, -1), (which, by) => {
        const readings = source.readings.map(
          ([figure, value], index) => [figure, index === which ? value + by : value] as const,
        );
        expect(disagreements(truth, { ...source, readings })).toHaveLength(1);
      }),
    );
  });

  it("is found out where it says a figure twice and once wrongly", () => {
    const readings = [...source.readings, ["tender/cash/net", 1] as const];
    expect(disagreements(truth, { ...source, readings })).toEqual([
      "a paper says tender/cash/net is 1, by the journal it is 2660",
    ]);
  });

  it("is found out by a figure that it leaves out or makes up", () => {
    const without = source.readings.filter(([figure]) => figure !== "item/a/net");
    expect(disagreements(truth, { ...source, readings: without })).toHaveLength(1);
    const ghost = [...source.readings, ["item/ghost/net", 5] as const];
    expect(disagreements(truth, { ...source, readings: ghost })).toHaveLength(1);
  });

  it.each(entries.map((entry, index) => [index + 1, entry.kind] as const))(
    "does not agree with a journal from which entry %i, %s, was left out",
    (place) => {
      const fewer = entries.filter((_, index) => index !== place - 1);
      // Goods that came back of a sale that is not there stop the reckoning before any comparison.
      const isFound = (): boolean => disagreements(dayByJournal(fewer, day), source).length > 0;
      const isTold = (() => {
        try {
          return isFound();
        } catch (cause) {
          return cause instanceof Error && cause.message.startsWith("not so in this journal");
        }
      })();
      expect(isTold).toBe(true);
    },
  );
});
