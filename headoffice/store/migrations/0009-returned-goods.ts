import type { Migration } from "../migrate.ts";

// Goods that came back, by line of the sale they were of. Built from the journals, and again by `rebuild`.
const lines = `
CREATE TABLE returned_lines (
  store_code       TEXT NOT NULL,
  terminal_id      TEXT NOT NULL,
  return_id        TEXT NOT NULL,
  line_number      BIGINT NOT NULL,
  sale_terminal_id TEXT NOT NULL,
  sale_id          TEXT NOT NULL,
  sku              TEXT,
  quantity_milli   BIGINT NOT NULL CHECK (quantity_milli >= 1),
  worth_fen        BIGINT NOT NULL,
  goods_condition  TEXT NOT NULL,
  business_date    TEXT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, return_id, line_number)
)`;

/** What came back of which sale, and in what condition. */
export const returnedGoods: Migration = {
  version: 9,
  statements: [lines, "CREATE INDEX returned_lines_of_sale ON returned_lines (store_code, sale_terminal_id, sale_id)"],
};
