import { expect, it } from "vitest";
import { readEntry } from "./read-entry.ts";

const line = {
  ...{ lineNumber: 1, sku: "cola", nameZh: "可乐", nameEn: "Cola", categoryId: "drinks", unit: "piece" },
  ...{ unitPriceFen: 350, quantity: 2_000, grossFen: 700, discountFen: 0, saleDiscountShareFen: 0 },
  ...{ roundingShareFen: 0, netFen: 525 },
};
const first = {
  ...{ saleId: "s1", saleNumber: "T01-000001", terminalId: "T01", shiftId: "f1", cashierId: "c1", cashierName: "王芳" },
  ...{ completedAt: "2026-11-25T12:00:00+08:00", businessDate: "2026-11-25", lines: [line] },
  ...{ grossFen: 700, lineDiscountFen: 0, saleDiscountFen: 0, roundingFen: 0, totalFen: 525, changeFen: 0 },
  tenders: [{ kind: "cash", tenderId: "t", amountFen: 525, receivedFen: 525, changeFen: 0 }],
};
const third = { ...first, promotionFen: 175, taxes: [{ basisPoints: 1_300, amountFen: 525, taxFen: 60 }] };
const read = (v: number, body: unknown) => readEntry({ kind: "sale-completed", v, body: JSON.stringify(body) });

it("reads a sale of every version there was, and the promotions and taxes of the third", () => {
  expect(read(1, first)).toMatchObject({ kind: "sale", sale: { totalFen: 525 } });
  expect(read(2, first)).toMatchObject({ kind: "sale", sale: { totalFen: 525 } });
  expect(read(3, third)).toMatchObject({ kind: "sale", sale: { totalFen: 525, discountFen: 175, unsound: null } });
});

it("reads a member's sale, whose points stay in the journal, and keeps what happens to members", () => {
  const member = { memberId: "m1", earned: 5, spent: 0, spentFen: 0, balance: 5 };
  expect(read(3, { ...third, isMember: true, member })).toEqual(read(3, third));
  for (const kind of ["member-enrolled", "member-changed", "member-deleted", "point-rates-changed"])
    expect(readEntry({ kind, v: 1, body: JSON.stringify({ memberId: "m1", cashierId: "c1" }) })).toEqual({
      kind: "kept",
    });
});

it("reads what lines, refunds and closings tell of tax, which stays in the journal", () => {
  const taxed = { ...third, lines: [{ ...line, taxClass: "general", taxBasisPoints: 1_300, taxFen: 60 }] };
  expect(read(3, taxed)).toEqual(read(3, third));
  const refund = {
    ...{ refundNo: "R1", kind: "cash", saleId: "s1", saleNumber: "T01-000001", tenderId: "t", amountFen: 113 },
    ...{ reason: "", cashierId: "c1", approvedBy: "m1", requestedAt: first.completedAt, state: "succeeded" },
    given: { at: first.completedAt, businessDate: first.businessDate },
  };
  const goods = [
    { sku: "cola", categoryId: null, taxClass: "general", amountFen: 113, taxBasisPoints: 1_300, taxFen: 13 },
  ];
  const settled = (body: object) => readEntry({ kind: "refund-settled", v: 1, body: JSON.stringify(body) });
  expect(settled({ ...refund, goods })).toMatchObject({ kind: "refund", refund: { amountFen: 113 } });
  expect(settled({ ...refund, goods })).toEqual(settled(refund));
  const closing = { shiftId: "f1", closedAt: first.completedAt, closedBy: "c1", countedCashFen: 0, differenceFen: 0 };
  const taxes = [{ basisPoints: 1_300, amountFen: 525, taxFen: 60, refundFen: 113, refundTaxFen: 13 }];
  const closed = (body: object) => readEntry({ kind: "shift-closed", v: 1, body: JSON.stringify(body) });
  expect(closed({ ...closing, totals: { taxes } })).toMatchObject({ kind: "shift-closed" });
  expect(closed({ ...closing, totals: { taxes } })).toEqual(closed(closing));
});

it("gives a person what says it is of the third version and is not, or of one nobody knows yet", () => {
  expect(read(3, first)).toMatchObject({ kind: "review", reason: "unreadable-body", detail: "promotionFen" });
  expect(read(3, { ...third, taxes: [{ basisPoints: -1, amountFen: 1, taxFen: 1 }] })).toMatchObject({
    kind: "review",
  });
  expect(read(5, third)).toMatchObject({ kind: "review", reason: "unknown-version" });
});
