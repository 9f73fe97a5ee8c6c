import type { StockMoveView } from "#contract/ipc/stock-intents.ts";
import type { GoodsReceipt, ReceiptDraft, ReceiptReversal } from "#core/stock/goods-receipt.ts";
import type { StockCorrection } from "#core/stock/stock-correction.ts";
import type { StockLevel, StockPolicy } from "#core/stock/stock-level.ts";
import type { SinceCount, StockCount, StockTake, StockTaken } from "#core/stock/stock-take.ts";
import type { JournalDraft, PrintJob } from "./sales-store.ts";

export interface MovePlace {
  readonly position: number;
  readonly part: number;
}

export type ReceiptState = "draft" | "booked" | "reversed";

export interface StoredReceipt {
  readonly place: number;
  readonly state: ReceiptState;
  readonly receipt: ReceiptDraft | GoodsReceipt;
}

/** Whose word a booking is, kept until the last line is in. */
export interface TakeBooking extends Pick<
  StockTaken,
  "at" | "businessDate" | "cashierId" | "cashierName" | "approvedBy"
> {
  readonly isDone: boolean;
}

export type TakeState = "open" | "booking" | "booked" | "dropped";

export interface StoredTake {
  readonly place: number;
  readonly state: TakeState;
  readonly take: StockTake;
  readonly countedItems: number;
}

/** One counted item, and what has become of it. */
export interface CountedItem extends SinceCount {
  readonly count: StockCount;
  /** Whether anybody knew how much there was. */
  readonly isKnown: boolean;
  /** Null until it is booked. */
  readonly booked: { readonly bookMilli: number | null; readonly differenceMilli: number } | null;
}

export interface StockDisagreement {
  readonly sku: string;
  readonly kept: number;
  readonly counted: number;
}

/** How far a recount has come: what the moves of an item up to here add up to. */
export interface RecountPlace extends MovePlace {
  readonly sku: string;
  readonly sum: number;
}

/** The part of sales.db that knows how much there is. Each entry of the journal that moves goods is counted with it. */
export interface StockStore {
  /** In the order of `skus`. */
  stockLevels(skus: readonly string[]): readonly StockLevel[];
  /** Low ones by their numbers. */
  lowStock(limit: number): readonly StockLevel[];
  /** Newest first; `before` is the last one of the page before. */
  stockMoves(sku: string, before: MovePlace | null, limit: number): readonly StockMoveView[];
  /** One that is not stocked any more is unknown when it is again. */
  setStockItem(item: Omit<StockLevel, "levelMilli">, entry: JournalDraft): void;
  stockPolicy(): StockPolicy;
  setStockPolicy(policy: StockPolicy, entry: JournalDraft): void;
  /** `build` hears what the books say in this very transaction. The same id again: what is stored. */
  correctStock(
    correctionId: string,
    sku: string,
    build: (books: { readonly sumMilli: number; readonly isKnown: boolean }) => StockCorrection,
  ): void;

  goodsReceipts(limit: number, before: number | null): readonly StoredReceipt[];
  goodsReceipt(receiptId: string): StoredReceipt | null;
  openReceipts(): number;
  /** Asserts that it is none that was booked. */
  saveReceiptDraft(draft: ReceiptDraft): void;
  dropReceiptDraft(receiptId: string): void;
  /** One entry, its moves and its slip in one transaction. Booked already: what is stored. */
  bookReceipt(
    receiptId: string,
    build: (draft: ReceiptDraft, openingMilli: (sku: string) => number) => GoodsReceipt,
    slip: (receipt: GoodsReceipt) => PrintJob | null,
  ): GoodsReceipt;
  /** The counter-entry of a booked receipt, once. */
  reverseReceipt(reversal: ReceiptReversal): void;

  stockTakes(limit: number): readonly StoredTake[];
  stockTake(takeId: string): StoredTake | null;
  beginTake(take: StockTake, entry: JournalDraft): void;
  /** Counts `countedMilli` of an item, `more` on top of what was counted; asserts that the take is open. */
  countItem(
    takeId: string,
    sku: string,
    countedMilli: number,
    how: { readonly isMore: boolean; readonly at: string; readonly byName: string },
  ): void;
  forgetCount(takeId: string, sku: string): void;
  countOf(takeId: string, sku: string): CountedItem | null;
  /** By their numbers, after one of them. */
  counts(takeId: string, afterSku: string, limit: number): readonly CountedItem[];
  /** The ones counted last, newest first. */
  lastCounts(takeId: string, limit: number): readonly CountedItem[];
  /** Stocked items with something of them in the books that the take has not counted, by their numbers. */
  notCounted(takeId: string, afterSku: string, limit: number): readonly StockLevel[];
  /** From here on nothing more is counted. */
  beginBooking(takeId: string, booking: Omit<TakeBooking, "isDone">): void;
  /** Books the next lines in one entry. False: none were left, and the take is booked. */
  bookCounts(
    takeId: string,
    limit: number,
    build: (items: readonly CountedItem[], booking: TakeBooking, part: number, isLast: boolean) => StockTaken,
  ): boolean;
  dropTake(takeId: string, entry: JournalDraft): void;

  /** Adds up the next slice of all moves, in the order of their items; null begins, and `next` null is the end. */
  recountStock(from: RecountPlace | null): {
    readonly next: RecountPlace | null;
    readonly found: readonly StockDisagreement[];
  };
  /** What a whole recount has found, with an entry where it is new. */
  noteStockRecount(found: readonly StockDisagreement[]): void;
  stockDisagreements(): readonly StockDisagreement[];
  /** Makes the levels of what was found what their moves add up to. */
  repairStock(by: string): void;
}
