import type { Migration } from "../migrate.ts";

// What tills are told. `value` is the row's JSON, null where the row is gone; `search` is what a person looks it up by.
const rows = `
CREATE TABLE feed_rows (
  store_code TEXT NOT NULL,
  scope      TEXT NOT NULL,
  kind       TEXT NOT NULL,
  id         TEXT NOT NULL,
  rev        BIGINT NOT NULL,
  value      TEXT,
  search     TEXT NOT NULL,
  changed_ms BIGINT NOT NULL,
  PRIMARY KEY (store_code, scope, kind, id)
)`;

// One row a feed: its lock is the feed's. `pruned_rev` is the newest tombstone that was ever taken away.
const counts = `
CREATE TABLE feed_counts (
  store_code TEXT NOT NULL,
  scope      TEXT NOT NULL,
  live       BIGINT NOT NULL CHECK (live >= 0),
  pruned_rev BIGINT NOT NULL,
  PRIMARY KEY (store_code, scope)
)`;

// How far each till has read, and the feed's head when it last began from nothing.
const readers = `
CREATE TABLE feed_readers (
  store_code    TEXT NOT NULL,
  terminal_id   TEXT NOT NULL,
  scope         TEXT NOT NULL,
  snapshot_head BIGINT NOT NULL,
  asked_after   BIGINT NOT NULL,
  asked_ms      BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, scope)
)`;

const barcodes = `
CREATE TABLE item_barcodes (
  store_code TEXT NOT NULL,
  barcode    TEXT NOT NULL,
  item_id    TEXT NOT NULL,
  PRIMARY KEY (store_code, barcode)
)`;

/** The feeds of every shop and what keeps a barcode with one item. */
export const feedTables: Migration = {
  version: 3,
  statements: [
    rows,
    "CREATE UNIQUE INDEX feed_rows_by_rev ON feed_rows (store_code, scope, rev)",
    "CREATE INDEX feed_tombstones ON feed_rows (store_code, scope, changed_ms) WHERE value IS NULL",
    ...[counts, readers, barcodes],
    "CREATE INDEX item_barcodes_by_item ON item_barcodes (store_code, item_id)",
    // Sales of all shops, newest first.
    "CREATE INDEX sales_by_time ON sales (business_date, completed_at, sale_id)",
  ],
};
