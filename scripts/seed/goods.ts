import type { ImportRow } from "#main/store/catalog/import-items.ts";
import type { Category } from "#core/catalog/item.ts";
import { sampleRow } from "#bench/support/sample-catalog.ts";
import type { Chance } from "./chance.ts";

/** Every so many an item is weighed, and has no code of its own. */
const weighedEach = 40;
/** Every so many is taxed at the reduced rate. */
const reducedEach = 5;

const names: readonly (readonly [zh: string, en: string])[] = [
  ...([
    ["饮料", "Drinks"],
    ["乳品", "Dairy"],
    ["零食", "Snacks"],
    ["糖果", "Sweets"],
  ] as const),
  ...([
    ["方便食品", "Instant food"],
    ["粮油调味", "Groceries"],
    ["生鲜果蔬", "Fresh produce"],
  ] as const),
  ...([
    ["酒类", "Alcohol"],
    ["个人护理", "Personal care"],
    ["家居清洁", "Cleaning"],
  ] as const),
  ...([
    ["日用百货", "Household"],
    ["文具", "Stationery"],
  ] as const),
];

/** The categories of the shop's goods. */
export const seedCategories: readonly Category[] = names.map(([nameZh, nameEn], index) => ({
  ...{ id: `c${index}`, nameZh, nameEn, colour: index % 10 },
}));

/** The item at a place of the shop's catalogue, from 0; the same place is always the same item. */
export function seedRow(index: number): ImportRow {
  const { item, barcodes } = sampleRow(index);
  const taxClass = index % reducedEach === 0 ? "reduced" : item.taxClass;
  if (index % weighedEach !== weighedEach - 1) return { item: { ...item, taxClass }, barcodes };
  return { item: { ...item, taxClass, unit: "kg" }, barcodes: [] };
}

/** `count` items of the shop's catalogue. */
export function* seedRows(count: number): Generator<ImportRow> {
  for (let index = 0; index < count; index += 1) yield seedRow(index);
}

/** A prime that spreads what sells well over the whole catalogue. */
const spread = 7_919;
const otherSpread = 24_683;

/**
 * The place of an item that a customer takes: one in a hundred items makes more than half of what is sold, and any item
 * may be sold, as in a shop.
 */
export function soldPlace(chance: Chance, count: number): number {
  const rank = Math.floor(count * chance.next() ** 8);
  return (rank * (count % spread === 0 ? otherSpread : spread)) % count;
}
