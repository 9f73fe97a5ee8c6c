import type { Migration } from "../../migrate.ts";

// The watermark was one number while there was one epoch; each epoch has its own now. Entries from `forked_at` on are
// not the ones head office has under these keys: they go to its quarantine.
const sql = `
CREATE TABLE sync_positions (
  epoch       TEXT PRIMARY KEY,
  hq_acked    INTEGER NOT NULL DEFAULT 0 CHECK (hq_acked >= 0),
  hq_hash     BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(hq_hash) = 32),
  relay_acked INTEGER NOT NULL DEFAULT 0 CHECK (relay_acked >= 0),
  forked_at   INTEGER CHECK (forked_at >= 1)
) STRICT, WITHOUT ROWID;
INSERT INTO sync_positions (epoch) SELECT epoch FROM journal GROUP BY epoch;
INSERT OR IGNORE INTO sync_positions (epoch) SELECT epoch FROM meta;
UPDATE sync_positions SET
  hq_acked = (SELECT hq_acked FROM meta), relay_acked = (SELECT relay_acked FROM meta),
  hq_hash = coalesce((SELECT hash FROM journal WHERE journal.epoch = sync_positions.epoch
    AND seq = (SELECT hq_acked FROM meta)), zeroblob(32))
WHERE epoch = (SELECT epoch FROM meta);
ALTER TABLE meta DROP COLUMN hq_acked;
ALTER TABLE meta DROP COLUMN relay_acked;
-- The highest sale number known to be given before this file was restored: never given again.
ALTER TABLE meta ADD COLUMN sale_number_floor INTEGER NOT NULL DEFAULT 0 CHECK (sale_number_floor >= 0);

-- Ed25519 of the terminal, on entries it vouches for.
ALTER TABLE journal ADD COLUMN sig BLOB CHECK (length(sig) = 64);

CREATE TABLE sync_state (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  office_key        TEXT,
  office_name       TEXT,
  people_rev        INTEGER NOT NULL DEFAULT 0 CHECK (people_rev >= 0),
  settings_rev      INTEGER NOT NULL DEFAULT 0 CHECK (settings_rev >= 0),
  last_agreed_at_ms INTEGER,
  alarm_kind        TEXT CHECK (alarm_kind IN ('fork', 'tail-lost', 'broken-chain')),
  alarm_at_ms       INTEGER,
  alarm_epoch       TEXT,
  alarm_seq         INTEGER,
  CHECK ((office_key IS NULL) = (office_name IS NULL)),
  CHECK ((alarm_kind IS NULL) = (alarm_at_ms IS NULL) AND (alarm_kind IS NULL) = (alarm_epoch IS NULL)
     AND (alarm_kind IS NULL) = (alarm_seq IS NULL))
) STRICT;
INSERT INTO sync_state (id) VALUES (1);

-- What head office holds of this till and this file does not: kept for the record, added up nowhere.
CREATE TABLE lost_entries (
  epoch TEXT NOT NULL,
  seq   INTEGER NOT NULL CHECK (seq >= 1),
  entry TEXT NOT NULL CHECK (json_valid(entry)),
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- How far they are known, each set in the transaction of the epoch they led to.
CREATE TABLE lost_epochs (
  epoch   TEXT PRIMARY KEY,
  through INTEGER NOT NULL CHECK (through >= 1)
) STRICT, WITHOUT ROWID;

-- A business day as both sides last told it.
CREATE TABLE agreement_days (
  business_date  TEXT PRIMARY KEY,
  here           TEXT NOT NULL CHECK (json_valid(here)),
  there          TEXT CHECK (json_valid(there)),
  compared_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office_settings (
  path  TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

ALTER TABLE cashiers ADD COLUMN is_office INTEGER NOT NULL DEFAULT 0 CHECK (is_office IN (0, 1));
ALTER TABLE cashiers ADD COLUMN is_removed INTEGER NOT NULL DEFAULT 0 CHECK (is_removed IN (0, 1));
`;

/** What keeps till and head office together. */
export const syncTables: Migration = { version: 6, sql };
