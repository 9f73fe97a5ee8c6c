import type { Migration } from "../migrate.ts";

/** Finds a sale of a shop whichever till rang it up. */
export const salesById: Migration = {
  version: 10,
  statements: ["CREATE INDEX sales_by_id ON sales (store_code, sale_id)"],
};
