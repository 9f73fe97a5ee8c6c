import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { CartLine } from "#core/cart/cart.ts";
import { itemLine, openPriceLine, weighedLine } from "#core/cart/new-line.ts";
import type { Item, ItemMatch } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { isSellable, milli, pieces, type Milli } from "#core/quantity/quantity.ts";
import { changeCart } from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import { addItemLine } from "#main/till/open-price/asking-price.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { Weighing } from "#main/till/weighing/weighing-state.ts";
import { beginWeighing } from "#main/till/weighing/weighing.ts";

/** A scanned barcode: as many as it counts, times the quantity typed before it. */
export function addMatch(till: TillContext, match: ItemMatch): Outcome {
  const { item, barcode } = match;
  const times = takeMultiplier(till);
  if (item.unit === "kg") return addByWeight(till, { item, barcode, source: "scan" }, times);
  return addItemTimes(till, item, itemLine(till.deps.newId(), match, "scan"), (times ?? pieces(1)) * match.count);
}

export function addItemBySku(till: TillContext, args: IntentArgs<"add-item">): Outcome {
  const item = till.deps.catalog.findBySku(args.sku);
  if (item === null) return refuse("no-such-item");
  if (item.unit === "kg") return addByWeight(till, { item, barcode: null, source: args.by }, takeMultiplier(till));
  const line = itemLine(till.deps.newId(), { item, barcode: item.sku, count: 1 }, args.by);
  return addItemTimes(till, item, { ...line, barcode: null }, takeMultiplier(till) ?? args.quantity);
}

/** Over the scale, unless the cashier has typed before it what it weighs (`0.845*`). */
function addByWeight(till: TillContext, wanted: Omit<Weighing, "tareGrams">, typed: Milli | null): Outcome {
  if (typed === null) return beginWeighing(till, wanted);
  const weighing = { by: "typed", grossGrams: typed, tareGrams: 0 } as const;
  return changeCart(till, {
    kind: "line-added",
    line: weighedLine(till.deps.newId(), wanted, wanted.source, weighing),
  });
}

/** An item the catalogue does not know, sold by name and price. */
export function addOpenPrice(till: TillContext, args: IntentArgs<"add-open-price">): Outcome {
  const { name, barcode } = args;
  const line = openPriceLine({
    id: till.deps.newId(),
    nameZh: name,
    nameEn: name,
    taxClass: "general",
    barcode,
    priceFen: fen(args.priceFen),
  });
  const outcome = addTimes(till, line, takeMultiplier(till) ?? line.quantity);
  if (outcome.ok) withdrawNotices(till, (notice) => notice.kind === "unknown-barcode" && notice.text === barcode);
  return outcome;
}

export function setMultiplier(till: TillContext, args: IntentArgs<"set-multiplier">): Outcome {
  till.state.multiplier = args.quantity === null ? null : milli(args.quantity);
  till.changed("sale");
  return done;
}

/** The quantity typed before a scan; used once. */
export function takeMultiplier(till: TillContext): Milli | null {
  const { multiplier } = till.state;
  till.state.multiplier = null;
  till.changed("sale");
  return multiplier;
}

/** As below, for goods of the catalogue: those with an open price are asked for it first. */
function addItemTimes(till: TillContext, item: Item, line: CartLine, quantity: number): Outcome {
  if (!isSellable(quantity, line.unit)) return refuse("quantity-out-of-range");
  return addItemLine(till, item, { ...line, quantity: milli(quantity) });
}

/** `quantity` is a plain number of thousandths: a product of two quantities may be none any more. */
function addTimes(till: TillContext, line: CartLine, quantity: number): Outcome {
  if (!isSellable(quantity, line.unit)) return refuse("quantity-out-of-range");
  return changeCart(till, { kind: "line-added", line: { ...line, quantity: milli(quantity) } });
}
