import type { FeedRow } from "#contract/wire/feed.ts";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import type { IndexWords } from "./index-words.ts";

/** A row of the feed with the words its item is found by; null for all but items that are there. */
export interface FeedRowWithWords {
  readonly row: FeedRow;
  readonly words: IndexWords | null;
}

/** Makes the words, which takes most of the time a row takes, so that the one who writes need not. */
export async function withWords(rows: readonly FeedRow[]): Promise<readonly FeedRowWithWords[]> {
  // The dictionary of pinyin is loaded with the first rows.
  const { indexWords } = await import("./index-words.ts");
  return rows.map((row): FeedRowWithWords => {
    if (row.kind !== "item" || row.value === null) return { row, words: null };
    const { nameZh, nameEn, barcodes } = row.value;
    const codes = barcodes.map(({ barcode }) => normalizeBarcode(barcode));
    return { row, words: indexWords({ sku: row.id, nameZh, nameEn, barcodes: codes }) };
  });
}
