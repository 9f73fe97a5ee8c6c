import type { Migration } from "../../migrate.ts";

// The catalogue as head office sends it: its checkpoint lies beside the rows it stands for. A snapshot gives every row its
// run; whatever has another one when it ends is gone at head office.
const sql = `
CREATE TABLE feed (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  rev         INTEGER NOT NULL CHECK (rev >= 0),
  run         INTEGER NOT NULL CHECK (run >= 1),
  is_snapshot INTEGER NOT NULL CHECK (is_snapshot IN (0, 1))
) STRICT;
INSERT INTO feed (id, rev, run, is_snapshot) VALUES (1, 0, 1, 1);
ALTER TABLE items ADD COLUMN feed_run INTEGER NOT NULL DEFAULT 0;
ALTER TABLE categories ADD COLUMN feed_run INTEGER NOT NULL DEFAULT 0;
CREATE INDEX items_by_run ON items (feed_run);

CREATE TABLE price_changes (
  sku           TEXT NOT NULL,
  valid_from_ms INTEGER NOT NULL,
  price_fen     INTEGER NOT NULL CHECK (price_fen BETWEEN 0 AND 1000000000),
  PRIMARY KEY (sku, valid_from_ms)
) STRICT, WITHOUT ROWID;
CREATE INDEX price_changes_by_time ON price_changes (valid_from_ms);
`;

/** What a catalogue fed by head office needs. */
export const feedTables: Migration = { version: 2, sql };
