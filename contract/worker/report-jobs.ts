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
import { writeOutgoingJob, writeOutgoingResult } from "./outgoing-job.ts";
import type { Disagreement } from "#core/report/recount.ts";
import type { Share } from "#core/report/shares.ts";

/** What the worker is asked about the reports. Answers are ours on both ends, of one build: their outer shape is checked. */

const path = z.string().min(1).max(4_096);
const day = z.iso.date();
const limit = limitSchema;
const range = rangeSchema;
const salesDb = path;
const locale = z.enum(["zh-CN", "en"]);

const reportJob = z.strictObject({ kind: z.literal("report"), salesDb, range, against: z.array(range).max(2) });
const itemsJob = z.strictObject({
  kind: z.literal("report-items"),
  ...{ salesDb, range, by: itemsBySchema, limit: z.int().min(1).max(mostItems) },
});
const salesJob = z.strictObject({
  kind: z.literal("report-sales"),
  ...{ salesDb, range, pick: pickSchema, after: cursorSchema.nullable(), limit },
});
const eventsJob = z.strictObject({
  kind: z.literal("report-events"),
  ...{ salesDb, range, of: eventsOfSchema, pick: pickSchema },
  ...{ after: cursorSchema.nullable(), limit },
});
const recountJob = z.strictObject({ kind: z.literal("recount-day"), salesDb, day, wantsShares: z.boolean() });
const writeReportJob = z.strictObject({
  kind: z.literal("export-report"),
  ...{ salesDb, range, locale, target: path, format: z.enum(["csv", "xlsx"]) },
  /** The report as it is shown, or every sale that is meant. */
  what: z.discriminatedUnion("of", [
    z.strictObject({ of: z.literal("report") }),
    z.strictObject({ of: z.literal("sales"), pick: pickSchema }),
  ]),
  /** What the categories are called, by id; the catalogue is main's. */
  categories: z.record(z.string(), z.string()),
});

export const reportJobs = [
  reportJob,
  itemsJob,
  salesJob,
  eventsJob,
  recountJob,
  writeReportJob,
  writeOutgoingJob,
] as const;
/** Any of them. */
export type AnyReportJob = z.infer<(typeof reportJobs)[number]>;
export type WriteReportJob = z.infer<typeof writeReportJob>;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
const shape = <T>(what: string) => z.custom<T>(isObject, what);

/** As many disagreements as are told of a day; one is enough to alarm, and their number stands beside. */
export const mostDisagreements = 20;

/** Keys of one day: more different items than a shop has. */
const mostShares = 200_000;

export const reportResults = [
  z.strictObject({ of: z.literal("report"), report: shape<Report>("a report") }),
  z.strictObject({ of: z.literal("report-items"), items: z.array(shape<ItemSums>("an item")).max(mostItems) }),
  z.strictObject({ of: z.literal("report-sales"), page: shape<Page<ReportSale>>("a page") }),
  z.strictObject({ of: z.literal("report-events"), page: shape<Page<ReportEvent>>("a page") }),
  z.strictObject({
    of: z.literal("recount-day"),
    foundCount: z.int().min(0),
    found: z.array(shape<Disagreement>("a disagreement")).max(mostDisagreements),
    shares: z.array(shape<Share>("a share")).max(mostShares),
    upTo: z.int().min(0),
  }),
  z.strictObject({ of: z.literal("export-report"), rowCount: z.int().min(0) }),
  writeOutgoingResult,
] as const;
