import type { CartLine } from "#core/cart/cart.ts";
import { isSaleLevel, type Promotion } from "./promotion.ts";

/** Promotions laid out so that a line finds its own without asking each; made once for a list. */
export interface PreparedPromotions {
  /** By id, each once: the order of the list they came in plays no part. */
  readonly all: readonly Promotion[];
  /** Which of `all` work on the goods of a line; ascending. */
  readonly onLine: (line: Pick<CartLine, "sku" | "categoryId">) => readonly number[];
}

/** Of two promotions with one id the first in the list counts; a list from a store has none twice. */
export function preparePromotions(promotions: readonly Promotion[]): PreparedPromotions {
  const byId = new Map<string, Promotion>();
  for (const promotion of promotions) if (!byId.has(promotion.id)) byId.set(promotion.id, promotion);
  const all = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const ofAll: number[] = [];
  const bySku = new Map<string, number[]>();
  const byCategory = new Map<string, number[]>();
  for (const [index, { deal, scope }] of all.entries()) {
    if (isSaleLevel(deal)) continue;
    if (scope.kind === "all") ofAll.push(index);
    else {
      for (const sku of scope.skus) note(bySku, sku, index);
      for (const categoryId of scope.categoryIds) note(byCategory, categoryId, index);
    }
  }
  return {
    all,
    onLine({ sku, categoryId }) {
      const named = sku === null ? undefined : bySku.get(sku);
      const ofCategory = categoryId === null ? undefined : byCategory.get(categoryId);
      if (named === undefined && ofCategory === undefined) return ofAll;
      return [...new Set([...ofAll, ...(named ?? []), ...(ofCategory ?? [])])].sort((a, b) => a - b);
    },
  };
}

function note(places: Map<string, number[]>, key: string, index: number): void {
  const there = places.get(key);
  if (there === undefined) places.set(key, [index]);
  else there.push(index);
}
