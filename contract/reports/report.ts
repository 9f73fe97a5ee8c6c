import { z } from "zod";
import type { TenderKind } from "#core/sale/sale.ts";
import type { Dimension, Sums } from "#core/report/shares.ts";

/*
 * A manager's report: what the worker reads, main hands on and the window draws. Fen in a sum are whole numbers and no
 * `Fen`, whose bounds are those of one amount: a year may be beyond.
 */

/** Longest range that is asked at once: ten years of business days. */
export const mostDays = 3_660;

/** Business days, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** One row of a breakdown; `name` where the file knows one. */
export interface NamedSums extends Sums {
  readonly key: string;
  readonly name: string | null;
}

/** An item as it was called when it was last sold; all null for lines that were of no item. */
export interface ItemSums extends Sums {
  readonly key: string;
  readonly nameZh: string | null;
  readonly nameEn: string | null;
  readonly unit: "piece" | "kg" | null;
}

/** Enough of another range to compare with. */
export interface RangeSums extends DayRange {
  readonly total: Sums;
  readonly byHour: readonly NamedSums[];
}

export interface RangeReport extends RangeSums {
  /** Months ("2026-03") where there are more than two of them, else days; only those with anything. */
  readonly byDate: readonly NamedSums[];
  readonly tenders: readonly NamedSums[];
  /** By what was sold for, most first. */
  readonly categories: readonly NamedSums[];
  readonly cashiers: readonly NamedSums[];
  readonly taxes: readonly NamedSums[];
  /** Payments that no sale books, given back; in none of the sums. */
  readonly charges: { readonly count: number; readonly fen: number };
}

export interface Report {
  readonly range: RangeReport;
  readonly against: readonly RangeSums[];
}

/** Business days, both included. */
export const rangeSchema = z.strictObject({ from: z.iso.date(), to: z.iso.date() });
/** Rows of one page: two screens full. */
export const limitSchema = z.int().min(1).max(200);
/** A page of the list of items; beyond it nobody reads, they export. */
export const mostItems = 500;
export const itemsBySchema = z.enum(["net", "quantity"]);
/** What may stand behind a number, but sales. */
export const eventsOfSchema = z.enum(["refund", "charge", "void"]);

/** Which of a range's sales or events are meant. */
export const pickSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("all") }),
  z.strictObject({ by: z.literal("discounted") }),
  z.strictObject({
    by: z.enum(["hour", "tender", "category", "cashier", "item", "tax"]) satisfies z.ZodType<Dimension>,
    key: z.string().max(128),
  }),
]);
export type Pick = z.infer<typeof pickSchema>;

/** The last row known: the next page is older. */
export const cursorSchema = z.strictObject({ day: z.iso.date(), number: z.int().min(0) });
export type Cursor = z.infer<typeof cursorSchema>;

export interface ReportSale {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly businessDate: string;
  readonly completedAt: string;
  readonly cashierName: string;
  readonly lineCount: number;
  readonly grossFen: number;
  readonly discountFen: number;
  readonly totalFen: number;
  readonly tenderKinds: readonly TenderKind[];
}

/** A refund that was given, a payment without a sale that went back, or what was thrown away before it was sold. */
export interface ReportEvent {
  readonly position: number;
  readonly kind: EventKind;
  readonly businessDate: string;
  readonly at: string;
  readonly cashierName: string;
  readonly amountFen: number;
  /** This till's sale; null where there is none to open. */
  readonly saleId: string | null;
  /** Sale or refund number; empty for a void. */
  readonly number: string;
  /** The reason, or what was in it. */
  readonly wordsZh: string;
  readonly wordsEn: string;
}
export type EventKind = "refund" | "charge" | "void";

/** A page may hold fewer rows than were asked for, though more follow: it ends when its time is up. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Null: that was all. */
  readonly next: Cursor | null;
}
