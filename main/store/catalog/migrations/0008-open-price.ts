import type { Migration } from "../../migrate.ts";

// Goods whose price is typed as they are rung up, and between what; null for no limit on that side.
const sql = `
ALTER TABLE items ADD COLUMN is_open_price INTEGER NOT NULL DEFAULT 0 CHECK (is_open_price IN (0, 1));
ALTER TABLE items ADD COLUMN min_price_fen INTEGER CHECK (min_price_fen BETWEEN 1 AND 1000000000);
ALTER TABLE items ADD COLUMN max_price_fen INTEGER CHECK (max_price_fen BETWEEN 1 AND 1000000000);
`;

/** What goods with an open price need. */
export const openPriceTables: Migration = { version: 7, sql };
