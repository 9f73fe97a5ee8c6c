import { expect, test } from "vitest";
import type { FeedItem } from "#contract/wire/feed.ts";
import { fieldsOf, itemOf } from "./item-fields.ts";

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
