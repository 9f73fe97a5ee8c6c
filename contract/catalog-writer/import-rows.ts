import { z } from "zod";
import { feedItemSchema } from "../wire/feed.ts";
import { mostImportRows } from "./messages.ts";

/** Rows of an import as they go to the catalogue's writer: an item as head office would send it, and every code it has. */
export const importRowsSchema = z
  .array(z.strictObject({ sku: z.string().min(1).max(64), value: feedItemSchema.omit({ pricesFrom: true }) }))
  .max(mostImportRows);
export type ImportRowsMessage = z.infer<typeof importRowsSchema>;
