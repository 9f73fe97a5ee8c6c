import type { Migration } from "../migrate.ts";

// Payments that customers' phones carry (docs/CARRIED.md): one row per number, with the gateway's side and the till's word.
// Not built from the journals: what the gateway said is in no till's entry. `turn` is counted up by whoever holds the row.
const orders = `
CREATE TABLE carried_orders (
  store_code     TEXT NOT NULL,
  out_trade_no   TEXT NOT NULL,
  terminal_id    TEXT NOT NULL,
  amount_fen     BIGINT NOT NULL,
  lines_fen      BIGINT NOT NULL,
  line_count     BIGINT NOT NULL,
  nonce          TEXT NOT NULL,
  secret_id      TEXT NOT NULL,
  money          TEXT NOT NULL
    CHECK (money IN ('none', 'open', 'closing', 'closed', 'paid', 'refunding', 'refunded')),
  till           TEXT NOT NULL CHECK (till IN ('silent', 'sold', 'abandoned')),
  made_ms        BIGINT NOT NULL,
  opened_ms      BIGINT,
  expires_ms     BIGINT,
  paid_ms        BIGINT,
  transaction_id TEXT,
  phase_ms       BIGINT NOT NULL,
  next_ms        BIGINT,
  asked_ms       BIGINT NOT NULL DEFAULT 0,
  lease_ms       BIGINT NOT NULL DEFAULT 0,
  told_epoch     TEXT,
  told_seq       BIGINT,
  told_fen       BIGINT,
  told_ms        BIGINT,
  trouble        TEXT NOT NULL DEFAULT '',
  refused_pages  BIGINT NOT NULL DEFAULT 0,
  turn           BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (store_code, out_trade_no)
)`;

// Of each till the last two, for what its display still shows after it has made a new one.
const secrets = `
CREATE TABLE carried_secrets (
  store_code        TEXT NOT NULL,
  terminal_id       TEXT NOT NULL,
  till_public_key   TEXT NOT NULL,
  office_public_key TEXT NOT NULL,
  secret_id         TEXT NOT NULL,
  secret            BYTEA NOT NULL,
  made_ms           BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, till_public_key)
)`;

// Proofs that a till did not take, by its journal; built again with the other projections.
const refusals = `
CREATE TABLE carried_refusals (
  store_code   TEXT NOT NULL,
  terminal_id  TEXT NOT NULL,
  epoch        TEXT NOT NULL,
  seq          BIGINT NOT NULL,
  out_trade_no TEXT NOT NULL,
  why          TEXT NOT NULL,
  noticed_ms   BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, epoch, seq)
)`;

/** Payments carried by customers. */
export const carriedOrderTables: Migration = {
  version: 13,
  statements: [
    ...[orders, secrets, refusals],
    "CREATE INDEX carried_orders_due ON carried_orders (next_ms) WHERE next_ms IS NOT NULL",
    // A notification names the number alone.
    "CREATE INDEX carried_orders_by_number ON carried_orders (out_trade_no)",
    "CREATE INDEX carried_orders_waiting ON carried_orders (money, till)",
    "CREATE INDEX carried_refusals_newest ON carried_refusals (noticed_ms)",
  ],
};
