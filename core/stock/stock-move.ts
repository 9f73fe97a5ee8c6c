import type { JournalKind } from "#core/journal/entry.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { GoodsReceipt, ReceiptReversal } from "./goods-receipt.ts";
import type { StockCorrection } from "./stock-correction.ts";
import type { StockTaken } from "./stock-take.ts";

/**
 * Why there is more or less of an item. `opening`: what makes the books begin at what was first counted or received;
 * `damaged`: came back and went no further than the bin, right after its `return`.
 */
export const moveKinds = [
  ...(["sale", "return", "damaged", "opening", "received", "receipt-reversed", "taken", "corrected"] as const),
] as const;
export type MoveKind = (typeof moveKinds)[number];

/** Says what the books should have said, and moved nothing on a shelf. */
export const adjustingKinds: readonly MoveKind[] = ["opening", "taken", "corrected"];

export interface StockMove {
  readonly sku: string;
  readonly kind: MoveKind;
  /** Thousandths of the item's unit, never 0; negative leaves the shop. */
  readonly quantityMilli: number;
}

/** An entry of the journal with the body its kind is written with. */
export interface StockEntry {
  readonly kind: JournalKind;
  readonly body: unknown;
}

const none: readonly StockMove[] = [];

/**
 * What one entry of the journal moves. Bodies are as the till writes them, or has written them into a journal that is
 * chained and checked. A line of no item (an open price) empties no shelf.
 */
export function movesOf({ kind, body }: StockEntry): readonly StockMove[] {
  switch (kind) {
    case "sale-completed": {
      const { lines } = body as Sale; // written by main/store/sales/sales.ts alone
      return lines.flatMap(({ sku, quantity }) => move(sku, "sale", -quantity));
    }
    case "goods-returned":
    case "return-without-receipt": {
      const { lines } = body as SaleReturn | LooseReturn; // written by returns.ts and loose-returns.ts in main/store/sales alone
      return lines.flatMap(({ sku, quantity, condition }) => [
        ...move(sku, "return", quantity),
        ...(condition === "damaged" ? move(sku, "damaged", -quantity) : none),
      ]);
    }
    case "goods-received": {
      const { lines } = body as GoodsReceipt; // by main/store/sales/stock/goods-receipts.ts alone
      return lines.flatMap(({ sku, openingMilli, quantityMilli }) => [
        ...move(sku, "opening", openingMilli),
        ...move(sku, "received", quantityMilli),
      ]);
    }
    case "goods-receipt-reversed": {
      const { lines } = body as ReceiptReversal; // by the same
      return lines.flatMap(({ sku, quantityMilli }) => move(sku, "receipt-reversed", quantityMilli));
    }
    case "stock-taken": {
      const { lines } = body as StockTaken; // by stock-takes.ts there alone
      return lines.flatMap(({ sku, bookMilli, differenceMilli }) =>
        move(sku, bookMilli === null ? "opening" : "taken", differenceMilli),
      );
    }
    case "stock-corrected": {
      const { sku, bookMilli, differenceMilli } = body as StockCorrection; // by stock-levels.ts there alone
      return move(sku, bookMilli === null ? "opening" : "corrected", differenceMilli);
    }
    default:
      return none;
  }
}

/** Items whose level is known from this entry on: somebody has counted them, or they came in. */
export function knownBy({ kind, body }: StockEntry): readonly string[] {
  switch (kind) {
    case "goods-received":
      return (body as GoodsReceipt).lines.map(({ sku }) => sku); // as above
    case "stock-taken":
      return (body as StockTaken).lines.map(({ sku }) => sku); // as above
    case "stock-corrected":
      return [(body as StockCorrection).sku]; // as above
    default:
      return [];
  }
}

function move(sku: string | null, kind: MoveKind, quantityMilli: number): readonly StockMove[] {
  return sku === null || quantityMilli === 0 ? none : [{ sku, kind, quantityMilli }];
}
