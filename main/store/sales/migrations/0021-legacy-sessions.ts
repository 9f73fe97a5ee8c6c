import type { Migration } from "../../migrate.ts";

// What old tills asked for. A row is there before the first byte leaves for the gateway, so a request that comes again
// after a power cut finds it; and the file itself refuses to charge one number of the old till twice. Such numbers may begin
// anew every day, so the day the old till gave stands beside them.
const sql = `
CREATE TABLE legacy_sessions (
  position       INTEGER PRIMARY KEY,
  session_id     TEXT NOT NULL UNIQUE,
  category       TEXT NOT NULL CHECK (category IN ('Payment', 'Reversal')),
  sale_system    TEXT NOT NULL CHECK (length(sale_system) BETWEEN 1 AND 32),
  service_id     TEXT NOT NULL CHECK (length(service_id) BETWEEN 1 AND 10),
  poi_id         TEXT NOT NULL CHECK (length(poi_id) BETWEEN 1 AND 32),
  transaction_id TEXT NOT NULL CHECK (length(transaction_id) BETWEEN 1 AND 64),
  transaction_at TEXT NOT NULL,
  amount_fen     INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  request_hash   TEXT NOT NULL CHECK (length(request_hash) = 64),
  sale_id        TEXT NOT NULL,
  door           TEXT NOT NULL CHECK (door IN ('https', 'serial', 'drop-folder')),
  peer           TEXT NOT NULL,
  begun_at_ms    INTEGER NOT NULL,
  outcome        TEXT CHECK (outcome IN ('done', 'not-done')),
  answer         TEXT CHECK (json_valid(answer)),
  ended_at_ms    INTEGER,
  CHECK ((outcome IS NULL) = (answer IS NULL) AND (outcome IS NULL) = (ended_at_ms IS NULL))
) STRICT;
CREATE INDEX legacy_of_service ON legacy_sessions (sale_system, service_id, position);
CREATE INDEX open_legacy ON legacy_sessions (position) WHERE outcome IS NULL;
CREATE UNIQUE INDEX one_payment_of_a_sale ON legacy_sessions (sale_id) WHERE category = 'Payment';
CREATE UNIQUE INDEX one_charge_of_a_transaction ON legacy_sessions (sale_system, transaction_id, substr(transaction_at, 1, 10))
  WHERE category = 'Payment' AND (outcome IS NULL OR outcome = 'done');
CREATE INDEX legacy_of_transaction ON legacy_sessions (sale_system, transaction_id, position) WHERE category = 'Payment';

CREATE TRIGGER an_answered_legacy_session_stays BEFORE UPDATE ON legacy_sessions
WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was answered stays answered'); END;
CREATE TRIGGER a_legacy_session_is_never_forgotten BEFORE DELETE ON legacy_sessions
BEGIN SELECT RAISE(ABORT, 'what an old till asked for stays for ever'); END;
`;

/** Requests of old tills about money. */
export const legacyTables: Migration = { version: 21, sql };
