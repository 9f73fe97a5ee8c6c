import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { milli } from "#core/quantity/quantity.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import { assert } from "#core/result.ts";
import { businessDay, chips } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* The last door before the disk: what no use case may get past. */

let bench: TillBench;
let saleId: string;
let tenderId: string;

beforeEach(async () => {
  bench = await openTillBench().atWork();
  await bench.scan(chips);
  await bench.scan(chips);
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 2_000 });
  await bench.must("next-sale", {});
  const sale = bench.sales().at(-1);
  assert(sale !== undefined, "sold");
  ({ saleId } = sale);
  tenderId = sale.tenders[0]?.tenderId ?? "";
});
afterEach(() => bench.close());

const given = { at: "2026-03-02T10:00:00+08:00", businessDate: businessDay };
const by = { cashierId: "c1", cashierName: "林小雨", approvedBy: "m1", reason: "退货" };

function refund(refundNo: string, amountFen: number): SaleRefund {
  return {
    ...{ refundNo, requestId: refundNo, kind: "cash", saleId, saleNumber: "T01-000001", tenderId, given, ...by },
    ...{ amountFen: fen(amountFen), requestedAt: given.at, requestedAtMs: 0, state: "succeeded", gateway: null },
    handled: null,
  };
}

function goods(returnId: string, quantity: number, worth: number, refunds: readonly SaleRefund[]): SaleReturn {
  const line = { lineNumber: 1, sku: "chips", nameZh: "薯片", nameEn: "Chips", unit: "piece" } as const;
  return {
    ...{ returnId, saleId, saleNumber: "T01-000001", worthFen: fen(worth), ...by, ...given },
    lines: [{ ...line, quantity: milli(quantity), worthFen: fen(worth), condition: "damaged" }],
    amountFen: fen(refunds.reduce((sum, { amountFen }) => sum + amountFen, 0)),
    refundNos: refunds.map(({ refundNo }) => refundNo),
  };
}

const give = (returnId: string, quantity: number, worth: number, ...refunds: readonly SaleRefund[]) =>
  bench.store.giveReturn(goods(returnId, quantity, worth, refunds), refunds, () => "[]");

describe("the file", () => {
  it("keeps a return once, whole, with its refund, its entry and its paper, and the same again is the stored one", () => {
    const before = bench.store.journalStatus().lastSeq;
    const first = give("a", 1_000, 1_000, refund("r1", 1_000));
    expect(give("a", 2_000, 2_000, refund("r2", 2_000))).toEqual(first);
    expect(bench.store.returnsOfSale(saleId)).toEqual([first]);
    expect(bench.store.saleReturn("a")).toEqual(first);
    expect(bench.store.journalStatus().lastSeq).toBe(before + 2); // the refund and the goods
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 1, refundCashFen: 1_000 });
  });

  it("refuses more of a line than was sold, and more for it than was paid, and then nothing of the return is there", () => {
    give("a", 1_000, 1_000, refund("r1", 1_000));
    const before = bench.store.journalStatus();
    expect(() => give("b", 2_000, 1_000, refund("r2", 1_000))).toThrow("more came back than was sold");
    expect(() => give("b", 1_000, 1_001, refund("r2", 1_000))).toThrow("a return beyond what was paid");
    expect(() => give("b", 1_000, 1_000, refund("r2", 1_000), refund("r3", 1))).toThrow();
    expect(bench.store.journalStatus()).toEqual(before);
    expect(bench.store.refundsOfSale(saleId)).toHaveLength(1);
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 1 });
  });

  it("refuses a return whose lines, refunds or names do not add up, and one outside a shift", async () => {
    const odd = goods("a", 1_000, 1_000, [refund("r1", 1_000)]);
    const refunds = [refund("r1", 1_000)];
    const tried = (changes: Partial<SaleReturn>) => () =>
      bench.store.giveReturn({ ...odd, ...changes }, refunds, () => "[]");
    expect(tried({ worthFen: fen(999) })).toThrow("sum to its worth");
    expect(tried({ amountFen: fen(999) })).toThrow("sum to its amount");
    expect(tried({ refundNos: ["other"] })).toThrow("names its refunds");
    expect(tried({ lines: [] })).toThrow("brings something back");
    await bench.must("close-shift", { countedCashFen: 12_000 });
    expect(tried({})).toThrow("only in a shift");
  });
});
