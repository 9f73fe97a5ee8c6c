import type { DaySide } from "#contract/wire/agreement.ts";

export type Figure = Exclude<keyof DaySide, "businessDate">;

const figures: readonly Figure[] = [
  "saleCount",
  "salesFen",
  "cashFen",
  "wechatFen",
  "staticCodeFen",
  "refundCount",
  "refundFen",
  "lastSaleHash",
];

/** In what the two sides of a day differ; empty where they are the same. */
export function differencesOf(here: DaySide, there: DaySide): ReadonlySet<Figure> {
  return new Set(figures.filter((figure) => here[figure] !== there[figure]));
}

/** As many as a receipt prints. */
const hashCharacters = 8;

/** The beginning of the last sale's hash; null on a day without a sale. */
export function shortHash(hash: string): string | null {
  return /^0{64}$/.test(hash) ? null : hash.slice(0, hashCharacters);
}
