import { z } from "zod";

/** Files that go to and come from other systems of the shop (docs/LEGACY.md): the `legacyFiles` section of terminal.json. */

const folder = z.string().min(1).max(1_024);

/** What a column of the sales' file may say; one row is one sale, or money given back. */
export const saleFields = [
  ...(["kind", "number", "time", "date", "cashier", "lines"] as const),
  ...(["gross", "discount", "total", "cash", "wechat", "staticCode", "tradeNo"] as const),
] as const;
/** What a column of the days' file may say; one row is one business day that is over. */
export const dayFields = [
  ...(["date", "sales", "pieces", "gross", "discount", "total"] as const),
  ...(["refunds", "refunded", "cash", "wechat", "staticCode"] as const),
] as const;

const columnsOf = <Field extends string>(fields: readonly [Field, ...Field[]]) =>
  z
    .array(
      z.strictObject({
        field: z.enum(fields).describe("What stands in the column: docs/LEGACY.md"),
        name: z.string().min(1).max(64).describe("Its heading, or its name in JSON"),
      }),
    )
    .min(1)
    .max(32)
    .refine((columns) => new Set(columns.map(({ name }) => name)).size === columns.length, {
      message: "two columns have the same name",
    })
    .default(fields.map((field) => ({ field, name: field })))
    .describe("Which columns, in this order");

const shared = {
  isOn: z.boolean().default(true).describe("false: nothing is written, and the rest is kept for later"),
  folder: folder.describe("Where the files appear, whole; the folder must be there"),
  at: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .optional()
    .describe("Every day at this time of the shop; left out: at no time of the day"),
  afterShiftClose: z.boolean().default(false).describe("Whenever a shift was closed"),
  fromFirstSale: z
    .boolean()
    .default(false)
    .describe("The first file has everything so far; otherwise it begins with the day on which this was switched on"),
  format: z.enum(["csv", "json"]).default("csv").describe("Kind of file"),
  encoding: z
    .enum(["utf-8", "gbk"])
    .default("utf-8")
    .describe("Of a CSV; JSON is always UTF-8. GBK has no rare characters"),
  separator: z.enum([",", ";", "\t", "|"]).default(",").describe("Between two cells of a CSV"),
  amounts: z.enum(["yuan", "fen"]).default("yuan").describe("12.50 or 1250"),
  times: z
    .enum(["iso", "plain", "digits"])
    .default("iso")
    .describe("2026-11-27T09:05:00+08:00 with 2026-11-27, 2026-11-27 09:05:00, or 20261127090500 with 20261127"),
};

export const salesOut = z.strictObject({ ...shared, columns: columnsOf(saleFields) });
export const daysOut = z.strictObject({ ...shared, columns: columnsOf(dayFields) });

export const legacyFilesSection = z.strictObject({
  dropFolder: folder.optional().describe("Requests of an old till as files; absent: none are looked for"),
  sales: salesOut.optional().describe("Every sale and all money given back, in one file only"),
  days: daysOut.optional().describe("What each business day came to, once it is over"),
  goods: z
    .strictObject({
      folder: folder.describe("Lists of goods that appear here are taken in"),
      newCategories: z.enum(["make", "refuse"]).default("refuse").describe("Categories the shop does not have yet"),
    })
    .optional()
    .describe("Goods from another system; absent: lists are taken in by hand only"),
});

export const legacyFilesConfig = legacyFilesSection
  .optional()
  .describe("Files to and from other systems of the shop; absent: none");

export type LegacyFilesConfig = z.infer<typeof legacyFilesSection>;
export type SalesOut = z.infer<typeof salesOut>;
export type DaysOut = z.infer<typeof daysOut>;
export type SaleField = (typeof saleFields)[number];
export type DayField = (typeof dayFields)[number];

/** Where to and when: the worker is told the rest, how the files are written. */
const schedule = { isOn: true, folder: true, at: true, afterShiftClose: true, fromFirstSale: true } as const;
export const salesLayout = salesOut.omit(schedule);
export const daysLayout = daysOut.omit(schedule);
export type SalesLayout = z.infer<typeof salesLayout>;
export type DaysLayout = z.infer<typeof daysLayout>;
