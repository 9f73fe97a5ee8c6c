import { KnownGoods, type PlacesOf } from "./goods.ts";
import { KnownGroups } from "./groups.ts";
import { isSaleLevel, type Promotion } from "./promotion.ts";

/** Promotions laid out so that a line finds its own without asking each; made once for a list. */
export interface PreparedPromotions {
  /** By id, each once: the order of the list they came in plays no part. */
  readonly all: readonly Promotion[];
  /** Those on goods. */
  readonly onGoods: PlacesOf;
  /** Those on the sale. */
  readonly onSale: PlacesOf;
  /** What the last evaluation found, so that the next one works out what is new. It changes no answer. */
  readonly known: { readonly goods: KnownGoods; readonly groups: KnownGroups };
}

/** Of two promotions with one id the first in the list counts; a list from a store has none twice. */
export function preparePromotions(promotions: readonly Promotion[]): PreparedPromotions {
  const byId = new Map<string, Promotion>();
  for (const promotion of promotions) if (!byId.has(promotion.id)) byId.set(promotion.id, promotion);
  const all = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const onGoods = placesOf(all, ({ deal }) => !isSaleLevel(deal));
  const onSale = placesOf(all, ({ deal }) => isSaleLevel(deal));
  return { all, onGoods, onSale, known: { goods: new KnownGoods(onGoods, onSale), groups: new KnownGroups() } };
}

function placesOf(all: readonly Promotion[], isAsked: (promotion: Promotion) => boolean): PlacesOf {
  const ofAll: number[] = [];
  const bySku = new Map<string, number[]>();
  const byCategory = new Map<string, number[]>();
  for (const [index, promotion] of all.entries()) {
    const { scope } = promotion;
    if (!isAsked(promotion)) continue;
    if (scope.kind === "all") ofAll.push(index);
    else {
      for (const sku of scope.skus) note(bySku, sku, index);
      for (const categoryId of scope.categoryIds) note(byCategory, categoryId, index);
    }
  }
  const merged = new Map([...byCategory].map(([id, places]) => [id, ascending(ofAll, places)]));
  // No more entries than articles that promotions name: the last category seen of each.
  const named = new Map<string, { readonly categoryId: string | null; readonly places: readonly number[] }>();
  return ({ sku, categoryId }) => {
    const ofCategory = categoryId === null ? undefined : merged.get(categoryId);
    const ofSku = sku === null ? undefined : bySku.get(sku);
    if (sku === null || ofSku === undefined) return ofCategory ?? ofAll;
    const known = named.get(sku);
    if (known?.categoryId === categoryId) return known.places;
    const places = ascending(ofCategory ?? ofAll, ofSku);
    named.set(sku, { categoryId, places });
    return places;
  };
}

function ascending(some: readonly number[], more: readonly number[]): readonly number[] {
  return [...new Set([...some, ...more])].sort((a, b) => a - b);
}

function note(places: Map<string, number[]>, key: string, index: number): void {
  const there = places.get(key);
  if (there === undefined) places.set(key, [index]);
  else there.push(index);
}
