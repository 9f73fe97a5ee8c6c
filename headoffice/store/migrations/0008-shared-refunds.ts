import type { Migration } from "../migrate.ts";

// Word given to a till that it may give so much back. It counts until its end is told, by a refund that names it or by the
// till's word that none was made; nothing here is ever changed but whether a relay's grant has reached head office.
const grants = `
CREATE TABLE refund_grants (
  store_code       TEXT NOT NULL,
  grant_id         TEXT NOT NULL,
  terminal_id      TEXT NOT NULL,
  sale_terminal_id TEXT NOT NULL,
  sale_id          TEXT NOT NULL,
  tender_id        TEXT NOT NULL,
  amount_fen       BIGINT NOT NULL CHECK (amount_fen >= 1),
  granted_ms       BIGINT NOT NULL,
  by_relay         BIGINT NOT NULL CHECK (by_relay IN (0, 1)),
  is_brought       BIGINT NOT NULL DEFAULT 0 CHECK (is_brought IN (0, 1)),
  PRIMARY KEY (store_code, grant_id)
)`;

// Built from the journals, and again by `rebuild`.
const ends = `
CREATE TABLE refund_grant_ends (
  store_code  TEXT NOT NULL,
  terminal_id TEXT NOT NULL,
  grant_id    TEXT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, grant_id)
)`;

/** Refunds of one sale by several tills: what they were granted, and whose sale each refund is of. */
export const sharedRefunds: Migration = {
  version: 8,
  statements: [
    ...[grants, ends],
    "CREATE INDEX refund_grants_of_sale ON refund_grants (store_code, sale_terminal_id, sale_id)",
    // Until now a till gave back its own sales alone.
    "ALTER TABLE refunds ADD COLUMN sale_terminal_id TEXT NOT NULL DEFAULT ''",
    "UPDATE refunds SET sale_terminal_id = terminal_id",
    "CREATE INDEX refunds_of_sale ON refunds (store_code, sale_terminal_id, sale_id)",
  ],
};
