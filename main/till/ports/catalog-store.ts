import type { PromotionStore } from "./promotion-store.ts";
import type { Category, Item, ItemMatch } from "#core/catalog/item.ts";

/** catalog.db: rebuildable, its own file, so an import never delays a sale. */
export interface CatalogStore {
  findByBarcode(barcode: string): ItemMatch | null;
  findByScaleCode(scaleCode: string): Item | null;
  findBySku(sku: string): Item | null;
  /**
   * Name (zh or en), pinyin initials or full pinyin, any part of a barcode or the sku; best first, at most `limit`.
   * Case and width folded. p99 ≤ 20 ms at 100,000 items, two Chinese characters and pinyin included.
   */
  search(text: string, limit: number): readonly Item[];
  /** Whether `search` knows every item: while many are new it may say nothing of one that is there. A code is always found. */
  isIndexed(): boolean;
  categories(): readonly Category[];
  itemsOfCategory(categoryId: string, limit: number, afterSku: string | null): readonly Item[];
  favourites(): readonly Item[];
  itemCount(): number;
  /** The name of the item's image; null where it has none. */
  imageOf(sku: string): string | null;
  /** The file was damaged: this one is new, and head office fills it. False where it is not said. */
  readonly wasSetAside?: boolean;
  /** What a manager keeps of promotions; in the same file, and as easily made again. */
  readonly promotions: PromotionStore;
  close(): void;
}
