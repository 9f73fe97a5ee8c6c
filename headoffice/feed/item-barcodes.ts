import { setImmediate } from "node:timers/promises";
import type { Tx } from "../store/sql.ts";

export interface ItemBarcodes {
  readonly id: string;
  readonly barcodes: readonly string[];
}

export interface TakenBarcode {
  readonly barcode: string;
  /** The item that has it. */
  readonly id: string;
}

/** Up to here items are looked up one by one; beyond it the shop's list is read whole, which is one question. */
const fewItems = 20;
const rowsAtOnce = 500;

/**
 * Makes these the items' barcodes, one item each. Where another item has one of them nothing is written and those are
 * given back. Asked under the catalogue feed's lock (`putRows` takes it), so that the answer stays right.
 */
export async function takeBarcodes(
  tx: Tx,
  storeCode: string,
  items: readonly ItemBarcodes[],
): Promise<readonly TakenBarcode[]> {
  const ownerOf =
    items.length > fewItems ? await allBarcodes(tx, storeCode) : await barcodesAbout(tx, storeCode, items);
  const ours = new Map(items.map(({ id, barcodes }) => [id, new Set(barcodes)]));
  const dropped = [...ownerOf].filter(([barcode, id]) => ours.get(id)?.has(barcode) === false);
  for (const [barcode] of dropped) ownerOf.delete(barcode);

  const wanted = items.flatMap(({ id, barcodes }) => barcodes.map((barcode) => ({ id, barcode })));
  const taken = wanted.flatMap(({ id, barcode }) => {
    const owner = ownerOf.get(barcode);
    return owner === undefined || owner === id ? [] : [{ barcode, id: owner }];
  });
  if (taken.length > 0) return taken;

  for (const [barcode] of dropped)
    await tx.run("DELETE FROM item_barcodes WHERE store_code = ? AND barcode = ?", [storeCode, barcode]);
  const added = wanted.filter(({ barcode }) => !ownerOf.has(barcode));
  for (let from = 0; from < added.length; from += rowsAtOnce) {
    await tx.insert(
      { table: "item_barcodes", columns: ["store_code", "barcode", "item_id"] },
      added.slice(from, from + rowsAtOnce).map(({ id, barcode }) => [storeCode, barcode, id]),
    );
    // Tills are heard between two pieces.
    await setImmediate();
  }
  return [];
}

interface BarcodeRow {
  readonly barcode: string;
  readonly item_id: string;
}

async function allBarcodes(tx: Tx, storeCode: string): Promise<Map<string, string>> {
  const rows = await tx.rows<BarcodeRow>("SELECT barcode, item_id FROM item_barcodes WHERE store_code = ?", [
    storeCode,
  ]);
  return new Map(rows.map(({ barcode, item_id }) => [barcode, item_id]));
}

/** Those the items have, and whoever has those they are to have. */
async function barcodesAbout(tx: Tx, storeCode: string, items: readonly ItemBarcodes[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  const add = async (column: "item_id" | "barcode", value: string) => {
    const rows = await tx.rows<BarcodeRow>(
      `SELECT barcode, item_id FROM item_barcodes WHERE store_code = ? AND ${column} = ?`,
      [storeCode, value],
    );
    for (const { barcode, item_id } of rows) owners.set(barcode, item_id);
  };
  for (const { id, barcodes } of items) {
    await add("item_id", id);
    for (const barcode of barcodes) await add("barcode", barcode);
  }
  return owners;
}
