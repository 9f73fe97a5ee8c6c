import type { CartLine } from "#core/cart/cart.ts";
import { itemLine, labelLine, type LabelLineFault } from "#core/cart/new-line.ts";
import { isSellable, milli, pieces } from "#core/quantity/quantity.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { FoundPack } from "#main/till/packs/stopped-pack.ts";

export type PackLineFault = LabelLineFault | { readonly kind: "quantity-out-of-range" };

/** Sold by the kilogram, and neither its label nor the cashier says how much of it: it has to be weighed. */
export function needsWeighing({ match, tradeItem, multiplier }: FoundPack): boolean {
  const { weightGrams, amountFen } = tradeItem;
  return match.item.unit === "kg" && weightGrams === null && amountFen === null && multiplier === null;
}

/** The line of a pack: by the weight or price printed on it, otherwise as many pieces as it holds. */
export function packLine(lineId: string, found: FoundPack): Result<CartLine, PackLineFault> {
  const { match, tradeItem, multiplier } = found;
  const { item, barcode } = match;
  const { weightGrams, amountFen, count, pack } = tradeItem;
  const withPack = pack === null ? {} : { pack };
  // What is sold by the piece may tell its weight; it is the piece that has a price.
  if (amountFen !== null || (weightGrams !== null && item.unit === "kg")) {
    const line = labelLine(lineId, item, { amountFen, weightGrams, barcode });
    return line.ok ? ok({ ...line.value, ...withPack }) : line;
  }
  // With its weight typed before the scan it can be sold.
  if (needsWeighing(found)) return fail({ kind: "quantity-out-of-range" });
  // Two packs never have one serial number, whatever was typed before the scan.
  const hasSerial = pack !== null && pack.serial !== null;
  const times = hasSerial ? pieces(1) : (multiplier ?? pieces(1));
  const quantity = times * match.count * (count ?? 1);
  if (!isSellable(quantity, item.unit)) return fail({ kind: "quantity-out-of-range" });
  return ok({ ...itemLine(lineId, match, "scan"), quantity: milli(quantity), ...withPack });
}
