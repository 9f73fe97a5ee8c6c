import { fen, type Fen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import type { Milli } from "./quantity.ts";

/**
 * Price × quantity in fen, rounded half up once per line: 0.845 kg at 12.99 yuan is 10.98 yuan.
 * Asserts an amount within `maxFen`; ask `rawPriceOf` first where both come from outside.
 */
export function priceOf(unitPriceFen: Fen, quantity: Milli): Fen {
  return fen(rawPriceOf(unitPriceFen, quantity));
}

/** The same number of fen before it is money: it may lie beyond `maxFen`. */
export function rawPriceOf(unitPriceFen: Fen, quantity: Milli): number {
  return scaleHalfUp(unitPriceFen, quantity, 1000);
}
