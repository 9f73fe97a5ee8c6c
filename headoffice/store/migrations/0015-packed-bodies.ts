import type { Migration } from "../migrate.ts";

/** How each entry's body lies there (journal/packed-body.ts). Those of before lie as they came. */
export const packedBodies: Migration = {
  version: 15,
  statements: [
    "ALTER TABLE journal_events ADD COLUMN packing BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE quarantined_entries ADD COLUMN packing BIGINT NOT NULL DEFAULT 0",
  ],
};
