import { setImmediate } from "node:timers/promises";
import { fail, ok, type Result } from "#core/result.ts";
import type { FeedCategory, FeedItem } from "#contract/wire/feed.ts";
import type { FeedChange } from "../feed/feed-change.ts";
import { takeBarcodes, type TakenBarcode } from "../feed/item-barcodes.ts";
import { putRows } from "../feed/put-rows.ts";
import { noteDeed } from "../admin/deeds.ts";
import type { Sql, Tx } from "../store/sql.ts";
import type { ImportRow, RowFault } from "#core/catalog/import/read-row.ts";

/** Categories a file may name; one that names more has another column there. */
const mostCategories = 200;
const coloursInPalette = 10;
const rowsAtOnce = 1_000;
/** Of items whose row names none. */
const noCategory = { id: "unsorted", nameZh: "未分类", nameEn: "Unsorted" };

export interface ApplyAsk {
  readonly storeCode: string;
  readonly by: string;
  readonly rows: readonly ImportRow[];
  readonly fileName: string;
  /** `false`: nothing is changed, only told what would be. */
  readonly isForGood: boolean;
  readonly progress: (handled: number) => void;
}

export interface Applied {
  readonly written: number;
  readonly unchanged: number;
}

/**
 * Makes the rows items of the shop, in one transaction: all of them or none. An item that is there keeps what a price
 * list does not say (prices that begin later, favourite, what each barcode counts). Categories are found by id or name and
 * made where they are new. A barcode of another item that is not in the file refuses its row.
 */
export async function applyRows(sql: Sql, ask: ApplyAsk, nowMs: number): Promise<Result<Applied, readonly RowFault[]>> {
  const { storeCode, by, rows, fileName, isForGood, progress } = ask;
  return sql
    .transaction(async (tx): Promise<Result<Applied, readonly RowFault[]>> => {
      const categories = await categoriesFor(tx, storeCode, rows);
      const known = await knownItems(tx, storeCode, rows);
      const changes = rows.map((row): FeedChange => itemChange(row, known.get(row.sku), categories.idOf(row.category)));
      await putRows(tx, storeCode, categories.made, nowMs);
      const written = await putRows(tx, storeCode, changes, nowMs, progress);
      const taken = await takeBarcodes(
        ...([
          tx,
          storeCode,
          rows.map((row) => ({
            id: row.sku,
            barcodes: codesOf(row, known.get(row.sku)).map(({ barcode }) => barcode),
          })),
        ] as const),
      );
      if (taken.length > 0) throw new NotApplied(fail(faultsOf(taken, rows)));
      const applied = ok({ written, unchanged: rows.length - written });
      if (!isForGood) throw new NotApplied(applied);
      const detail = `${fileName.slice(0, 120)}: ${written} of ${rows.length} rows`;
      await noteDeed(tx, { name: by, deed: "imported", storeCode, detail }, nowMs);
      return applied;
    })
    .catch((error: unknown) => {
      if (error instanceof NotApplied) return error.outcome;
      throw error;
    });
}

/** Rolls everything back and brings out what was learnt. */
class NotApplied extends Error {
  readonly outcome: Result<Applied, readonly RowFault[]>;
  constructor(outcome: Result<Applied, readonly RowFault[]>) {
    super("not applied");
    this.outcome = outcome;
  }
}

/** A price list tells an item's barcodes; where it names none those of before stay, and so do those with a count (a carton). */
function codesOf({ barcodes, packs }: ImportRow, before: FeedItem | undefined): FeedItem["barcodes"] {
  const counts = new Map(before?.barcodes.map(({ barcode, count }) => [barcode, count]));
  const cartons = packs.length > 0 ? packs : (before?.barcodes.filter(({ count }) => count > 1) ?? []);
  const isCarton = new Set(cartons.map(({ barcode }) => barcode));
  const pieces = barcodes.length > 0 ? barcodes : [...counts].flatMap(([code, count]) => (count === 1 ? [code] : []));
  const single = [...new Set(pieces)].filter((barcode) => !isCarton.has(barcode));
  return [...single.map((barcode) => ({ barcode, count: counts.get(barcode) ?? 1 })), ...cartons];
}

function itemChange(row: ImportRow, before: FeedItem | undefined, categoryId: string | null): FeedChange {
  const value: FeedItem = {
    nameZh: row.nameZh,
    nameEn: row.nameEn === "" ? (before?.nameEn ?? "") : row.nameEn,
    categoryId: categoryId ?? before?.categoryId ?? noCategory.id,
    unit: row.unit ?? before?.unit ?? "piece",
    priceFen: row.priceFen,
    taxClass: row.taxClass ?? before?.taxClass ?? "standard",
    scaleCode: row.scaleCode ?? before?.scaleCode ?? null,
    isFavourite: row.isFavourite ?? before?.isFavourite ?? false,
    ...openPriceOf(row, before),
    barcodes: [...codesOf(row, before)],
    pricesFrom: before?.pricesFrom ?? [],
  };
  return { kind: "item", id: row.sku, value };
}

/** As the row says it, or as it was; goods that are weighed have none. */
function openPriceOf({ openPrice, unit }: ImportRow, before: FeedItem | undefined): Pick<FeedItem, "openPrice"> {
  if (openPrice === false || (unit ?? before?.unit) === "kg") return {};
  const limits = openPrice ?? before?.openPrice;
  return limits === undefined ? {} : { openPrice: limits };
}

/** Rows of the file that want a barcode of an item that keeps it. */
function faultsOf(taken: readonly TakenBarcode[], rows: readonly ImportRow[]): readonly RowFault[] {
  const ownerOf = new Map(taken.map(({ barcode, id }) => [barcode, id]));
  return rows.flatMap(({ row, barcodes, sku }) =>
    barcodes
      .filter((barcode) => ownerOf.has(barcode) && ownerOf.get(barcode) !== sku)
      .map((barcode) => ({
        ...{ row, field: "barcode" as const, kind: "barcode-of-other-item" as const },
        value: `${barcode} → ${ownerOf.get(barcode) ?? ""}`,
      })),
  );
}

async function categoriesFor(tx: Tx, storeCode: string, rows: readonly ImportRow[]) {
  const there = await tx.rows<{ id: string; value: string }>(
    "SELECT id, value FROM feed_rows WHERE store_code = ? AND scope = 'catalog' AND kind = 'category' AND value IS NOT NULL",
    [storeCode],
  );
  const idByName = new Map<string, string>();
  for (const { id, value } of there) {
    // Written by putRows from a FeedCategory.
    const { nameZh, nameEn } = JSON.parse(value) as FeedCategory;
    for (const name of [nameEn, nameZh, id]) if (name !== "") idByName.set(name.toLowerCase(), id);
  }
  const made: FeedChange[] = [];
  const make = (id: string, nameZh: string, nameEn: string) => {
    const sort = there.length + made.length;
    made.push({ kind: "category", id, value: { nameZh, nameEn, colour: sort % coloursInPalette, sort } });
    idByName.set(nameZh.toLowerCase(), id);
  };
  for (const { category } of rows) {
    const isNew = category !== "" && !idByName.has(category.toLowerCase()) && made.length < mostCategories;
    if (isNew) make(category, category, "");
  }
  const needsUnsorted = rows.some(({ category }) => !idByName.has(category.toLowerCase()));
  if (needsUnsorted && !idByName.has(noCategory.id)) make(noCategory.id, noCategory.nameZh, noCategory.nameEn);
  return { made, idOf: (name: string): string | null => idByName.get(name.toLowerCase()) ?? null };
}

/** Items of the shop that the file names. Read in pieces, between which tills are heard. */
async function knownItems(
  tx: Tx,
  storeCode: string,
  rows: readonly ImportRow[],
): Promise<ReadonlyMap<string, FeedItem>> {
  const wanted = new Set(rows.map(({ sku }) => sku));
  const known = new Map<string, FeedItem>();
  for (let after: string | undefined = ""; after !== undefined;) {
    const piece: readonly { readonly id: string; readonly value: string }[] = await tx.rows(
      `SELECT id, value FROM feed_rows WHERE store_code = ? AND scope = 'catalog' AND kind = 'item' AND value IS NOT NULL
       AND id > ? ORDER BY id LIMIT ?`,
      [storeCode, after, rowsAtOnce],
    );
    // Written by putRows from a FeedItem.
    for (const { id, value } of piece) if (wanted.has(id)) known.set(id, JSON.parse(value) as FeedItem);
    after = piece.length === rowsAtOnce ? piece.at(-1)?.id : undefined;
    await setImmediate();
  }
  return known;
}
