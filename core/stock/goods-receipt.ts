import type { Fen } from "#core/money/fen.ts";
import type { Unit } from "#core/quantity/quantity.ts";

/** More on one delivery note is written on two: an entry stays far below what head office takes. */
export const mostReceiptLines = 200;

/** One item of a delivery. */
export interface ReceiptLine {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  /** Thousandths of the unit, above 0. */
  readonly quantityMilli: number;
  /** What one unit cost; null where nobody said. */
  readonly costFen: Fen | null;
}

/** A delivery while it is written down: on disk with every scan, and no stock yet. */
export interface ReceiptDraft {
  readonly receiptId: string;
  readonly supplier: string;
  /** The supplier's own number of the delivery. */
  readonly deliveryNote: string;
  readonly lines: readonly ReceiptLine[];
  readonly begunAt: string;
  readonly begunByName: string;
}

/** Goods that came in, as booked and journaled. */
export interface GoodsReceipt extends Omit<ReceiptDraft, "lines"> {
  readonly lines: readonly (ReceiptLine & {
    /** Makes what was sold before anybody counted nothing, so that the level begins with this delivery; else 0. */
    readonly openingMilli: number;
  })[];
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly businessDate: string;
  readonly cashierId: string;
  readonly cashierName: string;
  /** Id of the manager whose word it was; null where none was needed. */
  readonly approvedBy: string | null;
}

/** The entry that takes a booked delivery back, whole. */
export interface ReceiptReversal {
  readonly reversalId: string;
  readonly receiptId: string;
  readonly deliveryNote: string;
  /** Below 0. */
  readonly lines: readonly { readonly sku: string; readonly quantityMilli: number }[];
  readonly reason: string;
  readonly at: string;
  readonly businessDate: string;
  readonly cashierId: string;
  readonly cashierName: string;
  readonly approvedBy: string | null;
}

/** The same item again makes its line more; the newest is the last. */
export function withReceived(lines: readonly ReceiptLine[], line: ReceiptLine): readonly ReceiptLine[] {
  const known = lines.find(({ sku }) => sku === line.sku);
  const others = lines.filter(({ sku }) => sku !== line.sku);
  if (known === undefined) return [...others, line];
  return [...others, { ...line, quantityMilli: known.quantityMilli + line.quantityMilli, costFen: known.costFen }];
}

export function reversedLines(receipt: GoodsReceipt): ReceiptReversal["lines"] {
  return receipt.lines.map(({ sku, quantityMilli }) => ({ sku, quantityMilli: -quantityMilli }));
}
