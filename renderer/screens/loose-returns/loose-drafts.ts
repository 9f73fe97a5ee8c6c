import type { ItemView } from "#contract/ipc/manager-view.ts";
import { type Fen, fen, isFen, zeroFen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { milli, type Milli } from "#core/quantity/quantity.ts";
import { formatQuantity, parseQuantity } from "#core/quantity/text.ts";
import { presentPriceOf } from "#core/returns/loose-return.ts";
import type { GoodsCondition } from "#core/returns/sale-return.ts";

/** A line as it stands in the fields: texts, until it is given. */
export interface LooseDraft {
  readonly item: ItemView;
  readonly quantity: string;
  readonly price: string;
  readonly condition: GoodsCondition;
}

/** Goods that were just found: at what they cost now. What is weighed waits for its weight where nothing says it. */
export function draftOf(item: ItemView, quantity: Milli | null): LooseDraft {
  const price = formatYuan(presentPriceOf(item)).replaceAll(",", "");
  return {
    item,
    quantity: quantity === null ? "" : formatQuantity(quantity, item.unit),
    price,
    condition: "back-to-stock",
  };
}

/** With one more of the goods, or as much as was scanned: the same goods are one line. */
export function withMore(lines: readonly LooseDraft[], item: ItemView, quantity: Milli | null): readonly LooseDraft[] {
  const known = lines.find((line) => line.item.sku === item.sku);
  if (known === undefined) return [...lines, draftOf(item, quantity)];
  const before = quantityOf(known);
  if (quantity === null || before === null) return lines;
  const sum = formatQuantity(milli(before + quantity), item.unit);
  return lines.map((line) => (line === known ? { ...known, quantity: sum } : line));
}

/** Null while it is none of the item's unit. */
export function quantityOf({ item, quantity }: LooseDraft): Milli | null {
  const read = parseQuantity(quantity, item.unit);
  return read.ok && read.value > 0 ? read.value : null;
}

/** Null while it is no price, or above what the goods cost now. */
export function priceOfDraft({ item, price }: LooseDraft): Fen | null {
  const read = parseYuan(price);
  return read.ok && read.value >= 0 && read.value <= presentPriceOf(item) ? read.value : null;
}

export function worthOf(line: LooseDraft): Fen | null {
  const [quantity, price] = [quantityOf(line), priceOfDraft(line)];
  if (quantity === null || price === null) return null;
  const worth = rawPriceOf(price, quantity);
  return isFen(worth) ? fen(worth) : null;
}

/** What is sent, and what it comes to; null while a line cannot be read, or it comes to nothing. */
export function askedOf(lines: readonly LooseDraft[]) {
  let sum = 0;
  const asked = [];
  for (const line of lines) {
    const [quantity, unitPriceFen, worth] = [quantityOf(line), priceOfDraft(line), worthOf(line)];
    if (quantity === null || unitPriceFen === null || worth === null) return null;
    sum += worth;
    asked.push({ sku: line.item.sku, quantity, unitPriceFen, condition: line.condition });
  }
  return sum > 0 && isFen(sum) ? { lines: asked, amountFen: fen(sum) } : null;
}

/** Of the lines that can be read. */
export function sumOf(lines: readonly LooseDraft[]): Fen {
  let sum = 0;
  for (const line of lines) sum += worthOf(line) ?? 0;
  return isFen(sum) ? fen(sum) : zeroFen;
}
