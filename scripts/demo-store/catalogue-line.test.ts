import { describe, expect, test } from "vitest";
import { readCatalogueLine } from "./catalogue-line.ts";

describe("readCatalogueLine", () => {
  test("puts the first flavour in every size and the others in the usual one", () => {
    const entries = readCatalogueLine(
      "乐事/乐事*薯片 | Lay's * Chips | 原味=Original, 青柠味=Lime | 40g袋 4.00, 75g袋 7.50",
    );
    expect(entries.map(({ brand, zh, en, priceFen }) => ({ brand, zh, en, priceFen }))).toEqual([
      { brand: "乐事", zh: "乐事原味薯片 40g袋", en: "Lay's Original Chips 40 g", priceFen: 400 },
      { brand: "乐事", zh: "乐事原味薯片 75g袋", en: "Lay's Original Chips 75 g", priceFen: 750 },
      { brand: "乐事", zh: "乐事青柠味薯片 40g袋", en: "Lay's Lime Chips 40 g", priceFen: 400 },
    ]);
  });

  test("gives large packages a carton of six and shrink-wrapped ones none", () => {
    const entries = readCatalogueLine("青岛 | Tsingtao | - | 500ml罐 7.00, 2L 14.00, 330ml×6罐 30.00 | pack6 pack24");
    expect(entries.map((entry) => entry.packCounts)).toEqual([[6, 24], [6], []]);
  });

  test("sells by weight without a barcode and marks tax and favourites", () => {
    expect(readCatalogueLine("散装/* | - | 香蕉=Banana | 称重 8.80! | food")).toEqual([
      {
        brand: "散装",
        zh: "香蕉",
        en: "Banana",
        size: { zh: "", en: "", isWeighed: true, carton: "none" },
        priceFen: 880,
        taxClass: "food",
        barcode: "none",
        packCounts: [],
        isFavourite: true,
      },
    ]);
  });

  test.each([
    ["a price without fen", "甲 | A | - | 500ml 3.5"],
    ["a price of three decimals", "甲 | A | - | 500ml 3.500"],
    ["a size nobody knows", "甲 | A | - | 500bananas 3.50"],
    ["a counting word nobody knows", "甲 | A | - | 3匹 3.50"],
    ["an unknown flag", "甲 | A | - | 500ml 3.50 | fod"],
    ["a missing field", "甲 | A | 500ml 3.50"],
  ])("refuses %s", (_, line) => {
    expect(() => readCatalogueLine(line)).toThrow();
  });
});
