import type { Migration } from "../migrate.ts";

// Money is whole fen, quantities thousandths, times milliseconds since 1970. What a till wrote keeps its own spelling
// (RFC 3339 with the shop's offset). Keys start with the shard column.
const office = `
CREATE TABLE office (
  id          BIGINT PRIMARY KEY CHECK (id = 1),
  name        TEXT NOT NULL,
  public_key  TEXT NOT NULL,
  private_key BYTEA NOT NULL
)`;

const shops = `
CREATE TABLE shops (
  store_code TEXT PRIMARY KEY,
  name_zh    TEXT NOT NULL,
  name_en    TEXT NOT NULL
)`;

const feedHeads = `
CREATE TABLE feed_heads (
  store_code TEXT NOT NULL,
  scope      TEXT NOT NULL,
  rev        BIGINT NOT NULL CHECK (rev >= 1),
  PRIMARY KEY (store_code, scope)
)`;

const terminals = `
CREATE TABLE terminals (
  store_code   TEXT NOT NULL,
  terminal_id  TEXT NOT NULL,
  public_key   TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('active', 'revoked')),
  enrolled_ms  BIGINT NOT NULL,
  revoked_ms   BIGINT,
  last_seen_ms BIGINT NOT NULL,
  epoch_count  BIGINT NOT NULL DEFAULT 0,
  batch_count  BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (store_code, terminal_id)
)`;

// One code of a terminal at a time: a new one replaces it. Only its hash is kept.
const enrolmentCodes = `
CREATE TABLE enrolment_codes (
  store_code   TEXT NOT NULL,
  terminal_id  TEXT NOT NULL,
  code_hash    TEXT NOT NULL,
  expires_ms   BIGINT NOT NULL,
  replaces     BIGINT NOT NULL CHECK (replaces IN (0, 1)),
  failed_tries BIGINT NOT NULL DEFAULT 0,
  used_by_key  TEXT,
  PRIMARY KEY (store_code, terminal_id)
)`;

const nonces = `
CREATE TABLE nonces (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  nonce       TEXT NOT NULL,
  expires_ms  BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, nonce)
)`;

// How far each epoch is held; ordinal is the order in which they were begun.
const epochs = `
CREATE TABLE epochs (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  epoch       TEXT NOT NULL,
  ordinal     BIGINT NOT NULL,
  seq         BIGINT NOT NULL CHECK (seq >= 0),
  hash        TEXT NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (store_code, terminal_id, epoch)
)`;

const entryColumns = `
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  epoch       TEXT NOT NULL,
  seq         BIGINT NOT NULL CHECK (seq >= 1),
  kind        TEXT NOT NULL,
  v           BIGINT NOT NULL,
  at_wall     TEXT NOT NULL,
  at_mono     DOUBLE PRECISION NOT NULL,
  body        BYTEA NOT NULL,
  prev        TEXT NOT NULL CHECK (length(prev) = 64),
  hash        TEXT NOT NULL CHECK (length(hash) = 64),
  sig         TEXT,
  received_ms BIGINT NOT NULL`;

// Never changed and never pruned. The body is the exact bytes that were hashed: a JSON type would reorder keys. Batches of
// a terminal are counted in the order they were taken in: what is built from the entries can be built again in it.
const events = `
CREATE TABLE journal_events (${entryColumns},
  batch       BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, epoch, seq)
)`;

// What revoked tills sent: kept whole, in no total, until a person looks.
const quarantine = `
CREATE TABLE quarantined_entries (${entryColumns},
  PRIMARY KEY (store_code, terminal_id, epoch, seq, hash)
)`;

const reviewItems = `
CREATE TABLE review_items (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  epoch       TEXT NOT NULL,
  seq         BIGINT NOT NULL,
  reason      TEXT NOT NULL,
  detail      TEXT NOT NULL,
  noticed_ms  BIGINT NOT NULL,
  settled_ms  BIGINT,
  settled_by  TEXT,
  PRIMARY KEY (store_code, terminal_id, epoch, seq, reason)
)`;

/** The journal, who may add to it, and what stands beside it. */
export const journalTables: Migration = {
  version: 1,
  statements: [
    ...[office, shops, feedHeads, terminals, enrolmentCodes, nonces],
    "CREATE INDEX nonces_by_expiry ON nonces (expires_ms)",
    ...[epochs, events, quarantine, reviewItems],
    "CREATE INDEX events_by_batch ON journal_events (store_code, terminal_id, batch, seq)",
  ],
};
