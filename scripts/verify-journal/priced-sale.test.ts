import { expect, it } from "vitest";
import { chainOf, fileOf, saleTold } from "#tests/support/journal-file.ts";
import { checkJournalFile } from "./check-journal-file.ts";

const opened = { kind: "epoch-opened", body: { previous: null } } as const;
const parts = { grossFen: 1_000, lineDiscountFen: 100, promotionFen: 150, saleDiscountFen: 40, roundingFen: 10 };
const taxes = [
  { basisPoints: 1_300, amountFen: 500, taxFen: 58 },
  { basisPoints: 0, amountFen: 200, taxFen: 0 },
];

async function said(more: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const sale = { ...saleTold(1, 700, { ...parts, taxes, ...more }), v: 3 };
  const file = fileOf(chainOf("epoch-a", [opened, sale]), null);
  return (await checkJournalFile(() => [file], { keys: [] })).damages.map(({ what }) => what);
}

it("a sale with promotions and taxes is sound where all its parts come to what was paid", async () => {
  expect(await said({})).toEqual([]);
  expect(await said({ taxes: undefined })).toEqual([]);
});

it.each([
  ["a promotion of another amount", { promotionFen: 151 }, "sale T01-000001 costs 700 fen and its parts come to 699"],
  ["no promotion", { promotionFen: undefined }, "sale T01-000001: what came off is not of its form"],
  [
    "rates that hold less than was paid",
    { taxes: taxes.slice(0, 1) },
    "sale T01-000001 costs 700 fen and 500 are in its tax rates",
  ],
  [
    "more tax than money",
    { taxes: [{ basisPoints: 1_300, amountFen: 700, taxFen: 701 }] },
    "sale T01-000001: its taxes are not of their form",
  ],
])("says where a sale tells of %s", async (_, more, what) => {
  expect(await said(more)).toEqual([what]);
});
