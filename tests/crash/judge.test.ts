import { describe, expect, it } from "vitest";
import type { Books } from "./books.ts";
import { judge } from "./judge.ts";

/** One sale paid half in cash and half by code, both partly given back, and one paid by code that was reversed before. */
const good: Books = {
  seen: {
    sales: [
      { saleId: "s1", saleNumber: "T01-000001", totalFen: 700 },
      { saleId: "s2", saleNumber: "T01-000002", totalFen: 500 },
    ],
    givenBack: [
      { refundNo: "P1R1", amountFen: 100 },
      { refundNo: "T01-000001R2", amountFen: 50 },
    ],
    baskets: ["s1", "s2"],
  },
  stored: {
    sales: [
      { saleId: "s1", saleNumber: "T01-000001", totalFen: 700 },
      { saleId: "s2", saleNumber: "T01-000002", totalFen: 500 },
    ],
    tenders: [
      { saleId: "s1", tenderId: "t1", kind: "cash", amountFen: 300, outTradeNo: null },
      { saleId: "s1", tenderId: "t2", kind: "wechat", amountFen: 400, outTradeNo: "P1" },
      { saleId: "s2", tenderId: "t3", kind: "wechat", amountFen: 500, outTradeNo: "P3" },
    ],
    attempts: [
      { outTradeNo: "P1", saleId: "s1", state: "paid" },
      { outTradeNo: "P2", saleId: "s2", state: "reversed" },
      { outTradeNo: "P3", saleId: "s2", state: "paid" },
    ],
    refunds: [
      { refundNo: "P1R1", requestId: "a", tenderId: "t2", kind: "wechat", state: "succeeded", amountFen: 100 },
      { refundNo: "T01-000001R2", requestId: "b", tenderId: "t1", kind: "cash", state: "succeeded", amountFen: 50 },
    ],
    days: { saleCount: 2, cashFen: 300, wechatFen: 900, refundCount: 2, refundCashFen: 50, refundWechatFen: 100 },
    shifts: { saleCount: 2, cashFen: 300, wechatFen: 900, refundCount: 2, refundCashFen: 50, refundWechatFen: 100 },
    journal: { isWhole: true, sales: ["s1", "s2"], refunds: ["P1R1", "T01-000001R2"] },
    unfinished: 0,
  },
  charged: [
    order("P1", 400, { chargedFen: 400, refundedFen: 100, refunds: [refundAtGateway("P1R1", 100)] }),
    order("P2", 500, { chargedFen: 500, refundedFen: 500 }),
    order("P3", 500, { chargedFen: 500 }),
  ],
};

type Order = Books["charged"][number];

function order(outTradeNo: string, amountFen: number, changes: Partial<Order> = {}): Order {
  return { outTradeNo, amountFen, chargedFen: 0, refundedFen: 0, refunds: [], violations: [], ...changes };
}

function refundAtGateway(outRefundNo: string, amountFen: number): Order["refunds"][number] {
  return { outRefundNo, refundId: `50${outRefundNo}`, amountFen, status: "SUCCESS", acceptedAt: 1, endedAt: 2 };
}

type Change = (books: Books) => Books;

const seen = (changes: Partial<Books["seen"]>): Books => ({ ...good, seen: { ...good.seen, ...changes } });
const stored = (changes: Partial<Books["stored"]>): Books => ({ ...good, stored: { ...good.stored, ...changes } });
const charged = (...changed: readonly Order[]): Books => {
  const names = new Set(changed.map(({ outTradeNo }) => outTradeNo));
  return { ...good, charged: [...good.charged.filter(({ outTradeNo }) => !names.has(outTradeNo)), ...changed] };
};
const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at);
const totals = (changes: Partial<Books["stored"]["days"]>): Books["stored"]["days"] => ({
  ...good.stored.days,
  ...changes,
});

it("Books that agree to the fen are found faultless", () => {
  expect(judge(good)).toEqual({
    verdict: { acknowledged: 2, lost: 0, duplicated: 0, unresolved: 0 },
    findings: [],
  });
});

describe("The judge counts as lost", () => {
  it.each<[string, Change]>([
    [
      "a sale that the screen called done and nobody stored",
      () => seen({ sales: [...good.seen.sales, { saleId: "s3", saleNumber: "T01-000003", totalFen: 1 }] }),
    ],
    [
      "a sale stored with another total",
      () => seen({ sales: [{ saleId: "s1", saleNumber: "T01-000001", totalFen: 701 }] }),
    ],
    ["a basket that was never sold", () => seen({ baskets: [...good.seen.baskets, "s9"] })],
    ["a charge that no sale explains", () => charged(order("P9", 350, { chargedFen: 350 }))],
    ["a charge of a fen too little", () => charged(order("P3", 500, { chargedFen: 499 }))],
    [
      "a payment that was booked and then reversed",
      () => charged(order("P3", 500, { chargedFen: 500, refundedFen: 500 })),
    ],
    ["a payment the gateway has never heard of", () => ({ ...good, charged: without(good.charged, 2) })],
    [
      "a refund that the screen called given back and nobody stored",
      () => seen({ givenBack: [...good.seen.givenBack, { refundNo: "P3R1", amountFen: 1 }] }),
    ],
    [
      "a refund booked that the customer never got",
      () =>
        charged(
          order("P1", 400, { chargedFen: 400, refunds: [{ ...refundAtGateway("P1R1", 100), status: "CLOSED" }] }),
        ),
    ],
    [
      "a refund given back that nobody booked",
      () => charged(order("P3", 500, { chargedFen: 500, refundedFen: 20, refunds: [refundAtGateway("P3R1", 20)] })),
    ],
    ["a sale that is missing in the day's sum", () => stored({ days: totals({ wechatFen: 400 }) })],
    ["a refund that is missing in the shift's sum", () => stored({ shifts: totals({ refundCashFen: 0 }) })],
    ["a broken chain", () => stored({ journal: { ...good.stored.journal, isWhole: false } })],
    ["a sale the journal does not tell of", () => stored({ journal: { ...good.stored.journal, sales: ["s1"] } })],
    ["a refund the journal does not tell of", () => stored({ journal: { ...good.stored.journal, refunds: ["P1R1"] } })],
  ])("%s", (_, spoil) => {
    const { verdict, findings } = judge(spoil(good));
    expect([verdict.lost, verdict.duplicated, findings.length]).toEqual([1, 0, 1]);
  });
});

describe("The judge counts as duplicated", () => {
  it.each<[string, Change]>([
    ["a payment charged twice under one number", () => charged(order("P3", 500, { chargedFen: 1_000 }))],
    ["a second payment of a sale that was paid without it", () => charged(order("P2", 500, { chargedFen: 500 }))],
    ["a refund booked twice in the day's sum", () => stored({ days: totals({ refundWechatFen: 200 }) })],
    [
      "a refund whose end is in the journal twice",
      () => stored({ journal: { ...good.stored.journal, refunds: [...good.stored.journal.refunds, "P1R1"] } }),
    ],
    [
      "a sale that is in the journal twice",
      () => stored({ journal: { ...good.stored.journal, sales: ["s1", "s2", "s1"] } }),
    ],
    ["a sale counted twice in the shift's sum", () => stored({ shifts: totals({ saleCount: 3 }) })],
  ])("%s", (_, spoil) => {
    const { verdict, findings } = judge(spoil(good));
    expect([verdict.lost, verdict.duplicated, findings.length]).toEqual([0, 1, 1]);
  });

  it("a refund given back twice under two numbers, of which one was asked for", () => {
    const refunds = [refundAtGateway("P1R1", 100), refundAtGateway("P1R2", 100)];
    const { verdict, findings } = judge(charged(order("P1", 400, { chargedFen: 400, refundedFen: 200, refunds })));
    expect(verdict).toMatchObject({ lost: 1, duplicated: 0 });
    expect(findings.map(({ what }) => what)).toEqual(["refund P1R2 was given back and is not booked"]);
  });

  it("one refund given back twice under one number", () => {
    const refunds = [refundAtGateway("P1R1", 100), refundAtGateway("P1R1", 100)];
    const { verdict } = judge(charged(order("P1", 400, { chargedFen: 400, refundedFen: 200, refunds })));
    expect(verdict).toMatchObject({ duplicated: 1 });
  });

  it("a cash refund given twice for one press of the key", () => {
    const again = { refundNo: "T01-000001R3", requestId: "b", tenderId: "t1", kind: "cash", amountFen: 50 } as const;
    const { verdict, findings } = judge(
      stored({
        refunds: [...good.stored.refunds, { ...again, state: "succeeded" }],
        journal: { ...good.stored.journal, refunds: [...good.stored.journal.refunds, again.refundNo] },
        days: totals({ refundCount: 3, refundCashFen: 100 }),
        shifts: totals({ refundCount: 3, refundCashFen: 100 }),
      }),
    );
    expect(verdict).toMatchObject({ lost: 0, duplicated: 1 });
    expect(findings.map(({ what }) => what)).toEqual(["request b for a refund"]);
  });

  it("a tender that gave back more than it was", () => {
    const more = { refundNo: "P1R2", requestId: "c", tenderId: "t2", kind: "wechat", amountFen: 350 } as const;
    const { findings } = judge(stored({ refunds: [...good.stored.refunds, { ...more, state: "succeeded" }] }));
    expect(findings).toContainEqual({ kind: "duplicated", what: "tender t2 of 400 fen gave back 450" });
  });

  it("two sales under one number", () => {
    const again = { saleId: "s3", saleNumber: "T01-000002", totalFen: 0 };
    const { findings } = judge(
      stored({
        sales: [...good.stored.sales, again],
        journal: { ...good.stored.journal, sales: ["s1", "s2", "s3"] },
        days: totals({ saleCount: 3 }),
        shifts: totals({ saleCount: 3 }),
      }),
    );
    expect(findings).toEqual([{ kind: "duplicated", what: "sale number T01-000002" }]);
  });
});

it("Payments and refunds without an end are unresolved", () => {
  expect(judge(stored({ unfinished: 2 })).verdict).toEqual({ acknowledged: 2, lost: 0, duplicated: 0, unresolved: 2 });
});
