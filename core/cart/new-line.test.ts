import { describe, expect, test } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { itemLine, labelLine, openPriceLine } from "./new-line.ts";

const apple: Item = {
  sku: "apple",
  nameZh: "苹果",
  nameEn: "Apple",
  categoryId: "fruit",
  unit: "kg",
  priceFen: fen(1299),
  taxClass: "reduced",
  scaleCode: "00042",
  isFavourite: false,
};
const sushi: Item = { ...apple, sku: "sushi", nameZh: "寿司", nameEn: "Sushi", unit: "piece", priceFen: fen(2500) };
const cola: Item = {
  ...apple,
  sku: "cola",
  nameZh: "可口可乐",
  nameEn: "Coca-Cola",
  unit: "piece",
  priceFen: fen(350),
  scaleCode: null,
};
const appleLine = {
  id: "l1",
  sku: "apple",
  nameZh: "苹果",
  nameEn: "Apple",
  categoryId: "fruit",
  taxClass: "reduced",
  barcode: "the label",
  source: "weighed-label",
  unit: "kg",
  unitPriceFen: 1299,
  quantity: 845,
  labelAmountFen: null,
  discount: null,
};

function label(amountFen: number | null, weightGrams: number | null) {
  const amount = amountFen === null ? null : fen(amountFen);
  return { template: "t", scaleCode: "00042", amountFen: amount, weightGrams, barcode: "the label" };
}

describe("a line for an item", () => {
  test("counts what its barcode stands for", () => {
    const line = itemLine("l1", { item: cola, barcode: "carton", count: 24 }, "scan");
    expect(line).toMatchObject({
      id: "l1",
      sku: "cola",
      barcode: "carton",
      source: "scan",
      quantity: 24_000,
      unitPriceFen: 350,
    });
  });
});

describe("an open-price line", () => {
  test("is one piece without a sku at the price typed", () => {
    const line = openPriceLine({
      id: "l1",
      nameZh: "杂货",
      nameEn: "Sundries",
      taxClass: "standard",
      barcode: null,
      priceFen: fen(990),
    });
    expect(line).toMatchObject({
      sku: null,
      source: "open-price",
      unit: "piece",
      quantity: 1000,
      unitPriceFen: 990,
      labelAmountFen: null,
    });
  });
});

describe("a line for a scale's label", () => {
  test("takes the weight that is printed", () => {
    expect(labelLine("l1", apple, label(null, 845))).toEqual({ ok: true, value: appleLine });
  });

  test("takes amount and weight that are printed, without asking the price again", () => {
    expect(labelLine("l1", apple, label(1097, 845))).toEqual({
      ok: true,
      value: { ...appleLine, labelAmountFen: 1097 },
    });
  });

  test("works the weight back from an amount alone", () => {
    expect(labelLine("l1", apple, label(1098, null))).toEqual({
      ok: true,
      value: { ...appleLine, labelAmountFen: 1098 },
    });
  });

  test("is one piece of what is priced at the scale but sold by the piece", () => {
    expect(labelLine("l1", sushi, label(2380, null))).toMatchObject({
      ok: true,
      value: { quantity: 1000, unit: "piece", labelAmountFen: 2380 },
    });
  });

  test("of an empty scale is refused", () => {
    expect(labelLine("l1", apple, label(0, 845))).toEqual({ ok: false, fault: { kind: "empty-label" } });
    expect(labelLine("l1", apple, label(null, 0))).toEqual({ ok: false, fault: { kind: "empty-label" } });
  });

  test("that cannot be this item's is refused", () => {
    const fault = { kind: "label-does-not-fit-item" };
    expect(labelLine("l1", sushi, label(null, 845))).toEqual({ ok: false, fault });
    expect(labelLine("l1", { ...apple, priceFen: fen(0) }, label(1098, null))).toEqual({ ok: false, fault });
  });

  test("read with amount and weight the wrong way round is refused", () => {
    // 1.750 kg at 3.00 cost 5.25; swapped, the label would say 0.525 kg for 17.50.
    const pear: Item = { ...apple, priceFen: fen(300) };
    expect(labelLine("l1", pear, label(525, 1750)).ok).toBe(true);
    expect(labelLine("l1", pear, label(1750, 525))).toEqual({
      ok: false,
      fault: { kind: "amount-and-weight-disagree", expectedFen: 158 },
    });
  });
});
