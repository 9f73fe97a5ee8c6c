import type { Migration } from "../migrate.ts";

// Head office's own people belong to no shop: small tables that a sharded engine keeps whole on every node.
const people = `
CREATE TABLE office_people (
  name          TEXT PRIMARY KEY,
  role          TEXT NOT NULL CHECK (role IN ('admin', 'viewer')),
  password_hash TEXT NOT NULL,
  must_change   BIGINT NOT NULL CHECK (must_change IN (0, 1)),
  changed_ms    BIGINT NOT NULL
)`;

// Only the hash of a session's token is kept: who reads the database cannot become anybody.
const sessions = `
CREATE TABLE office_sessions (
  token_hash TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  began_ms   BIGINT NOT NULL,
  seen_ms    BIGINT NOT NULL
)`;

const failures = `
CREATE TABLE sign_in_failures (
  subject  TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  last_ms  BIGINT NOT NULL
)`;

const deeds = `
CREATE TABLE office_deeds (
  deed_id    TEXT PRIMARY KEY,
  at_ms      BIGINT NOT NULL,
  name       TEXT NOT NULL,
  deed       TEXT NOT NULL,
  store_code TEXT NOT NULL,
  detail     TEXT NOT NULL
)`;

/** Who may look and change, and what they did. */
export const peopleTables: Migration = {
  version: 4,
  statements: [
    people,
    sessions,
    "CREATE INDEX office_sessions_of ON office_sessions (name)",
    ...[failures, deeds],
    "CREATE INDEX office_deeds_by_time ON office_deeds (at_ms)",
  ],
};
