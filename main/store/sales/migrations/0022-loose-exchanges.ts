import type { Migration } from "../../migrate.ts";

// Goods without a receipt that were exchanged: which sale of new goods they paid for, as of `returns`.
const sql = `
ALTER TABLE loose_returns ADD COLUMN exchange_sale_id TEXT REFERENCES sales (sale_id);
CREATE UNIQUE INDEX loose_return_of_exchange ON loose_returns (exchange_sale_id) WHERE exchange_sale_id IS NOT NULL;
`;

/** Exchanges of goods without a receipt. */
export const looseExchangeColumn: Migration = { version: 22, sql };
