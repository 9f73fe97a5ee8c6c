import { assert, fail, ok, type Result } from "#core/result.ts";
import { takeBarcodes } from "../feed/item-barcodes.ts";
import { putRows } from "../feed/put-rows.ts";
import type { Sql } from "../store/sql.ts";
import { shopOf } from "./shops.ts";
import type { StoreFolder } from "./store-folder.ts";

/** `barcode-twice`: two items of the folder have it. */
export type FillFault =
  | { readonly kind: "no-such-shop" }
  | { readonly kind: "barcode-twice"; readonly barcode: string };

/**
 * Gives a new shop its first goods and people, all of them or none. A shop that has any already is left as it is: what the
 * office has changed since is not undone.
 * @returns how many rows were written; 0 where the shop had some
 */
export async function fillShop(
  sql: Sql,
  storeCode: string,
  { catalog, people }: StoreFolder,
  nowMs: number,
): Promise<Result<number, FillFault>> {
  if ((await shopOf(sql, storeCode)) === undefined) return fail({ kind: "no-such-shop" });
  const owner = new Map<string, string>();
  for (const { barcode, id } of barcodesOf(catalog)) {
    if (owner.has(barcode)) return fail({ kind: "barcode-twice", barcode });
    owner.set(barcode, id);
  }
  return sql.transaction(async (tx) => {
    const known = await tx.first("SELECT rev FROM feed_rows WHERE store_code = ? LIMIT 1", [storeCode]);
    if (known !== undefined) return ok(0);
    const written = await putRows(tx, storeCode, catalog, nowMs);
    const taken = await takeBarcodes(tx, storeCode, itemsOf(catalog));
    assert(taken.length === 0, "barcodes of a shop without goods are free");
    return ok(written + (await putRows(tx, storeCode, people, nowMs)));
  });
}

function itemsOf(catalog: StoreFolder["catalog"]) {
  return catalog.flatMap((change) =>
    change.kind === "item" && change.value !== null
      ? [{ id: change.id, barcodes: change.value.barcodes.map(({ barcode }) => barcode) }]
      : [],
  );
}

function barcodesOf(catalog: StoreFolder["catalog"]) {
  return itemsOf(catalog).flatMap(({ id, barcodes }) => barcodes.map((barcode) => ({ id, barcode })));
}
