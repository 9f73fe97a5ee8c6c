import type { Migration } from "../../migrate.ts";

// Goods whose price is typed as they are rung up, and between what; null for no limit on that side. No CHECK: adding one
// would read every item of a full catalogue.
const sql = `
ALTER TABLE items ADD COLUMN is_open_price INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN min_price_fen INTEGER;
ALTER TABLE items ADD COLUMN max_price_fen INTEGER;
`;

/** What goods with an open price need. */
export const openPriceTables: Migration = { version: 8, sql };
