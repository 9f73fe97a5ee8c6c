import type { JournalKind } from "#core/journal/entry.ts";
import type { Category, Item } from "#core/catalog/item.ts";
import type { Result } from "#core/result.ts";

/** An item with every code it is sold under. */
export interface ItemRecord {
  readonly item: Item;
  /** The name of its image, where it has one; changed by itself alone, never with the item. */
  readonly image?: string;
  readonly codes: readonly { readonly barcode: string; readonly count: number }[];
}

/** What is asked of the catalogue by whoever edits, imports, exports or labels it. */
export interface CatalogBrowser {
  record(sku: string): ItemRecord | null;
  /** In the order of their numbers, after one of them; of one category, or of all. */
  page(categoryId: string | null, afterSku: string | null, limit: number): readonly Item[];
  recordsAfter(afterSku: string, limit: number): readonly ItemRecord[];
  /** The item a code of it belongs to. */
  skuOfBarcode(barcode: string): string | null;
  skuOfScaleCode(scaleCode: string): string | null;
  categories(): readonly Category[];
  /** How many items name it. */
  itemsIn(categoryId: string): number;
  /** Every tax class an item has; a shop has a handful, more than 100 are not looked at. */
  taxClasses(pause: () => Promise<void>): Promise<readonly string[]>;
}

/** An entry of the journal that is to be written because the catalogue was changed. */
export interface CatalogNote {
  readonly kind: Extract<JournalKind, "item-changed" | "item-images-changed" | "category-changed" | "catalog-imported">;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What one change does; all of it or nothing, on the disk when it is done. */
export interface CatalogChange {
  /** New ones, and those of a known number anew as a whole. */
  readonly items?: readonly ItemRecord[];
  readonly removed?: readonly string[];
  /** Of items that are there; null takes an image away. */
  readonly images?: readonly { readonly sku: string; readonly image: string | null }[];
  /** All categories in their order, in place of those that were. */
  readonly categories?: readonly Category[];
  readonly notes: readonly CatalogNote[];
}

/** An item whose label has changed, and when it last did: milliseconds since 1970, 0 for one that never had a label. */
export interface ChangedLabel {
  readonly sku: string;
  readonly changedAtMs: number;
}

/** Which labels on the shelf are older than the goods behind them. */
export interface LabelBook {
  /** Changed and not printed since, the oldest change first; behind them what is new. */
  due(limit: number): readonly ChangedLabel[];
  /** Whether printed or not, the newest change first; behind them what never had a label. */
  changedSince(sinceMs: number, limit: number): readonly ChangedLabel[];
  /** Null where nothing has changed since labels are kept track of. */
  changedAtMs(sku: string): number | null;
  /** How many are due, counted up to `most`. */
  dueCount(most: number): number;
  /** They hang on the shelf; one that has changed since `changedAtMs` stays due. */
  printed(labels: readonly ChangedLabel[]): void;
  /** Whatever has changed until now hangs on the shelf. */
  allPrinted(): void;
}

/** The catalogue of a till that keeps its own. */
export interface CatalogDesk {
  readonly browser: CatalogBrowser;
  readonly labels: Pick<LabelBook, "due" | "changedSince" | "changedAtMs" | "dueCount">;
  /** Takes labels off the list, once every change before it is in; all of them for `all`. Refused while an import writes. */
  labelsPrinted(labels: readonly ChangedLabel[] | "all"): Promise<Result<null, "busy">>;
  /**
   * Asks `plan` what to change once every change before it is in, and writes it. Refused as `busy` while an import writes:
   * it holds the file.
   */
  change<F>(plan: () => Result<CatalogChange, F>): Promise<Result<null, F | "busy">>;
  /** Notes of changes that are in, oldest first; they stay until they are taken. */
  waitingNotes(limit: number): readonly (CatalogNote & { readonly noteId: number })[];
  notesTaken(throughId: number): void;
}
