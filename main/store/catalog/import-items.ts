import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import type { Category, Item } from "#core/catalog/item.ts";
import { buildHere } from "./build-here.ts";
import { rowWriter } from "./row-writer.ts";
import { indexWaiting, wordIndex } from "./word-index.ts";

/** An item as an import brings it, with every code it is sold under. */
export interface ImportRow {
  readonly item: Item;
  readonly barcodes: readonly { readonly barcode: string; readonly count: number }[];
}

export interface ImportReport {
  readonly itemCount: number;
  /** Codes that belonged to another item before: the last item named keeps the code. */
  readonly movedBarcodes: readonly { readonly barcode: string; readonly fromSku: string; readonly toSku: string }[];
}

/** Items per transaction: some ms, so that a scan in the middle of an import still answers within a frame. */
const batchSize = 100;

/**
 * Writes the rows in short transactions, letting others run between them; an item with a known sku is replaced whole. Then
 * indexes their words: whoever looks for one by its name meanwhile is answered from what is indexed.
 */
export type ImportItems = (rows: Iterable<ImportRow>, onProgress: (itemsDone: number) => void) => Promise<ImportReport>;

export function importItems(db: Database.Database): ImportItems {
  return async (rows, onProgress) => {
    // Loaded when something is imported: the dictionary of pinyin would cost every start a tenth of its time.
    const { soundOf } = await import("./sound.ts");
    const put = importBatch(db);
    const movedBarcodes: ImportReport["movedBarcodes"][number][] = [];
    let itemCount = 0;
    let batch: ImportRow[] = [];
    async function flush(): Promise<void> {
      movedBarcodes.push(...put(batch.map((row) => ({ row, sound: soundOf(row.item.nameZh) }))));
      itemCount += batch.length;
      batch = [];
      onProgress(itemCount);
      await setImmediate();
    }
    for (const row of rows) {
      batch.push(row);
      if (batch.length === batchSize) await flush();
    }
    if (batch.length > 0) await flush();
    await indexWaiting(wordIndex(db), buildHere);
    return { itemCount, movedBarcodes };
  };
}

/** An imported row with how its item is spoken. */
export interface ImportRowWithSound {
  readonly row: ImportRow;
  readonly sound: string;
}

/** Writes some rows in one transaction; answers the codes that they took from others. */
export type ImportBatch = (rows: readonly ImportRowWithSound[]) => ImportReport["movedBarcodes"];

export function importBatch(db: Database.Database): ImportBatch {
  const write = rowWriter(db);
  const put = db.transaction((rows: readonly ImportRowWithSound[]) =>
    rows.flatMap(({ row, sound }) => write(row, sound)),
  );
  return (rows) => put.immediate(rows);
}

/** Replaces the categories; items keep the id of theirs. `sort` is their order here. */
export function importCategories(db: Database.Database): (categories: readonly Category[]) => void {
  const clear = db.prepare("DELETE FROM categories");
  const insert = db.prepare(
    "INSERT INTO categories (category_id, name_zh, name_en, colour, sort) VALUES (?, ?, ?, ?, ?)",
  );
  const replace = db.transaction((categories: readonly Category[]) => {
    clear.run();
    for (const [sort, { id, nameZh, nameEn, colour }] of categories.entries())
      insert.run(id, nameZh, nameEn, colour, sort);
  });
  return (categories) => replace.immediate(categories);
}
