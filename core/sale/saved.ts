import { addFen, type Fen, subtractFen, zeroFen } from "#core/money/fen.ts";
import { priceOf } from "#core/quantity/price-of.ts";
import type { Sale, SaleLine } from "./sale.ts";

/**
 * 共优惠: what the customer did not pay of the catalogue's prices: prices set lower by hand, discounts, promotions and 抹零.
 * A price that was set higher saves nothing and is not taken off the rest.
 */
export function savedFen(sale: Sale): Fen {
  const { lineDiscountFen, promotionFen = zeroFen, saleDiscountFen, roundingFen } = sale;
  return addFen(...sale.lines.map(savedByPrice), lineDiscountFen, promotionFen, saleDiscountFen, roundingFen);
}

function savedByPrice({ override, unitPriceFen, quantity, grossFen }: SaleLine): Fen {
  if (override === undefined || override.fromFen <= unitPriceFen) return zeroFen;
  return subtractFen(priceOf(override.fromFen, quantity), grossFen);
}
