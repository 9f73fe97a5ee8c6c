import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { milli } from "#core/quantity/quantity.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import { businessDay } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* The last door before the disk: what no use case may get past. */

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const made = (returnId: string, more: Partial<LooseReturn> = {}) => {
  return (returnNumber: string): LooseReturn => ({
    ...{ returnId, returnNumber, terminalId: "T01", shiftId: bench.shown.shift?.shiftId ?? "", amountFen: fen(700) },
    lines: [
      {
        ...{ lineNumber: 1, sku: "cola", nameZh: "可乐", nameEn: "Cola", categoryId: "all", taxClass: "general" },
        ...{ unit: "piece", quantity: milli(2_000), presentFen: fen(350), unitPriceFen: fen(350), worthFen: fen(700) },
        condition: "back-to-stock",
      },
    ],
    ...{ reason: "退货", cashierId: "c1", cashierName: "林小雨", approvedBy: "m1" },
    ...{ at: "2026-03-02T10:00:00+08:00", businessDate: businessDay },
    ...more,
  });
};
const give = (returnId: string, more: Partial<LooseReturn> = {}) =>
  bench.store.giveLooseReturn(returnId, made(returnId, more), () => "[]");

describe("the file", () => {
  it("keeps a return once with the next number, its entry and its money, and the same again is the stored one", () => {
    const before = bench.store.journalStatus().lastSeq;
    const first = give("a");
    expect(give("a", { amountFen: fen(1) })).toEqual(first);
    expect([bench.store.looseReturn("a"), bench.store.looseReturn("b")]).toEqual([first, null]);
    expect(bench.store.journalStatus().lastSeq).toBe(before + 1);
    expect(give("b").returnNumber).toBe("T01-R000002");
    expect(bench.store.dayTotals(businessDay)).toMatchObject({ refundCount: 2, refundCashFen: 1_400 });
  });

  it.each<[string, Partial<LooseReturn>]>([
    ["sum to its amount", { amountFen: fen(701) }],
    ["open shift", { shiftId: "another" }],
    ["points are taken back alone", { points: { memberId: "m", takenBack: 0, givenBack: 1, balance: 1 } }],
    ["brings something back", { lines: [], amountFen: fen(0) }],
    [
      "credit and cash",
      { exchange: { saleId: "s", saleNumber: "T01-000001", creditFen: fen(350), backCashFen: fen(351) } },
    ],
  ])("takes none that does not hold (%s), and gives its number to the next", (words, more) => {
    expect(() => give("a", more)).toThrow(words);
    expect(bench.store.looseReturn("a")).toBeNull();
    expect(bench.store.dayTotals(businessDay).refundCount).toBe(0);
    expect(give("b").returnNumber).toBe("T01-R000001");
  });

  it("takes nothing of it where its paper cannot be laid out", () => {
    const words = (): string => {
      throw new Error("no paper");
    };
    expect(() => bench.store.giveLooseReturn("a", made("a"), words)).toThrow("no paper");
    expect([bench.store.looseReturn("a"), bench.store.dayTotals(businessDay).refundCount]).toEqual([null, 0]);
    expect(bench.store.verifyWholeChain().ok).toBe(true);
  });
});
