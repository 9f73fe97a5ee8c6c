import { fen, type Fen, maxFen } from "#core/money/fen.ts";
import { scaleHalfUp } from "#core/money/rounding.ts";
import type { Unit } from "#core/quantity/quantity.ts";

/** 盘点: a counting of all goods, or of a category, that may go on over days while the shop sells. */
export interface StockTake {
  readonly takeId: string;
  /** Null: all goods. */
  readonly categoryId: string | null;
  /** RFC 3339 with the shop's offset. */
  readonly begunAt: string;
  readonly begunByName: string;
}

/** What was counted of one item, and what the books said in that moment. */
export interface StockCount {
  readonly sku: string;
  readonly countedMilli: number;
  /** The sum of all moves when it was last counted; what moved since is no difference. */
  readonly sumAtCountMilli: number;
  /** When the first piece of it was counted: another sum then says that it was sold from meanwhile. */
  readonly sumAtFirstMilli: number;
  /** The journal's end when it was last counted. */
  readonly position: number;
  readonly countedAt: string;
  readonly countedByName: string;
}

/** What has happened to an item since it was counted. */
export interface SinceCount {
  /** Sum of the moves that only put the books right: a correction, another take. */
  readonly adjustedMilli: number;
  /** A delivery was booked or taken back: nobody knows whether it stood there when the item was counted. */
  readonly wasDelivered: boolean;
}

/**
 * How much more or less there was than the books said when it was counted. Sales and deliveries since then change both
 * sides alike and stay out; what put the books right since then is no difference a second time.
 */
export function differenceOf(count: StockCount, since: SinceCount): number {
  return count.countedMilli - (count.sumAtCountMilli + since.adjustedMilli);
}

/** Whether somebody should count it again before it is booked. */
export function isUnsure(count: StockCount, since: SinceCount): boolean {
  return since.wasDelivered || count.sumAtCountMilli !== count.sumAtFirstMilli;
}

export interface TakenLine {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  readonly countedMilli: number;
  /** What the books said when it was counted; null: nobody knew how much there was. */
  readonly bookMilli: number | null;
  /** What is added to the sum of all moves. */
  readonly differenceMilli: number;
}

/** Lines of one entry and of one commit: a few milliseconds, so that a sale need not wait for a large take. */
export const linesOfEntry = 100;
/** Most items of one take; a larger shop counts by category. */
export const mostCounted = 5_000;

export interface StockTaken {
  readonly takeId: string;
  readonly categoryId: string | null;
  /** 1, 2 …: a large take is several entries, one after the other. */
  readonly part: number;
  readonly isLast: boolean;
  readonly lines: readonly TakenLine[];
  readonly at: string;
  readonly businessDate: string;
  readonly cashierId: string;
  readonly cashierName: string;
  readonly approvedBy: string | null;
}

/** A difference in money by what the item is sold for, with its sign; at most what an amount may be. */
export function worthOf(differenceMilli: number, priceFen: Fen): Fen {
  const worth = scaleHalfUp(priceFen, differenceMilli, 1_000);
  return fen(Math.max(-maxFen, Math.min(worth, maxFen)));
}
