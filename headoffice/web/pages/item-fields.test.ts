import { expect, test } from "vitest";
import type { FeedItem } from "#contract/wire/feed.ts";
import { fieldsOf, itemOf, limitFault } from "./item-fields.ts";

const item: FeedItem = {
  ...{ nameZh: "可口可乐", nameEn: "", categoryId: "drinks", unit: "piece", priceFen: 350, taxClass: "food" },
  ...{ scaleCode: null, isFavourite: true },
  barcodes: [
    { barcode: "6901234567892", count: 1 },
    { barcode: "16901234567899", count: 24 },
  ],
  pricesFrom: [
    { validFrom: "2026-12-01T00:00:00.000Z", priceFen: 400 },
    { validFrom: "2027-01-01T00:00:00.000Z", priceFen: 420 },
  ],
};
const row = { id: "1001", rev: 7, value: item };

test("an item that is opened and saved untouched is the same to the last price and carton", () => {
  expect(itemOf(fieldsOf(row, null), row)).toEqual(item);
});

test.each([{ price: "三块" }, { price: "-1" }, { price: "1.005" }, { laterPrice: "x" }, { barcodes: "6901234567893" }])(
  "%j is no item yet",
  (change) => {
    expect(itemOf({ ...fieldsOf(row, null), ...change }, row)).toBeNull();
  },
);

test("a next price that is cleared is gone, the one after it stays", () => {
  expect(itemOf({ ...fieldsOf(row, null), laterPrice: "" }, row)?.pricesFrom).toEqual(item.pricesFrom.slice(1));
});

const opened = { ...fieldsOf(row, null), isOpenPrice: true };

test.each([
  [
    { minPrice: "", maxPrice: "" },
    { minFen: null, maxFen: null },
  ],
  [
    { minPrice: "5", maxPrice: "200.00" },
    { minFen: 500, maxFen: 20_000 },
  ],
  [
    { minPrice: "5", maxPrice: "5" },
    { minFen: 500, maxFen: 500 },
  ],
])("an open price of %j is set", (change, openPrice) => {
  const after = itemOf({ ...opened, ...change }, row);
  expect(after).toEqual({ ...item, openPrice });
  // Opened again it is the same, and switched off it is gone.
  const again = { ...row, value: after ?? item };
  expect(itemOf(fieldsOf(again, null), again)).toEqual(after);
  expect(itemOf({ ...fieldsOf(again, null), isOpenPrice: false }, again)).toEqual(item);
});

test.each([
  [{ minPrice: "0" }, "minPrice", "no-price"],
  [{ maxPrice: "x" }, "maxPrice", "no-price"],
  [{ minPrice: "5", maxPrice: "4.99" }, "maxPrice", "crossed"],
] as const)("an open price of %j is none yet, and says at which field", (change, field, kind) => {
  expect(limitFault({ ...opened, ...change })).toEqual({ field, kind });
  expect(itemOf({ ...opened, ...change }, row)).toBeNull();
});

test("goods by weight have no open price, whatever their limits say", () => {
  const weighed = { ...opened, unit: "kg" as const, minPrice: "x" };
  expect(limitFault(weighed)).toBeNull();
  expect(itemOf(weighed, row)).toEqual({ ...item, unit: "kg" });
});
