import { z } from "zod";
import {
  cursorSchema,
  eventsOfSchema,
  itemsBySchema,
  type ItemSums,
  limitSchema,
  mostItems,
  type Page,
  pickSchema,
  rangeSchema,
  type Report,
  type ReportEvent,
  type ReportSale,
} from "../reports/report.ts";

const none = z.strictObject({});
const range = rangeSchema;
const limit = limitSchema;

/** The manager's reports; managers alone. Read by the worker, never by main, and answered within a second or so. */
export const reportSchemas = {
  /** A range of business days; null is today. */
  report: z.strictObject({ range: range.nullable() }),
  "report-items": z.strictObject({ range, by: itemsBySchema, limit: z.int().min(1).max(mostItems) }),
  /** What stands behind a number, newest first, a page at a time. */
  "report-sales": z.strictObject({ range, pick: pickSchema, after: cursorSchema.nullable(), limit }),
  "report-events": z.strictObject({
    ...{ range, of: eventsOfSchema, pick: pickSchema, after: cursorSchema.nullable(), limit },
  }),
  /** Asks where to, and writes the shown report or the sales behind a number there; how far it is stands in the view. */
  "export-report": z.strictObject({
    range,
    format: z.enum(["csv", "xlsx"]),
    what: z.discriminatedUnion("of", [
      z.strictObject({ of: z.literal("report") }),
      z.strictObject({ of: z.literal("sales"), pick: pickSchema }),
    ]),
  }),
  "cancel-report-export": none,
  /** A summary on the receipt printer. */
  "print-report": z.strictObject({ range }),
  /** Has a day's sums made again from its journal, where the recount has found them wrong. */
  "repair-totals": z.strictObject({ day: z.iso.date() }),
} as const;

export interface ReportView extends Report {
  /** The shop's own business day, whatever the machine's calendar says. */
  readonly today: string;
  readonly state: {
    readonly openAttempts: number;
    readonly heldSales: number;
    /** Null where there is no head office. */
    readonly office: { readonly disagreedDays: number; readonly waiting: number } | null;
  };
}

export interface ReportAnswers {
  report: ReportView;
  "report-items": readonly ItemSums[];
  "report-sales": Page<ReportSale>;
  "report-events": Page<ReportEvent>;
  /** Null: the question where to was closed. */
  "export-report": { readonly rowCount: number } | null;
}

export type ReportFault =
  /** The end comes before the beginning, or they are too far apart. */
  | "report-range"
  /** The worker could not answer; asking again may help. */
  | "report-failed"
  | "report-export-running"
  | "report-export-cancelled"
  | "report-export-too-long"
  /** Something was sold meanwhile: once more. */
  | "report-day-moved";

/** What the windows show of the reports without asking. */
export interface ReportsStatusView {
  /** How far an export is, 0 to 1; null while none runs. */
  readonly exportShare: number | null;
  /** Days whose sums are not what their journal adds up to, oldest first. */
  readonly alarms: readonly { readonly day: string; readonly foundCount: number }[];
}
