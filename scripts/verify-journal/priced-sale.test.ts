import { expect, it } from "vitest";
import { chainOf, fileOf, saleTold } from "#tests/support/journal-file.ts";
import { checkJournalFile } from "./check-journal-file.ts";

const opened = { kind: "epoch-opened", body: { previous: null } } as const;
const parts = { grossFen: 1_000, lineDiscountFen: 100, promotionFen: 150, saleDiscountFen: 40, roundingFen: 10 };
const taxes = [
  { basisPoints: 1_300, amountFen: 500, taxFen: 58 },
  { basisPoints: 0, amountFen: 200, taxFen: 0 },
];

const line = (netFen: number, taxBasisPoints: number, taxFen: number) => ({ netFen, taxBasisPoints, taxFen });

async function said(more: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const sale = { ...saleTold(1, 700, { ...parts, taxes, ...more }), v: 3 };
  const file = fileOf(chainOf("epoch-a", [opened, sale]), null);
  return (await checkJournalFile(() => [file], { keys: [] })).damages.map(({ what }) => what);
}

it("a sale with promotions and taxes is sound where all its parts come to what was paid", async () => {
  expect(await said({})).toEqual([]);
  expect(await said({ taxes: undefined })).toEqual([]);
  expect(await said({ lines: [line(500, 1_300, 58), line(200, 0, 0)] })).toEqual([]);
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
  [
    "lines whose tax is not that of their rate",
    { lines: [line(500, 1_300, 57), line(200, 0, 0)] },
    "sale T01-000001: its lines hold 57 fen of tax at 1300 and its rates say 58",
  ],
  [
    "a line with more tax than it cost",
    { lines: [line(50, 1_300, 58), line(200, 0, 0)] },
    "sale T01-000001: the tax of its lines is not of its form",
  ],
  [
    "a line without tax beside others with it",
    { lines: [line(500, 1_300, 58), { netFen: 200 }] },
    "sale T01-000001: the tax of its lines is not of its form",
  ],
])("says where a sale tells of %s", async (_, more, what) => {
  expect(await said(more)).toEqual([what]);
});
