import { z } from "zod";
import { maxFen } from "#core/money/fen.ts";

/**
 * A folder with a whole shop's goods and people, as resources/demo-store is one: `categories.json`, `items.jsonl` (one item a
 * line) and `people.json`. Till and head office of the demo store begin with the same.
 */
const text = z.string().min(1).max(120);
const code = z.string().min(1).max(40);

export const itemLineSchema = z.strictObject({
  sku: code,
  zh: text,
  en: text,
  category: code,
  unit: z.enum(["piece", "kg"]),
  priceFen: z.int().min(0).max(maxFen),
  barcodes: z.array(code).max(40),
  pack: z
    .array(z.strictObject({ barcode: code, count: z.int().min(1).max(10_000) }))
    .max(20)
    .optional(),
  scaleCode: z.string().min(1).max(16).optional(),
  taxClass: z.string().min(1).max(32),
  favourite: z.boolean().optional(),
});
export type ItemLine = z.infer<typeof itemLineSchema>;

export const categoryListSchema = z
  .array(
    z.strictObject({
      ...{ id: code, zh: z.string().min(1).max(60), en: z.string().min(1).max(80) },
      ...{ colour: z.int().min(0).max(9), sort: z.int().min(0) },
    }),
  )
  .max(200);

/** Without their PINs, which are the till's own. */
export const peopleListSchema = z
  .array(z.strictObject({ id: code, name: z.string().min(1).max(60), role: z.enum(["cashier", "manager"]) }))
  .max(200);
