import type { Cart, CartLine, Discount, Rounding } from "#core/cart/cart.ts";
import { addFen, fen, minFen, subtractFen, zeroFen, type Fen } from "#core/money/fen.ts";
import { allocate, percentOf, roundDownToJiao, roundDownToYuan } from "#core/money/rounding.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { pieceCountOf } from "#core/quantity/quantity.ts";
import { assert } from "#core/result.ts";
import type { CartTotals, LineTotals } from "./totals.ts";

/**
 * What a cart costs. Line discounts come off their line, then what the cart keeps of promotions (core/promotion), the sale
 * discount off what is left, a member's points off what that leaves, 抹零 off the rest; the last two are shared out over the lines by what each still costs, so every column sums to its total to the fen and a
 * part-refund later gives back exactly what was paid. A discount larger than what it applies to (the quantity fell, a line
 * was voided) is cut down to it: no line and no sale goes below zero.
 */
export function priceCart(cart: Cart): CartTotals {
  const grossFen = cart.lines.map((line) => fen(rawGrossOf(line)));
  const discountFen = cart.lines.map((line, index) => discountOn(at(grossFen, index), line.discount));
  const worthFen = subtractEach(grossFen, discountFen);
  const promotionFen = promotedFen(cart, worthFen);
  const discountedFen = subtractEach(worthFen, promotionFen);

  const discountableFen = addFen(...discountedFen);
  const grantedFen = discountOn(discountableFen, cart.discount);
  const pointsFen = minFen(cart.member?.points?.worthFen ?? zeroFen, subtractFen(discountableFen, grantedFen));
  const saleDiscountFen = addFen(grantedFen, pointsFen);
  const saleDiscountSharesFen = allocate(saleDiscountFen, discountedFen);
  const payableByLineFen = subtractEach(discountedFen, saleDiscountSharesFen);

  const payableFen = addFen(...payableByLineFen);
  const totalFen = roundDown(payableFen, cart.rounding);
  const roundingFen = subtractFen(payableFen, totalFen);
  const roundingSharesFen = allocate(roundingFen, payableByLineFen);
  const netFen = subtractEach(payableByLineFen, roundingSharesFen);

  const lines = cart.lines.map((line, index): LineTotals => {
    return {
      lineId: line.id,
      grossFen: at(grossFen, index),
      discountFen: at(discountFen, index),
      promotionFen: at(promotionFen, index),
      saleDiscountShareFen: at(saleDiscountSharesFen, index),
      roundingShareFen: at(roundingSharesFen, index),
      netFen: at(netFen, index),
    };
  });
  return {
    lines,
    pieceCount: cart.lines.reduce((count, line) => count + pieceCountOf(line.quantity, line.unit), 0),
    grossFen: addFen(...grossFen),
    lineDiscountFen: addFen(...discountFen),
    promotionFen: addFen(...promotionFen),
    saleDiscountFen,
    ...(pointsFen === 0 ? {} : { pointsFen }),
    roundingFen,
    totalFen,
  };
}

/** A line's fen before any discount, not yet bounded: a new line's may lie beyond `maxFen`. */
export function rawGrossOf(line: CartLine): number {
  return line.labelAmountFen ?? rawPriceOf(line.unitPriceFen, line.quantity);
}

/** What a line costs after its own discount, in fen: what promotions work on. */
export function lineWorthFen(line: CartLine): Fen {
  const grossFen = fen(rawGrossOf(line));
  return subtractFen(grossFen, discountOn(grossFen, line.discount));
}

/** What promotions take off each line. A share that came from outside takes no more than there is. */
function promotedFen({ lines, promotions }: Cart, worthFen: readonly Fen[]): readonly Fen[] {
  if (promotions === undefined || promotions.length === 0) return worthFen.map(() => zeroFen);
  const savedFen = new Map<string, Fen>();
  for (const { shares } of promotions) {
    for (const share of shares)
      savedFen.set(share.lineId, addFen(savedFen.get(share.lineId) ?? zeroFen, share.savedFen));
  }
  return lines.map((line, index) => minFen(savedFen.get(line.id) ?? zeroFen, at(worthFen, index)));
}

/** What a discount takes off an amount of zero or more: never more than the amount. */
function discountOn(amountFen: Fen, discount: Discount | null): Fen {
  if (discount === null) return zeroFen;
  const wantedFen = discount.kind === "amount" ? discount.amountFen : percentOf(amountFen, discount.basisPoints);
  return minFen(wantedFen, amountFen);
}

function roundDown(amountFen: Fen, rounding: Rounding): Fen {
  switch (rounding) {
    case "none":
      return amountFen;
    case "jiao":
      return roundDownToJiao(amountFen);
    case "yuan":
      return roundDownToYuan(amountFen);
  }
}

function subtractEach(from: readonly Fen[], amounts: readonly Fen[]): Fen[] {
  return from.map((amount, index) => subtractFen(amount, at(amounts, index)));
}

/** The columns of one cart all have one entry a line, so a missing one is a broken promise, not a zero. */
function at(column: readonly Fen[], index: number): Fen {
  const amount = column[index];
  assert(amount !== undefined, "one entry for every line");
  return amount;
}
