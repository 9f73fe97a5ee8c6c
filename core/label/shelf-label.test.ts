import fc from "fast-check";
import { expect, test } from "vitest";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import type { Deal, Promotion } from "#core/promotion/promotion.ts";
import { always } from "#core/promotion/schedule.ts";
import { basket, evaluate, goods, noon, onSkus, promotion, savedOf } from "#core/promotion/testing-basket.ts";
import { barsFor } from "./label-code.ts";
import { shelfLabel } from "./shelf-label.ts";
import { unitPriceOf } from "./unit-price.ts";

const tea: Item = {
  ...{ sku: "tea", nameZh: "茉莉茶 500ml", nameEn: "Jasmine tea", categoryId: "drinks", unit: "piece" },
  ...{ priceFen: fen(450), taxClass: "general", scaleCode: null, isFavourite: false },
};
const codes = [
  { barcode: "6901234567892", count: 1 },
  { barcode: "16901234567899", count: 24 },
];
const labelWith = (...promotions: readonly Promotion[]) => shelfLabel(tea, codes, promotions, noon);
const fixed = (priceFen: number): Deal => ({ kind: "fixed-price", priceFen: fen(priceFen) });

test("a label says what one piece costs, the code of one, and the price to compare by", () => {
  expect(labelWith()).toEqual({
    ...{ sku: "tea", nameZh: "茉莉茶 500ml", nameEn: "Jasmine tea", unit: "piece", priceFen: 450 },
    ...{ unitPrice: { priceFen: 90, per: "100ml" }, barcode: "6901234567892" },
    ...{ memberPriceFen: null, offer: null },
  });
});

test("goods without a code of one piece carry none, not their carton's", () => {
  expect(shelfLabel(tea, codes.slice(1), [], noon).barcode).toBeNull();
});

test("weighed goods are compared by the half kilogram", () => {
  expect(unitPriceOf({ ...tea, unit: "kg", priceFen: fen(1299) })).toEqual({ priceFen: 650, per: "500g" });
});

test("the cheapest offer stands on it with its last day, and the members' price only where it is lower still", () => {
  const dear = promotion("dear", fixed(440));
  const cheap = promotion("cheap", fixed(400), { schedule: { ...always, toDate: "2026-12-31" } });
  const members = promotion("members", fixed(390), { isMemberOnly: true });
  expect(labelWith(dear, cheap, members)).toMatchObject({
    offer: { nameZh: "cheap", priceFen: 400, lastDay: "2026-12-31" },
    memberPriceFen: 390,
  });
  expect(labelWith(cheap, promotion("members", fixed(400), { isMemberOnly: true })).memberPriceFen).toBeNull();
});

test("several together stand on it by their name, without a price for one", () => {
  const second = promotion("第二件半价", { kind: "nth-off", every: 2, basisPoints: 5_000 });
  expect(labelWith(second).offer).toEqual({
    nameZh: "第二件半价",
    nameEn: "第二件半价",
    priceFen: null,
    lastDay: null,
  });
});

test.each<[string, Partial<Promotion>, Deal?]>([
  ["needs a coupon", { coupon: { kind: "shared", code: "C1" } }],
  ["is on for some hours", { schedule: { ...always, hours: { from: 600, to: 840 } } }],
  ["is on for some weekdays", { schedule: { ...always, weekdays: [3] } }],
  ["has not begun", { schedule: { ...always, fromDate: "2026-11-26" } }],
  ["is over", { schedule: { ...always, toDate: "2026-11-24" } }],
  ["is for other goods", { scope: onSkus("coffee") }],
  ["makes nothing cheaper", {}, fixed(450)],
  ["is off the whole sale", {}, { kind: "spend-percent", thresholdFen: fen(1), basisPoints: 1_000 }],
])("what %s is on no label", (_, change, deal = fixed(400)) => {
  expect(labelWith(promotion("p", deal, change)).offer).toBeNull();
});

test("the price on the label is what the cart asks for one piece, to the fen", () => {
  const deal: fc.Arbitrary<Deal> = fc.oneof(
    fc.record({ kind: fc.constant("percent-off" as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ kind: fc.constant("amount-off" as const), amountFen: fc.integer({ min: 1, max: 5_000 }).map(fen) }),
    fc.record({ kind: fc.constant("fixed-price" as const), priceFen: fc.integer({ min: 0, max: 5_000 }).map(fen) }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), deal, (priceFen, of) => {
      const label = shelfLabel({ ...tea, priceFen: fen(priceFen) }, codes, [promotion("p", of)], noon);
      const saved = savedOf(evaluate(basket(goods("tea", priceFen)), [promotion("p", of)], noon));
      expect(label.offer?.priceFen ?? priceFen).toBe(priceFen - saved);
    }),
  );
});

test("a unit price times what is in the package is its price again, to half a fen for each part compared", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 10, max: 5_000 }), (priceFen, grams) => {
      const per = unitPriceOf({ ...tea, nameZh: `盐 ${grams}g`, priceFen: fen(priceFen) });
      // Both sides in hundredths of a fen times grams: no division.
      expect(Math.abs((per?.priceFen ?? 0) * grams - priceFen * 100) * 2).toBeLessThanOrEqual(grams);
    }),
  );
});

test("an EAN is drawn as what it is on the goods, everything else so that it fits", () => {
  expect(["6901234567892", "96385074", "6901234567893", "16901234567899", "A-17"].map(barsFor)).toEqual([
    ...["ean13", "ean8", "code128", "code128", "code128"],
  ]);
});

test("goods with an open price promise no offer: no promotion lowers what is typed", () => {
  const open: Item = { ...tea, openPrice: { minFen: null, maxFen: null } };
  const members = promotion("members", fixed(400), { isMemberOnly: true });
  expect(shelfLabel(open, codes, [promotion("dear", fixed(440)), members], noon)).toMatchObject({
    ...{ priceFen: 450, offer: null, memberPriceFen: null },
  });
});
