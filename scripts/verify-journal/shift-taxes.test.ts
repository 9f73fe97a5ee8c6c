import { expect, it } from "vitest";
import { chainOf, fileOf, saleTold, type Told } from "#tests/support/journal-file.ts";
import { checkJournalFile } from "./check-journal-file.ts";

const sale = (number: number): Told => ({
  ...saleTold(number, 1_130, {
    ...{ grossFen: 1_130, lineDiscountFen: 0, promotionFen: 0, saleDiscountFen: 0, roundingFen: 0 },
    taxes: [{ basisPoints: 1_300, amountFen: 1_130, taxFen: 130 }],
  }),
  v: 3,
});
const given = { at: "2026-03-02T12:00:00+08:00", businessDate: "2026-03-02" };
const goods = [{ sku: "a", taxClass: "general", amountFen: 565, taxBasisPoints: 1_300, taxFen: 65 }, { amountFen: 9 }];
const refund = (more: object = {}): Told => ({
  kind: "refund-settled",
  body: { kind: "cash", amountFen: 574, given, goods, ...more },
});
const right = { basisPoints: 1_300, amountFen: 2_260, taxFen: 260, refundFen: 565, refundTaxFen: 65 };
const closed = (totals: object): Told => ({ kind: "shift-closed", body: { shiftId: "a", totals } });
const opened: Told = { kind: "shift-opened", body: { shiftId: "a" } };

async function said(...told: readonly Told[]): Promise<readonly string[]> {
  const file = fileOf(chainOf("epoch-a", [{ kind: "epoch-opened", body: { previous: null } }, ...told]), null);
  return (await checkJournalFile(() => [file], { keys: [] })).damages.map(({ what }) => what);
}

it("a shift whose closing tells the tax of its sales less its returns is sound", async () => {
  expect(await said(opened, sale(1), refund(), sale(2), closed({ taxes: [right] }))).toEqual([]);
});

it("goods without a receipt take their tax off as those of a known sale do", async () => {
  const lines = [{ sku: "a", worthFen: 565, taxBasisPoints: 1_300, taxFen: 65 }, { worthFen: 9 }];
  const body = { returnId: "L1", amountFen: 574, businessDate: given.businessDate, lines };
  const loose: Told = { kind: "return-without-receipt", body };
  expect(await said(opened, sale(1), loose, sale(2), closed({ taxes: [right] }))).toEqual([]);
  const [what] = await said(opened, sale(1), sale(2), closed({ taxes: [right] }));
  expect(what).toBe("the shift closes with refundFen 565 at 1300, and it is 0");
});

it("what happened before a shift or between two is in none of them, and a closing of before tells no tax", async () => {
  const nothing = closed({ taxes: [] });
  expect(await said(refund(), opened, nothing, refund(), opened, nothing)).toEqual([]);
  expect(await said(opened, sale(1), closed({ saleCount: 1 }))).toEqual([]);
});

it("money that did not go back, or was no sale's, takes off no tax", async () => {
  const told = [opened, refund({ given: null }), refund({ kind: "charge" }), closed({ taxes: [] })];
  expect(await said(...told)).toEqual([]);
});

it.each([
  ["a fen too much of tax", [{ ...right, taxFen: 261 }], "the shift closes with taxFen 261 at 1300, and it is 260"],
  [
    "returns left out",
    [{ ...right, refundFen: 0, refundTaxFen: 0 }],
    "the shift closes with refundFen 0 at 1300, and it is 565",
  ],
  ["no rate at all", [], "the shift closes with amountFen 0 at 1300, and it is 2260"],
  [
    "a rate that nothing was sold at",
    [right, { ...right, basisPoints: 900 }],
    "the shift closes with amountFen 2260 at 900, and it is 0",
  ],
])("says where a closing tells %s", async (_, taxes, what) => {
  expect((await said(opened, sale(1), refund(), sale(2), closed({ taxes })))[0]).toBe(what);
});
