import { z } from "zod";
import type { Unit } from "#core/quantity/quantity.ts";
import { stockPolicies, type StockPolicy } from "#core/stock/stock-level.ts";
import type { MoveKind } from "#core/stock/stock-move.ts";

const none = z.strictObject({});
const id = z.string().min(1).max(64);
const sku = z.string().trim().min(1).max(64);
/** Thousandths of a unit; as much as a line of a sale. */
const quantity = z.int().min(1).max(99_999_000);
const level = z.int().min(0).max(99_999_000);
const approvalPin = z
  .string()
  .regex(/^\d{4,8}$/)
  .optional();
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{Cc}*$/u);
const reason = words(40).min(1);
const placeOfMove = z.strictObject({ position: z.int().min(1), part: z.int().min(1) });

/** What came in, what was counted, how much there is. Each asks its own right again in main. */
export const stockSchemas = {
  /** Goods with their levels: low ones, a category's, or what a text finds. */
  "stock-page": z.strictObject({
    show: z.enum(["all", "low"]),
    text: z.string().max(64),
    categoryId: z.string().max(64).nullable(),
    afterSku: z.string().max(64).nullable(),
    limit: z.int().min(1).max(200),
  }),
  "stock-item": z.strictObject({ sku }),
  "stock-moves": z.strictObject({ sku, before: placeOfMove.nullable(), limit: z.int().min(1).max(100) }),
  "set-stock-item": z.strictObject({ sku, isStocked: z.boolean(), reorderMilli: level.nullable() }),
  /** So much there is of it, by somebody's word. The same id again corrects nothing twice. */
  "correct-stock": z.strictObject({ correctionId: id, sku, levelMilli: level, reason, approvalPin }),
  "save-stock-policy": z.strictObject({ policy: z.enum(stockPolicies), approvalPin }),
  /** Makes levels that were found wrong what their moves add up to. */
  "repair-stock": none,
  "print-low-stock": none,
  /** Asks where to, and writes the low ones there as CSV. */
  "export-low-stock": none,
  /** Puts what was stopped for its stock into the sale, by a manager's word. */
  "sell-short-stock": z.strictObject({ stopId: id, approvalPin }),

  /** Scans go to this receipt or take until nobody asks any more; answers what the last one did. */
  "stock-listen": z.strictObject({ to: z.enum(["receipt", "take"]), id }),
  "stock-unlisten": none,

  receipts: z.strictObject({ limit: z.int().min(1).max(100), before: z.int().min(1).nullable() }),
  receipt: z.strictObject({ receiptId: id }),
  /** Nothing of it is stock before it is booked; a crash loses none of it. */
  "begin-receipt": z.strictObject({ receiptId: id }),
  "head-receipt": z.strictObject({ receiptId: id, supplier: words(40), deliveryNote: words(40) }),
  /** So much of an item, on top of what is there; by its number or a code. */
  "add-to-receipt": z.strictObject({ receiptId: id, sku, quantityMilli: quantity }),
  /** So much of it and no more, 0 takes the line out; the cost is of one unit. */
  "set-receipt-line": z.strictObject({
    receiptId: id,
    sku,
    quantityMilli: level,
    costFen: z.int().min(0).max(1_000_000_000).nullable(),
  }),
  "drop-receipt": z.strictObject({ receiptId: id }),
  "book-receipt": z.strictObject({ receiptId: id, approvalPin }),
  /** The counter-entry: all of it goes out of the books again. */
  "reverse-receipt": z.strictObject({ receiptId: id, reversalId: id, reason, approvalPin }),
  "print-receipt": z.strictObject({ receiptId: id }),

  takes: none,
  take: z.strictObject({ takeId: id }),
  "begin-take": z.strictObject({ takeId: id, categoryId: z.string().min(1).max(64).nullable() }),
  /** So much of it in all; null: it was not counted. */
  "count-item": z.strictObject({ takeId: id, sku, countedMilli: level.nullable() }),
  /** Differences by what they are worth, largest first. */
  "take-differences": z.strictObject({ takeId: id }),
  /** What the books have and nobody has counted yet. */
  "take-not-counted": z.strictObject({ takeId: id, afterSku: z.string().max(64) }),
  "drop-take": z.strictObject({ takeId: id }),
  "book-take": z.strictObject({ takeId: id, approvalPin }),
  "print-take": z.strictObject({ takeId: id }),
} as const;

interface Named {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
}

export interface StockRowView extends Named {
  readonly priceFen: number;
  /** Null: nobody knows. */
  readonly levelMilli: number | null;
  readonly isStocked: boolean;
  readonly reorderMilli: number | null;
  readonly isLow: boolean;
}

export interface StockPageView {
  readonly rows: readonly StockRowView[];
  readonly lowCount: number;
  readonly policy: StockPolicy;
  /** Levels that are not what their moves add up to. */
  readonly wrong: readonly { readonly sku: string; readonly kept: number; readonly counted: number }[];
  readonly canSet: boolean;
  readonly categories: readonly { readonly id: string; readonly nameZh: string; readonly nameEn: string }[];
}

/** A move as its list shows it, with what its entry says of itself. */
export interface StockMoveView {
  readonly position: number;
  readonly part: number;
  readonly kind: MoveKind;
  readonly quantityMilli: number;
  /** RFC 3339. */
  readonly at: string;
  /** Of the sale it is of, or that goods came back from; null for any other. */
  readonly saleId: string | null;
  /** The sale's number, a delivery note, a reason; may be empty. */
  readonly words: string;
}

/** What became of the last scan while a page listens; `turn` grows with each. */
export interface StockHeardView {
  readonly turn: number;
  /** Grows with everything that changes the receipt or the take. */
  readonly changes: number;
  readonly last:
    | null
    | ({ readonly kind: "taken"; readonly quantityMilli: number } & Named)
    /** Sold by weight, and its code does not say how much. */
    | ({ readonly kind: "to-weigh" } & Named)
    | { readonly kind: "unknown"; readonly text: string }
    | { readonly kind: "refused"; readonly why: string };
}

export interface ReceiptRowView {
  readonly place: number;
  readonly receiptId: string;
  readonly state: "draft" | "booked" | "reversed";
  readonly supplier: string;
  readonly deliveryNote: string;
  readonly lineCount: number;
  /** When it was booked, or begun; and by whom. */
  readonly at: string;
  readonly byName: string;
}

export interface ReceiptView extends ReceiptRowView {
  readonly lines: readonly (Named & { readonly quantityMilli: number; readonly costFen: number | null })[];
  /** What its lines with a cost cost. */
  readonly costFen: number;
}

export interface TakeRowView {
  readonly takeId: string;
  readonly categoryId: string | null;
  readonly state: "open" | "booking" | "booked" | "dropped";
  readonly begunAt: string;
  readonly begunByName: string;
  readonly countedItems: number;
}

export interface CountView extends Named {
  readonly countedMilli: number;
  /** What the books said when it was counted; null: nobody knew. */
  readonly bookMilli: number | null;
  readonly differenceMilli: number;
  readonly worthFen: number;
  /** Sold from while it was counted, or delivered since: count it again. */
  readonly isUnsure: boolean;
  readonly countedAt: string;
  readonly countedByName: string;
}

export interface TakeView extends TakeRowView {
  /** The ones counted last, newest first. */
  readonly last: readonly CountView[];
}

export interface DifferencesView {
  readonly rows: readonly CountView[];
  /** Counted and as the books say. */
  readonly equalCount: number;
  readonly lossFen: number;
  readonly gainFen: number;
  /** Of these nobody knew how much there was: no difference, a beginning. */
  readonly firstCount: number;
}

export interface StockAnswers {
  "stock-page": StockPageView;
  "stock-item": StockRowView;
  "stock-moves": readonly StockMoveView[];
  "set-stock-item": StockRowView;
  "correct-stock": StockRowView;
  /** Null: the question where to was closed. */
  "export-low-stock": { readonly rowCount: number } | null;
  "stock-listen": StockHeardView;
  receipts: readonly ReceiptRowView[];
  receipt: ReceiptView;
  "begin-receipt": ReceiptView;
  "head-receipt": ReceiptView;
  "add-to-receipt": ReceiptView;
  "set-receipt-line": ReceiptView;
  "book-receipt": ReceiptView;
  "reverse-receipt": ReceiptView;
  takes: readonly TakeRowView[];
  take: TakeView;
  "begin-take": TakeView;
  "count-item": TakeView;
  "take-differences": DifferencesView;
  "take-not-counted": readonly StockRowView[];
  "book-take": TakeRowView;
}

export type PlainStockFault =
  | "no-such-receipt"
  | "receipt-is-booked"
  | "receipt-is-empty"
  | "receipt-is-full"
  | "too-many-receipts"
  | "no-such-take"
  | "take-is-over"
  | "take-is-empty"
  | "take-is-full"
  | "too-many-takes"
  | "item-not-in-take"
  | "item-not-stocked"
  | "no-such-stop";

/** The books say that less is there than the sale wants; with a manager's word it is sold all the same. */
export interface StockFault {
  readonly kind: "stock-short";
  readonly nameZh: string;
  readonly nameEn: string;
}
