import type { Migration } from "../migrate.ts";

/**
 * Who has rung a sale up stands in the index beside its id. Without it SQLite, which takes any shop for one of ten sales, read
 * the keys of all its sales for every upload: the one index that answers without a look at the rows was the primary key's.
 */
export const salesByIdAndTill: Migration = {
  version: 14,
  statements: [
    "CREATE INDEX sales_by_id_and_till ON sales (store_code, sale_id, terminal_id)",
    "DROP INDEX sales_by_id",
  ],
};
