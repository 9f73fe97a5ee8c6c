import type { Unit } from "#core/quantity/quantity.ts";

/** Somebody's word for how much there is of one item, without a stock take. */
export interface StockCorrection {
  /** Made by whoever asked, once: asking again with it is the same correction. */
  readonly correctionId: string;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  /** What the books said; null: nobody knew. */
  readonly bookMilli: number | null;
  readonly levelMilli: number;
  /** What was added to the sum of all moves. */
  readonly differenceMilli: number;
  readonly reason: string;
  /** RFC 3339 with the shop's offset. */
  readonly at: string;
  readonly businessDate: string;
  readonly cashierId: string;
  readonly cashierName: string;
  readonly approvedBy: string | null;
}
