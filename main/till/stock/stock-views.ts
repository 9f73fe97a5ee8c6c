import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import type { Item } from "#core/catalog/item.ts";
import { fen } from "#core/money/fen.ts";
import { isLow, type StockLevel, unknownLevel } from "#core/stock/stock-level.ts";
import type { TillContext } from "#main/till/context.ts";

type NamedItem = Pick<Item, "sku" | "nameZh" | "nameEn" | "unit" | "priceFen">;

/** An item of the catalogue; by its number alone where it was taken out of it. */
export function namedItem(till: TillContext, sku: string): NamedItem {
  return till.deps.catalog.findBySku(sku) ?? { sku, nameZh: sku, nameEn: sku, unit: "piece", priceFen: fen(0) };
}

export function stockRows(till: TillContext, items: readonly NamedItem[]): readonly StockRowView[] {
  const levels = till.deps.store.stockLevels(items.map(({ sku }) => sku));
  return items.map((item, index) => stockRow(item, levels[index] ?? unknownLevel(item.sku)));
}

export function stockRow({ sku, nameZh, nameEn, unit, priceFen }: NamedItem, level: StockLevel): StockRowView {
  const { levelMilli, isStocked, reorderMilli } = level;
  return { sku, nameZh, nameEn, unit, priceFen, levelMilli, isStocked, reorderMilli, isLow: isLow(level) };
}
