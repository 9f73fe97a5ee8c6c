import { describe, expect, it } from "vitest";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { askedOf, draftOf, priceOfDraft, quantityOf, sumOf, withMore } from "./loose-drafts.ts";

const cola: ItemView = {
  ...{ sku: "cola", nameZh: "可乐", nameEn: "Cola", categoryId: "d", unit: "piece", priceFen: fen(350) },
};
const apple: ItemView = { ...cola, sku: "apple", unit: "kg", priceFen: fen(1_299) };

describe("a line of goods without a receipt", () => {
  it("begins at what the goods cost now, and the same goods again are more of it", () => {
    const lines = withMore(withMore([], cola, pieces(1)), cola, pieces(6));
    expect(lines).toEqual([{ item: cola, quantity: "7", price: "3.50", condition: "back-to-stock" }]);
    expect(askedOf(lines)).toEqual({
      ...{ amountFen: 2_450, lines: [{ sku: "cola", quantity: 7_000, unitPriceFen: 350, condition: "back-to-stock" }] },
    });
  });

  it("that is weighed waits for its weight", () => {
    const [line] = withMore([], apple, null);
    expect([line?.quantity, askedOf(line === undefined ? [] : [line])]).toEqual(["", null]);
    expect(quantityOf({ ...draftOf(apple, milli(845)) })).toBe(845);
  });

  it.each([
    ["3.51", null],
    ["-1", null],
    ["x", null],
    ["", null],
    ["0", 0],
    ["3.5", 350],
  ])("takes %j for a price of %j", (price, read) => {
    expect(priceOfDraft({ ...draftOf(cola, pieces(1)), price })).toBe(read);
  });

  it("that cannot be read holds up the whole, and one for nothing is nothing", () => {
    const good = draftOf(cola, pieces(1));
    expect(askedOf([good, { ...good, quantity: "0" }])).toBeNull();
    expect(askedOf([good, { ...good, quantity: "1.5" }])).toBeNull();
    expect(askedOf([{ ...good, price: "0" }])).toBeNull();
    expect(sumOf([good, { ...good, quantity: "?" }])).toBe(350);
  });
});
