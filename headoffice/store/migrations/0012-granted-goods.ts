import type { Migration } from "../migrate.ts";

// The goods a grant is for. They count until the till's own word of the return has come, or the grant is given up; the money
// of a grant ends with its refund, which may come a batch before that word.
const lines = `
CREATE TABLE refund_grant_lines (
  store_code       TEXT NOT NULL,
  grant_id         TEXT NOT NULL,
  line_number      BIGINT NOT NULL,
  terminal_id      TEXT NOT NULL,
  return_id        TEXT NOT NULL,
  sale_terminal_id TEXT NOT NULL,
  sale_id          TEXT NOT NULL,
  quantity_milli   BIGINT NOT NULL CHECK (quantity_milli >= 1),
  PRIMARY KEY (store_code, grant_id, line_number)
)`;

/** Grants cap what comes back of each line too. */
export const grantedGoods: Migration = {
  version: 12,
  statements: [
    lines,
    "CREATE INDEX refund_grant_lines_of_sale ON refund_grant_lines (store_code, sale_terminal_id, sale_id)",
    // Whether a grant ended with its refund; those of before had no goods.
    "ALTER TABLE refund_grant_ends ADD COLUMN by_refund BIGINT NOT NULL DEFAULT 0",
  ],
};
