import type Database from "better-sqlite3";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import type { Category } from "#core/catalog/item.ts";
import { ok, type Result } from "#core/result.ts";
import type { CatalogBrowser, LabelBook } from "#main/till/ports/catalog-desk.ts";
import type { CatalogStore } from "#main/till/ports/catalog-store.ts";
import { type FileKind, openConnection } from "../connection.ts";
import type { StoreFault, StoreLog } from "../fault.ts";
import { migrate } from "../migrate.ts";
import { importBatch, type ImportBatch, importCategories, importItems, type ImportItems } from "./import-items.ts";
import { catalogBrowser } from "./browsing.ts";
import { currentPrices, type CurrentPrices } from "./current-prices.ts";
import { catalogEditing, type CatalogEditing } from "./editing.ts";
import { type CatalogFeed, catalogFeed } from "./feed.ts";
import { type ItemImages, itemImages } from "./item-images.ts";
import { itemColumns, type ItemRow } from "./item-row.ts";
import { labelBook } from "./label-book.ts";
import { firstCatalogTables } from "./migrations/0001-first-tables.ts";
import { feedTables } from "./migrations/0002-feed.ts";
import { wordListTables } from "./migrations/0003-word-lists.ts";
import { promotionTables } from "./migrations/0004-promotions.ts";
import { editingTables } from "./migrations/0005-editing.ts";
import { labelTables } from "./migrations/0006-shelf-labels.ts";
import { imageTables } from "./migrations/0007-item-images.ts";
import { openPriceTables } from "./migrations/0008-open-price.ts";
import { promotionStore } from "./promotions.ts";
import { search } from "./search.ts";
import { looksThrough } from "./unindexed.ts";
import { type WordIndex, wordIndex } from "./word-index.ts";

/** Everything here can be fetched again, so it need not wait for the disk; the id reads `TWct`. */
export const catalogFile: FileKind = { applicationId: 0x54576374, synchronous: "NORMAL" };

/** Every shape catalog.db ever had, in order. */
export const catalogMigrations = [
  ...[firstCatalogTables, feedTables, wordListTables, promotionTables, editingTables, labelTables],
  ...[imageTables, openPriceTables],
];

/** The catalogue as `app.ts` holds it: what the till reads, and how it is filled. */
export interface OpenCatalogStore extends CatalogStore {
  readonly importItems: ImportItems;
  /** Some rows of a longer import at once, without their words; for the writer's process. */
  readonly importBatch: ImportBatch;
  /** Replaces all categories; their order is the shop's. */
  readonly importCategories: (categories: readonly Category[]) => void;
  /** Counted no further than is told, for whoever starts: a million are ten megabytes to read. */
  readonly countUpTo: (most: number) => number;
  /** How head office fills it; for the writer's process. */
  readonly feed: CatalogFeed;
  readonly browser: CatalogBrowser;
  readonly labels: LabelBook;
  readonly images: ItemImages;
  /** How a till that keeps its own catalogue changes it; through a connection that nobody reads from. */
  readonly editing: CatalogEditing;
  /** Its index of words; for the writer's process. */
  readonly words: WordIndex;
  /** The file while another process fills it. */
  readonly filled: {
    readonly path: string;
    /** Everything of head office's up to here is in. */
    rev(): number;
    /** When the next price begins, or began and is not settled; Infinity for none. Milliseconds since 1970. */
    nextPriceMs(): number;
    /** Whether `search` knows every item. */
    isIndexed(): boolean;
    /** The file has changed. */
    lookAgain(): void;
  };
}

/** The pages of a million codes and names that are written again and again; the process has them as long as there is work. */
const writerCacheKiB = 65_536;

/** Opens catalog.db, or makes it empty. A damaged one may simply be deleted and filled again. */
export function openCatalogStore(deps: {
  readonly path: string;
  readonly log?: StoreLog;
  /** Milliseconds since 1970: prices may begin later. */
  readonly now?: () => number;
  /** For the process that fills it: memory and a longer WAL, as a million codes in any order touch every page. */
  readonly isWriter?: boolean;
}): Result<OpenCatalogStore, StoreFault> {
  const { path, log = () => {}, now = Date.now, isWriter = false } = deps;
  const opened = openConnection(path, catalogFile);
  if (!opened.ok) return opened;
  const db = opened.value;
  const migrated = migrate(db, { path, applicationId: catalogFile.applicationId }, catalogMigrations, log);
  if (!migrated.ok) {
    db.close();
    return migrated;
  }
  if (isWriter) {
    db.pragma(`cache_size = -${writerCacheKiB}`);
  }
  const prices = currentPrices(db, now);
  const feed = catalogFeed(db, prices, now);
  const writers = { importItems: importItems(db), importCategories: importCategories(db) };
  const words = wordIndex(db);
  const images = itemImages(db);
  const isIndexed = (): boolean => words.waiting(looksThrough + 1) <= looksThrough;
  return ok({
    filled: { path, rev: feed.rev, nextPriceMs: prices.nextDueMs, isIndexed, lookAgain: prices.lookAgain },
    ...lookups(db, prices),
    ...lists(db, prices),
    search: search(db, prices.itemOf),
    ...{ isIndexed, feed, words },
    promotions: promotionStore(db),
    ...writers,
    importBatch: importBatch(db),
    browser: catalogBrowser(db),
    labels: labelBook(db),
    ...{ images, imageOf: images.of },
    editing: catalogEditing(db, writers),
    close: () => void db.close(),
  });
}

function lookups(
  db: Database.Database,
  { itemOf }: CurrentPrices,
): Pick<CatalogStore, "findByBarcode" | "findByScaleCode" | "findBySku"> {
  const byBarcode = db.prepare<[string], ItemRow & { readonly count: number }>(
    `SELECT ${itemColumns}, count FROM barcodes JOIN items USING (item_id) WHERE barcode = ?`,
  );
  const byScaleCode = db.prepare<[string], ItemRow>(`SELECT ${itemColumns} FROM items WHERE scale_code = ?`);
  const bySku = db.prepare<[string], ItemRow>(`SELECT ${itemColumns} FROM items WHERE sku = ?`);
  return {
    findByBarcode(code) {
      const barcode = normalizeBarcode(code);
      const row = byBarcode.get(barcode);
      return row === undefined ? null : { item: itemOf(row), barcode, count: row.count };
    },
    findByScaleCode(scaleCode) {
      const row = byScaleCode.get(scaleCode);
      return row === undefined ? null : itemOf(row);
    },
    findBySku(sku) {
      const row = bySku.get(sku);
      return row === undefined ? null : itemOf(row);
    },
  };
}

interface CategoryRow {
  readonly category_id: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly colour: number;
}

function lists(
  db: Database.Database,
  { itemOf }: CurrentPrices,
): Pick<OpenCatalogStore, "categories" | "itemsOfCategory" | "favourites" | "itemCount" | "countUpTo"> {
  const categories = db.prepare<[], CategoryRow>("SELECT * FROM categories ORDER BY sort");
  const ofCategory = db.prepare<[string, string, number], ItemRow>(
    `SELECT ${itemColumns} FROM items WHERE category_id = ? AND sku > ? ORDER BY sku LIMIT ?`,
  );
  const favourites = db.prepare<[], ItemRow>(`SELECT ${itemColumns} FROM items WHERE is_favourite = 1 ORDER BY sku`);
  const count = db.prepare<[], number>("SELECT count(*) FROM items").pluck();
  const someCount = db.prepare<[number], number>("SELECT count(*) FROM (SELECT 1 FROM items LIMIT ?)").pluck();
  return {
    categories() {
      return categories.all().map(({ category_id, name_zh, name_en, colour }) => {
        return { id: category_id, nameZh: name_zh, nameEn: name_en, colour };
      });
    },
    itemsOfCategory(categoryId, limit, afterSku) {
      return ofCategory.all(categoryId, afterSku ?? "", limit).map(itemOf);
    },
    favourites: () => favourites.all().map(itemOf),
    itemCount: () => count.get() ?? 0,
    countUpTo: (most) => someCount.get(most) ?? 0,
  };
}
