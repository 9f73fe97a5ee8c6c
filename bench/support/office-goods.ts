import { join } from "node:path";
import { assert } from "#core/result.ts";
import type { FeedItem } from "#contract/wire/feed.ts";
import type { FeedChange } from "#headoffice/feed/feed-change.ts";
import { putRows } from "#headoffice/feed/put-rows.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { Sql } from "#headoffice/store/sql.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";
import { sampleCatalog } from "./sample-catalog.ts";

/** Rows in one transaction of head office. */
const rowsAtOnce = 10_000;

/** A shop's goods in the database of a head office that may be running beside it. */
export interface OfficeGoods {
  /** Gives the shop `count` products. */
  fill(count: number): Promise<void>;
  /** Gives so many of them, spread over all, another price, and every second of these another name. */
  change(count: number, of: number, round: number): Promise<void>;
  close(): Promise<void>;
}

export async function openOfficeGoods(dataDir: string, storeCode: string): Promise<OfficeGoods> {
  const opened = await openStore({ kind: "sqlite", path: join(dataDir, "office", "office.db") });
  assert(opened.ok, "head office's database opens");
  const sql = opened.value;
  return {
    async fill(count) {
      let batch: ImportRow[] = [];
      for (const row of sampleCatalog(count)) {
        batch.push(row);
        if (batch.length < rowsAtOnce) continue;
        await put(sql, storeCode, batch);
        batch = [];
      }
      if (batch.length > 0) await put(sql, storeCode, batch);
    },
    async change(count, of, round) {
      const step = Math.floor(of / count);
      const changes: FeedChange[] = [];
      let index = 0;
      for (const row of sampleCatalog(of)) {
        if (index % step === 0 && changes.length < count) changes.push(changed(row, changes.length, round));
        index += 1;
      }
      await sql.transaction((tx) => putRows(tx, storeCode, changes, Date.now()));
    },
    close: () => sql.close(),
  };
}

function changed(row: ImportRow, place: number, round: number): FeedChange {
  const value = feedItem(row);
  const nameZh = place % 2 === 0 ? `${value.nameZh} 新${round}` : value.nameZh;
  return { kind: "item", id: row.item.sku, value: { ...value, nameZh, priceFen: value.priceFen + round } };
}

async function put(sql: Sql, storeCode: string, rows: readonly ImportRow[]): Promise<void> {
  const changes = rows.map((row): FeedChange => ({ kind: "item", id: row.item.sku, value: feedItem(row) }));
  await sql.transaction(async (tx) => {
    await putRows(tx, storeCode, changes, Date.now());
    const barcodes = rows.flatMap(({ item, barcodes: codes }) =>
      codes.map(({ barcode }) => [storeCode, barcode, item.sku]),
    );
    await tx.insert({ table: "item_barcodes", columns: ["store_code", "barcode", "item_id"] }, barcodes);
  });
}

function feedItem({ item, barcodes }: ImportRow): FeedItem {
  const { sku: _sku, ...rest } = item;
  return { ...rest, barcodes: [...barcodes], pricesFrom: [] };
}
