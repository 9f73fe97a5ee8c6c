import { normalizeBarcode } from "#core/barcode/ean.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { FeedItem, FeedRow } from "#contract/wire/feed.ts";
import { scopeOf, type FeedChange } from "../feed/feed-change.ts";
import { takeBarcodes } from "../feed/item-barcodes.ts";
import { putRows } from "../feed/put-rows.ts";
import { shopOf } from "../shops/shops.ts";
import type { Sql, Tx } from "../store/sql.ts";
import { noteDeed, type DeedKind } from "./deeds.ts";
import type { RowsAnswer } from "./shapes.ts";

export interface RowsAsk {
  readonly kind: FeedRow["kind"];
  readonly search: string;
  readonly after: string;
  readonly limit: number;
}

/** Rows of one kind that are there, by their id; `search` is looked for in names, ids and barcodes. */
export async function listRows<Value>(sql: Sql, storeCode: string, ask: RowsAsk): Promise<RowsAnswer<Value>> {
  const { kind, search, after, limit } = ask;
  const rows = await sql.rows<{ id: string; rev: number; value: string }>(
    `SELECT id, rev, value FROM feed_rows
     WHERE store_code = ? AND scope = ? AND kind = ? AND value IS NOT NULL AND id > ? AND search LIKE ? ESCAPE '!'
     ORDER BY id LIMIT ?`,
    [storeCode, scopeOf(kind), kind, after, `%${likeText(search.toLowerCase())}%`, limit],
  );
  return {
    // Written by putRows from a typed change of this kind.
    rows: rows.map(({ id, rev, value }) => ({ id, rev, value: JSON.parse(value) as Value })),
    next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null,
  };
}

const likeText = (text: string): string => text.replaceAll(/[!%_]/g, "!$&");

export type ChangeFault =
  | { readonly kind: "no-shop" }
  | { readonly kind: "barcode-taken"; readonly barcode: string; readonly id: string }
  | { readonly kind: "no-category"; readonly id: string }
  | { readonly kind: "category-in-use" };

/** One change by a person, told to the shop's tills. Says whether anything was different. */
export async function changeRow(
  sql: Sql,
  by: string,
  storeCode: string,
  change: FeedChange,
  nowMs: number,
): Promise<Result<boolean, ChangeFault>> {
  return sql
    .transaction(async (tx): Promise<Result<boolean, ChangeFault>> => {
      if ((await shopOf(tx, storeCode)) === undefined) return fail({ kind: "no-shop" });
      // First: it takes the feed's lock, under which the questions below stay answered.
      const tidy = change.kind === "item" && change.value !== null ? tidied(change.value, nowMs) : null;
      const changed = await putRows(
        tx,
        storeCode,
        [tidy === null || change.kind !== "item" ? change : { ...change, value: tidy }],
        nowMs,
      );
      if (changed === 0) return ok(false);
      const fault = await faultAfter(tx, storeCode, change, tidy);
      if (fault !== null) throw new Refused(fault);
      const what = change.value === null ? "removed" : JSON.stringify(change.value);
      await noteDeed(
        tx,
        { name: by, deed: deedOf(change.kind), storeCode, detail: `${change.kind} ${change.id} ${what}` },
        nowMs,
      );
      return ok(true);
    })
    .catch((error: unknown): Result<never, ChangeFault> => {
      if (error instanceof Refused) return fail(error.fault);
      throw error;
    });
}

/** Rolls the transaction back. */
class Refused extends Error {
  readonly fault: ChangeFault;
  constructor(fault: ChangeFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

async function faultAfter(
  tx: Tx,
  storeCode: string,
  change: FeedChange,
  item: FeedItem | null,
): Promise<ChangeFault | null> {
  if (change.kind === "item") {
    if (item !== null && !(await isCategory(tx, storeCode, item.categoryId)))
      return { kind: "no-category", id: item.categoryId };
    const codes = item?.barcodes.map(({ barcode }) => barcode) ?? [];
    const taken = await takeBarcodes(tx, storeCode, [{ id: change.id, barcodes: codes }]);
    const [first] = taken;
    return first === undefined ? null : { kind: "barcode-taken", ...first };
  }
  if (change.kind === "category" && change.value === null) {
    const items = await tx.rows<{ value: string }>(
      `SELECT value FROM feed_rows WHERE store_code = ? AND scope = 'catalog' AND kind = 'item' AND value LIKE ? ESCAPE '!' LIMIT 1`,
      [storeCode, `%"categoryId":${likeText(JSON.stringify(change.id))}%`],
    );
    return items.length === 0 ? null : { kind: "category-in-use" };
  }
  return null;
}

/** Prices whose day has come are the price; the rest soonest first. Barcodes in the one spelling tills look up by. */
function tidied(item: FeedItem, nowMs: number): FeedItem {
  const byTime = item.pricesFrom.toSorted((a, b) => Date.parse(a.validFrom) - Date.parse(b.validFrom));
  const come = byTime.filter(({ validFrom }) => Date.parse(validFrom) <= nowMs);
  return {
    ...item,
    priceFen: come.at(-1)?.priceFen ?? item.priceFen,
    pricesFrom: byTime.slice(come.length),
    barcodes: item.barcodes.map(({ barcode, count }) => ({ barcode: normalizeBarcode(barcode), count })),
  };
}

async function isCategory(tx: Tx, storeCode: string, id: string): Promise<boolean> {
  const row = await tx.first(
    `SELECT id FROM feed_rows WHERE store_code = ? AND scope = 'catalog' AND kind = 'category' AND id = ? AND value IS NOT NULL`,
    [storeCode, id],
  );
  return row !== undefined;
}

function deedOf(kind: FeedRow["kind"]): DeedKind {
  if (kind === "person") return "people-changed";
  return kind === "setting" ? "settings-changed" : "catalogue-changed";
}
