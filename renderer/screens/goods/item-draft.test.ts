import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { draftOf, itemOfDraft, newDraft } from "./item-draft.ts";

const item = {
  ...{
    sku: "1001",
    nameZh: "可乐",
    nameEn: "Coke",
    categoryId: "drinks",
    unit: "piece" as const,
    priceFen: fen(123_450),
  },
  ...{ taxClass: "general", scaleCode: null, isFavourite: true, codes: [{ barcode: "6901234567892", count: 1 }] },
};

describe("An item in the fields of the page", () => {
  it("is saved as it was where nobody changed it, whatever it costs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (priceFen) => {
        const priced = { ...item, priceFen: fen(priceFen) };
        expect(itemOfDraft(draftOf(priced))).toEqual({ isNew: false, item: priced });
      }),
    );
  });

  it("with an open price keeps its limits, and has none of it once it is sold by weight", () => {
    const open = { ...item, openPrice: { minFen: fen(100), maxFen: null } };
    expect(itemOfDraft(draftOf(open))).toEqual({ isNew: false, item: open });
    expect(itemOfDraft({ ...draftOf(open), unit: "kg" })).toEqual({ isNew: false, item: { ...item, unit: "kg" } });
    expect(itemOfDraft({ ...draftOf(open), isOpenPrice: false, minPrice: "x" })).toEqual({ isNew: false, item });
    expect(itemOfDraft({ ...draftOf(open), minPrice: "x", maxPrice: "0" })).toEqual(["minPrice", "maxPrice"]);
  });

  it("made of a scan has the scanned code for its number and its barcode, and wants a name and a price", () => {
    const draft = newDraft("drinks", "6901234567892");
    expect(itemOfDraft(draft)).toEqual(["nameZh", "price"]);
    expect(itemOfDraft({ ...draft, nameZh: " 可乐 ", price: "3.5" })).toMatchObject({
      ...{ isNew: true, item: { sku: "6901234567892", nameZh: "可乐", priceFen: 350 } },
      item: { codes: [{ barcode: "6901234567892", count: 1 }] },
    });
  });

  it.each([
    ["price", { price: "三块" }],
    ["price", { price: "-1" }],
    ["price", { price: "1.005" }],
    ["sku", { sku: " " }],
    ["categoryId", { categoryId: "" }],
    ["codes", { codes: [{ barcode: "A1", count: "0" }] }],
    ["codes", { codes: [{ barcode: "A1", count: "1.5" }] }],
    ["codes", { codes: [{ barcode: "A1", count: "" }] }],
  ])("names %s where it cannot be saved: %j", (field, change) => {
    expect(itemOfDraft({ ...draftOf(item), ...change })).toEqual([field]);
  });

  it("leaves out codes nobody wrote", () => {
    const draft = { ...draftOf(item), codes: [{ barcode: " ", count: "x" }] };
    expect(itemOfDraft(draft)).toMatchObject({ item: { codes: [] } });
  });
});
