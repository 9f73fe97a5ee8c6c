import type { WeighedLabel } from "#core/barcode/read-label.ts";
import type { Item, ItemMatch } from "#core/catalog/item.ts";
import type { Fen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { isSellable, milli, pieces, type Milli } from "#core/quantity/quantity.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { CartLine, LineSource, LineWeighing } from "./cart.ts";

/** A line for an item found by barcode, search or tile: as many as its barcode counts. */
export function itemLine(lineId: string, match: ItemMatch, source: LineSource): CartLine {
  return { ...plainLine(lineId, match.item), barcode: match.barcode, source, quantity: pieces(match.count) };
}

/** The same goods at what the cashier has typed for one of them, already judged by the item's limits. */
export function pricedByHand(line: CartLine, unitPriceFen: Fen): CartLine {
  return { ...line, unitPriceFen, isTypedPrice: true };
}

/** A line for goods that were weighed at this till. Asserts a weight of at least a gram beside the tare. */
export function weighedLine(
  lineId: string,
  { item, barcode }: Pick<ItemMatch, "item"> & { readonly barcode: string | null },
  source: LineSource,
  weighing: LineWeighing,
): CartLine {
  const netGrams = weighing.grossGrams - weighing.tareGrams;
  assert(isSellable(netGrams, "kg"), `goods beside their tare, got ${netGrams} g`);
  return { ...plainLine(lineId, item), barcode, source, quantity: milli(netGrams), weighing };
}

/** A line for goods the catalogue does not know, at the price the cashier typed. */
export function openPriceLine(line: {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly taxClass: string;
  readonly barcode: string | null;
  readonly priceFen: Fen;
}): CartLine {
  return {
    id: line.id,
    sku: null,
    nameZh: line.nameZh,
    nameEn: line.nameEn,
    categoryId: null,
    taxClass: line.taxClass,
    barcode: line.barcode,
    source: "open-price",
    unit: "piece",
    unitPriceFen: line.priceFen,
    quantity: pieces(1),
    labelAmountFen: null,
    discount: null,
  };
}

/** What is printed on one pack, by a scale in the shop or by its packer. */
export type PrintedMeasure = Pick<WeighedLabel, "amountFen" | "weightGrams">;

export type LabelLineFault =
  /** Nothing on the scale, or its price was not set. */
  | { readonly kind: "empty-label" }
  /** A weight for something sold by the piece, or an amount for a kilogram item without a price to weigh it by. */
  | { readonly kind: "label-does-not-fit-item" }
  /** Amount and weight contradict the item's price: most likely the template has them the wrong way round. */
  | { readonly kind: "amount-and-weight-disagree"; readonly expectedFen: number };

/**
 * A line for a pack with a scale's label. The printed amount is what the customer pays; a printed weight is the quantity,
 * and where only the amount is printed the weight is worked back from the item's price.
 */
export function labelLine(
  lineId: string,
  item: Item,
  label: PrintedMeasure & { readonly barcode: string },
): Result<CartLine, LabelLineFault> {
  const { amountFen, weightGrams } = label;
  if (amountFen === 0 || weightGrams === 0) return fail({ kind: "empty-label" });
  const quantity = item.unit === "kg" ? weightOf(item, label) : pieceOf(label);
  if (quantity === null) return fail({ kind: "label-does-not-fit-item" });

  if (amountFen !== null && weightGrams !== null && item.unit === "kg") {
    const expectedFen = rawPriceOf(item.priceFen, quantity);
    // The price may have changed since the pack was weighed, but hardly to less than half or more than double.
    const isPlausible = amountFen * 2 >= expectedFen && amountFen <= expectedFen * 2;
    if (!isPlausible) return fail({ kind: "amount-and-weight-disagree", expectedFen });
  }
  return ok({
    ...plainLine(lineId, item),
    barcode: label.barcode,
    source: "weighed-label",
    quantity,
    labelAmountFen: amountFen,
  });
}

function weightOf(item: Item, { amountFen, weightGrams }: PrintedMeasure): Milli | null {
  if (weightGrams !== null) return isSellable(weightGrams, "kg") ? milli(weightGrams) : null;
  if (amountFen === null || item.priceFen <= 0) return null;
  const grams = scaleHalfUp(amountFen, 1000, item.priceFen);
  return isSellable(grams, "kg") ? milli(grams) : null;
}

function pieceOf({ amountFen }: PrintedMeasure): Milli | null {
  return amountFen === null ? null : pieces(1);
}

function plainLine(lineId: string, item: Item): Omit<CartLine, "barcode" | "source" | "quantity"> {
  return {
    id: lineId,
    sku: item.sku,
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    categoryId: item.categoryId,
    taxClass: item.taxClass,
    unit: item.unit,
    unitPriceFen: item.priceFen,
    labelAmountFen: null,
    discount: null,
  };
}
