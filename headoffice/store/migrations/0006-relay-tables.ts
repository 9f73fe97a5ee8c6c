import type { Migration } from "../migrate.ts";

// Keys a till ever had: a relay may bring what a till signed before it got another.
const keys = `
CREATE TABLE terminal_keys (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  public_key  TEXT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, public_key)
)`;

// A relay's own: who it is, and whose.
const relay = `
CREATE TABLE relay (
  id          BIGINT PRIMARY KEY CHECK (id = 1),
  relay_key   TEXT NOT NULL,
  upstream    TEXT NOT NULL,
  office_key  TEXT NOT NULL,
  certificate TEXT
)`;

// A relay's shelf: uploads as they came (gzip of JSON), until head office has them. Nothing here is ever changed but where
// it goes; the same upload again is the same row.
const batches = `
CREATE TABLE relay_batches (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  batch       BIGINT NOT NULL,
  epoch       TEXT NOT NULL,
  first_seq   BIGINT NOT NULL CHECK (first_seq >= 1),
  last_seq    BIGINT NOT NULL CHECK (last_seq >= first_seq),
  last_hash   TEXT NOT NULL CHECK (length(last_hash) = 64),
  body        BYTEA NOT NULL,
  kept_ms     BIGINT NOT NULL,
  goes_to     TEXT NOT NULL DEFAULT 'journal' CHECK (goes_to IN ('journal', 'quarantine')),
  PRIMARY KEY (store_code, terminal_id, batch)
)`;

/** A shop's relay, at head office and at itself. */
export const relayTables: Migration = {
  version: 6,
  statements: [
    "ALTER TABLE terminals ADD COLUMN role TEXT NOT NULL DEFAULT 'till' CHECK (role IN ('till', 'relay'))",
    "ALTER TABLE enrolment_codes ADD COLUMN role TEXT NOT NULL DEFAULT 'till' CHECK (role IN ('till', 'relay'))",
    keys,
    `INSERT INTO terminal_keys (store_code, terminal_id, public_key)
     SELECT store_code, terminal_id, public_key FROM terminals`,
    ...[relay, batches],
    `CREATE UNIQUE INDEX relay_batches_once ON relay_batches
       (store_code, terminal_id, epoch, first_seq, last_seq, last_hash)`,
  ],
};
