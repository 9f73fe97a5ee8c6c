import type { Migration } from "../../migrate.ts";

// Promotions of this till, each a JSON text of contract/promotion; one that has ended stays, so that its id is not used again.
const sql = `
CREATE TABLE promotions (
  promotion_id TEXT PRIMARY KEY,
  place        INTEGER NOT NULL,
  body         TEXT NOT NULL CHECK (length(body) <= 65536),
  ended_at_ms  INTEGER
) STRICT, WITHOUT ROWID;
`;

/** What a manager's promotions need. */
export const promotionTables: Migration = { version: 4, sql };
