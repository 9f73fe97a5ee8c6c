import type { Migration } from "../migrate.ts";

/**
 * The bodies of an upload packed together (journal/packed-bodies.ts), and where each entry's body lies among them once they are
 * unpacked. An entry without a place has its body in its own row, as all had before.
 */
export const packedBodies: Migration = {
  version: 15,
  statements: [
    `CREATE TABLE upload_bodies (
       store_code  TEXT NOT NULL,
       terminal_id TEXT NOT NULL,
       batch       BIGINT NOT NULL,
       packed      BYTEA NOT NULL,
       PRIMARY KEY (store_code, terminal_id, batch)
     )`,
    "ALTER TABLE journal_events ADD COLUMN body_at BIGINT",
    "ALTER TABLE journal_events ADD COLUMN body_length BIGINT",
  ],
};
