import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JournalKind } from "#core/journal/entry.ts";
import { knownBy, movesOf, type StockEntry } from "./stock-move.ts";

const entry = (kind: JournalKind, body: unknown): StockEntry => ({ kind, body });
const sale = (...lines: readonly { readonly sku: string | null; readonly quantity: number }[]) =>
  entry("sale-completed", { lines });

describe("What an entry moves", () => {
  it("takes what was sold off the shelf, packs by their pieces and weighed goods by the gram, and nothing of no item", () => {
    const sold = sale(
      { sku: "cola", quantity: 6_000 },
      { sku: "apple", quantity: 845 },
      { sku: null, quantity: 1_000 },
    );
    expect(movesOf(sold)).toEqual([
      { sku: "cola", kind: "sale", quantityMilli: -6_000 },
      { sku: "apple", kind: "sale", quantityMilli: -845 },
    ]);
    expect(knownBy(sold)).toEqual([]);
  });

  it("puts what came back on the shelf again, and what is damaged straight into the bin", () => {
    const lines = [
      { sku: "cola", quantity: 2_000, condition: "back-to-stock" },
      { sku: "cola", quantity: 1_000, condition: "damaged" },
      { sku: null, quantity: 1_000, condition: "back-to-stock" },
    ];
    expect(movesOf(entry("goods-returned", { lines }))).toEqual([
      { sku: "cola", kind: "return", quantityMilli: 2_000 },
      { sku: "cola", kind: "return", quantityMilli: 1_000 },
      { sku: "cola", kind: "damaged", quantityMilli: -1_000 },
    ]);
  });

  it("begins the level of what nobody had counted with the delivery, and takes the same back with its counter-entry", () => {
    const lines = [
      { sku: "cola", quantityMilli: 24_000, openingMilli: 3_000 },
      { sku: "chips", quantityMilli: 5_000, openingMilli: 0 },
    ];
    const received = entry("goods-received", { lines });
    expect(movesOf(received)).toEqual([
      { sku: "cola", kind: "opening", quantityMilli: 3_000 },
      { sku: "cola", kind: "received", quantityMilli: 24_000 },
      { sku: "chips", kind: "received", quantityMilli: 5_000 },
    ]);
    expect(knownBy(received)).toEqual(["cola", "chips"]);
    const back = entry("goods-receipt-reversed", { lines: [{ sku: "cola", quantityMilli: -24_000 }] });
    expect(movesOf(back)).toEqual([{ sku: "cola", kind: "receipt-reversed", quantityMilli: -24_000 }]);
    expect(knownBy(back)).toEqual([]);
  });

  it("calls a first count an opening and any later one a difference, and knows what was counted as it was", () => {
    const lines = [
      { sku: "cola", bookMilli: null, differenceMilli: 12_000 },
      { sku: "chips", bookMilli: 5_000, differenceMilli: -1_000 },
      { sku: "apple", bookMilli: 5_000, differenceMilli: 0 },
    ];
    const taken = entry("stock-taken", { lines });
    expect(movesOf(taken)).toEqual([
      { sku: "cola", kind: "opening", quantityMilli: 12_000 },
      { sku: "chips", kind: "taken", quantityMilli: -1_000 },
    ]);
    expect(knownBy(taken)).toEqual(["cola", "chips", "apple"]);
    const corrected = { sku: "cola", bookMilli: 3_000, differenceMilli: 1_000 };
    expect(movesOf(entry("stock-corrected", corrected))).toEqual([
      { sku: "cola", kind: "corrected", quantityMilli: 1_000 },
    ]);
    expect(movesOf(entry("stock-corrected", { ...corrected, bookMilli: null }))[0]?.kind).toBe("opening");
  });

  it("is nothing for every other kind", () => {
    for (const kind of ["stock-take-begun", "stock-item-set", "shift-closed", "refund-settled"] as const)
      expect([movesOf(entry(kind, { lines: [{ sku: "cola" }] })), knownBy(entry(kind, {}))]).toEqual([[], []]);
  });

  it("adds up to the same level in whatever order the entries are read, and never moves nothing", () => {
    const quantity = fc.integer({ min: 1, max: 99_000 });
    const anEntry = fc.oneof(
      quantity.map((sold) => sale({ sku: "cola", quantity: sold })),
      fc
        .tuple(quantity, fc.constantFrom("back-to-stock", "damaged"))
        .map(([came, condition]) => entry("goods-returned", { lines: [{ sku: "cola", quantity: came, condition }] })),
      fc
        .tuple(quantity, fc.nat(5_000))
        .map(([quantityMilli, openingMilli]) =>
          entry("goods-received", { lines: [{ sku: "cola", quantityMilli, openingMilli }] }),
        ),
      fc
        .integer({ min: -9_000, max: 9_000 })
        .map((differenceMilli) => entry("stock-taken", { lines: [{ sku: "cola", bookMilli: 1, differenceMilli }] })),
    );
    const level = (entries: readonly StockEntry[]): number =>
      entries.flatMap(movesOf).reduce((sum, { quantityMilli }) => sum + quantityMilli, 0);
    fc.assert(
      fc.property(
        fc
          .array(anEntry, { maxLength: 30 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([entries, shuffled]) => {
          expect(level(shuffled)).toBe(level(entries));
          expect(entries.flatMap(movesOf).every(({ quantityMilli }) => quantityMilli !== 0)).toBe(true);
        },
      ),
    );
  });
});
