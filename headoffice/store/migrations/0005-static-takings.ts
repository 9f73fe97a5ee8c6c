import type { Migration } from "../migrate.ts";

// What was before had no such tender: its days are right with nothing. Sales of the second version that came before this
// step are on the review list; `rebuild` reads them.
const column = "static_code_fen BIGINT NOT NULL DEFAULT 0";

/** Money paid to the shops' printed codes, in the days of both sides, and what the tills say became of each payment. */
export const staticTakings: Migration = {
  version: 5,
  statements: [
    `ALTER TABLE day_totals ADD COLUMN ${column}`,
    `ALTER TABLE till_days ADD COLUMN ${column}`,
    // Of a static-code tender: open, matched (with its transaction_id) or never-received; null of all others.
    "ALTER TABLE tenders ADD COLUMN taking TEXT",
    "CREATE INDEX tenders_unverified ON tenders (store_code, terminal_id) WHERE taking = 'open'",
  ],
};
