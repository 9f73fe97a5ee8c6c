import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyCart, type Cart, type CartLine, type Discount, type Rounding } from "#core/cart/cart.ts";
import { fen, subtractFen, type Fen } from "#core/money/fen.ts";
import { percentOf, scaleHalfUp } from "#core/money/rounding.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import { priceCart } from "./price-cart.ts";
import type { CartTotals, CartTotalsOf } from "./totals.ts";

// Amounts far apart can take minutes to shrink: a failure is then reported as far as it got.
fc.configureGlobal({ interruptAfterTimeLimit: 10_000 });

/** A control must fail in every run of the suite: always the same cases, and no time spent on shrinking them. */
const control = { seed: 1, numRuns: 2000, endOnFailure: true };

const cola: CartLine = {
  id: "cola",
  sku: "cola-500",
  nameZh: "可口可乐 500ml",
  nameEn: "Coca-Cola 500 ml",
  categoryId: "drinks",
  taxClass: "standard",
  barcode: "6901234567892",
  source: "scan",
  unit: "piece",
  unitPriceFen: fen(350),
  quantity: pieces(2),
  labelAmountFen: null,
  discount: null,
};
const apple: CartLine = {
  ...cola,
  id: "apple",
  sku: "apple",
  unit: "kg",
  unitPriceFen: fen(1299),
  quantity: milli(845),
};
const crisps: CartLine = { ...cola, id: "crisps", sku: "crisps", unitPriceFen: fen(650), quantity: pieces(1) };
const secondAtHalfPrice: Discount = { kind: "amount", amountFen: fen(325) };

function cart(lines: readonly CartLine[], discount: Discount | null = null, rounding: Rounding = "none"): Cart {
  return { ...emptyCart("sale-1"), lines, discount, rounding };
}

describe("the basket of the design", () => {
  const basket = [cola, apple, { ...crisps, discount: secondAtHalfPrice }];

  test("two colas, 0.845 kg of apples and crisps at half price come to 21.23", () => {
    const plain = { promotionFen: 0, saleDiscountShareFen: 0, roundingShareFen: 0 };
    expect(priceCart(cart(basket))).toEqual({
      lines: [
        { ...plain, lineId: "cola", grossFen: 700, discountFen: 0, netFen: 700 },
        { ...plain, lineId: "apple", grossFen: 1098, discountFen: 0, netFen: 1098 },
        { ...plain, lineId: "crisps", grossFen: 650, discountFen: 325, netFen: 325 },
      ],
      pieceCount: 4,
      grossFen: 2448,
      lineDiscountFen: 325,
      promotionFen: 0,
      saleDiscountFen: 0,
      roundingFen: 0,
      totalFen: 2123,
    });
  });

  test("抹零 to the jiao takes 3 fen and to the yuan 23, shared out over the lines", () => {
    expect(priceCart(cart(basket, null, "jiao"))).toMatchObject({ roundingFen: 3, totalFen: 2120 });
    const toYuan = priceCart(cart(basket, null, "yuan"));
    expect(toYuan).toMatchObject({ roundingFen: 23, totalFen: 2100 });
    expect(toYuan.lines.map((line) => [line.roundingShareFen, line.netFen])).toEqual([
      [8, 692],
      [12, 1086],
      [3, 322],
    ]);
  });

  test("10 % off the sale comes off what the lines' own discounts left, before 抹零", () => {
    const totals = priceCart(cart(basket, { kind: "percent", basisPoints: 1000 }, "jiao"));
    expect(totals).toMatchObject({
      grossFen: 2448,
      lineDiscountFen: 325,
      saleDiscountFen: 212,
      roundingFen: 1,
      totalFen: 1910,
    });
    expect(totals.lines.map((line) => line.saleDiscountShareFen)).toEqual([70, 110, 32]);
  });
});

describe("a cart", () => {
  test("of nothing costs nothing, whatever was granted", () => {
    const nothing = {
      lines: [],
      pieceCount: 0,
      grossFen: 0,
      lineDiscountFen: 0,
      promotionFen: 0,
      saleDiscountFen: 0,
      roundingFen: 0,
      totalFen: 0,
    };
    expect(priceCart(cart([], { kind: "amount", amountFen: fen(500) }, "yuan"))).toEqual(nothing);
    expect(priceCart(cart([], { kind: "percent", basisPoints: 1000 }))).toEqual(nothing);
  });

  test("charges a label's amount, not price × weight", () => {
    const labelled: CartLine = { ...apple, source: "weighed-label", labelAmountFen: fen(1097) };
    expect(priceCart(cart([labelled]))).toMatchObject({ grossFen: 1097, totalFen: 1097, pieceCount: 1 });
  });

  test("with discounts larger than itself is free, never less", () => {
    const tooLarge: Discount = { kind: "amount", amountFen: fen(100_000) };
    expect(priceCart(cart([{ ...cola, discount: tooLarge }, crisps], tooLarge, "jiao"))).toMatchObject({
      grossFen: 1350,
      lineDiscountFen: 700,
      saleDiscountFen: 650,
      roundingFen: 0,
      totalFen: 0,
    });
  });

  test("takes 抹零 only from lines that still cost something after the sale discount", () => {
    const mint: CartLine = { ...cola, unitPriceFen: fen(1), quantity: pieces(1) };
    const totals = priceCart(cart([mint, { ...mint, id: "mint" }], { kind: "amount", amountFen: fen(1) }, "jiao"));
    expect(totals.lines.map((line) => [line.saleDiscountShareFen, line.roundingShareFen, line.netFen])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });

  test("below one yuan is given away by 抹零 to the yuan", () => {
    const gum: CartLine = { ...cola, unitPriceFen: fen(99), quantity: pieces(1) };
    expect(priceCart(cart([gum], null, "yuan"))).toMatchObject({ roundingFen: 99, totalFen: 0 });
  });
});

const anyAmount = fc.oneof(fc.nat(20), fc.nat(2_000_000)).map(fen);
const anyDiscount: fc.Arbitrary<Discount | null> = fc.option(
  fc.oneof(
    fc.record({ kind: fc.constant("amount" as const), amountFen: anyAmount }),
    fc.record({ kind: fc.constant("percent" as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  ),
);
const anyLine: fc.Arbitrary<CartLine> = fc.oneof(
  fc
    .record({ unitPriceFen: anyAmount, count: fc.integer({ min: 1, max: 9 }), discount: anyDiscount })
    .map(({ count, ...rest }) => {
      return { ...cola, ...rest, quantity: pieces(count) };
    }),
  fc
    .record({
      unitPriceFen: anyAmount,
      grams: fc.integer({ min: 1, max: 9999 }),
      labelAmountFen: fc.option(anyAmount),
      discount: anyDiscount,
    })
    .map(({ grams, ...rest }) => {
      return { ...apple, ...rest, quantity: milli(grams) };
    }),
);
const anyCart: fc.Arbitrary<Cart> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 30 }),
    discount: anyDiscount,
    rounding: fc.constantFrom<Rounding>("none", "jiao", "yuan"),
  })
  .map(({ lines, discount, rounding }) =>
    cart(
      lines.map((line, place) => ({ ...line, id: `l${place}` })),
      discount,
      rounding,
    ),
  );

function sum(amounts: readonly Fen[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Everything totals.ts promises of a cart's money, worked out a second time. */
function holds(priced: Cart, totals: CartTotals): boolean {
  const { lines } = totals;
  const columnsSum =
    sum(lines.map((line) => line.grossFen)) === totals.grossFen &&
    sum(lines.map((line) => line.discountFen)) === totals.lineDiscountFen &&
    sum(lines.map((line) => line.saleDiscountShareFen)) === totals.saleDiscountFen &&
    sum(lines.map((line) => line.roundingShareFen)) === totals.roundingFen &&
    sum(lines.map((line) => line.netFen)) === totals.totalFen;
  const rowsSum = lines.every((line) => {
    const parts = [line.discountFen, line.saleDiscountShareFen, line.roundingShareFen, line.netFen];
    return sum(parts) === line.grossFen && parts.every((part) => part >= 0);
  });
  const step = { none: 1, jiao: 10, yuan: 100 }[priced.rounding];
  const isRounded = totals.totalFen % step === 0 && totals.roundingFen < step;
  return (
    columnsSum &&
    rowsSum &&
    isRounded &&
    lines.map((line) => line.lineId).join() === priced.lines.map((line) => line.id).join()
  );
}

function moneyHolds(totalsOf: CartTotalsOf) {
  return fc.property(anyCart, (priced) => holds(priced, totalsOf(priced)));
}

describe("the money of any cart", () => {
  test("sums to the fen by row and by column, is never negative and ends on a whole jiao or yuan", () => {
    fc.assert(moneyHolds(priceCart), { numRuns: 1000 });
  });

  test("the check for that catches shares that are rounded line by line", () => {
    const roundEachShare: CartTotalsOf = (priced) => {
      const totals = priceCart(priced);
      const discountable = totals.grossFen - totals.lineDiscountFen || 1;
      const lines = totals.lines.map((line) => {
        const share = fen(scaleHalfUp(totals.saleDiscountFen, line.grossFen - line.discountFen, discountable));
        return {
          ...line,
          saleDiscountShareFen: share,
          netFen: fen(line.grossFen - line.discountFen - share - line.roundingShareFen),
        };
      });
      return { ...totals, lines };
    };
    expect(fc.check(moneyHolds(roundEachShare), control).failed).toBe(true);
  });

  test("the check for that catches a discount that is not cut down to its line", () => {
    const uncut: CartTotalsOf = (priced) => {
      const totals = priceCart(priced);
      const lines = totals.lines.map((line, place) => {
        const discount = priced.lines[place]?.discount;
        const discountFen = discount?.kind === "amount" ? discount.amountFen : line.discountFen;
        return { ...line, discountFen, netFen: fen(line.netFen + line.discountFen - discountFen) };
      });
      const difference = sum(lines.map((line) => line.discountFen)) - totals.lineDiscountFen;
      return {
        ...totals,
        lines,
        lineDiscountFen: fen(totals.lineDiscountFen + difference),
        totalFen: fen(totals.totalFen - difference),
      };
    };
    expect(fc.check(moneyHolds(uncut), control).failed).toBe(true);
  });

  test("a percentage of the sale is that of the whole, not of each line", () => {
    fc.assert(
      fc.property(anyCart, fc.integer({ min: 1, max: 10_000 }), (priced, basisPoints) => {
        const totals = priceCart({ ...priced, discount: { kind: "percent", basisPoints } });
        expect(totals.saleDiscountFen).toBe(
          percentOf(subtractFen(totals.grossFen, totals.lineDiscountFen), basisPoints),
        );
      }),
    );
  });

  test("does not depend on which line is current or what the sale is called", () => {
    fc.assert(
      fc.property(anyCart, fc.string(), (priced, name) => {
        expect(priceCart({ ...priced, saleId: name, currentLineId: name })).toEqual(priceCart(priced));
      }),
    );
  });
});
