import type { Migration } from "../../migrate.ts";

// A third kind of tender: paid to the shop's printed code, by the cashier's word. SQLite changes no CHECK in place, so the
// tables whose CHECKs name kinds and sums are made again, row by row; no row of the journal is touched, so no hash changes.
//
// Refunds point to `tenders`, and this runs with foreign keys on (they cannot be turned off inside a transaction): with
// them deferred, emptying the table breaks them and filling it mends them, and the commit checks that it did. It is made
// anew under its own name instead of renamed, because a rename would be refused while triggers name what is not there.
const sql = `
PRAGMA defer_foreign_keys = ON;

CREATE TABLE tenders_before AS SELECT * FROM tenders;
DROP TABLE tenders;
CREATE TABLE tenders (
  number         INTEGER NOT NULL REFERENCES sales (number),
  tender_id      TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL CHECK (kind IN ('cash', 'wechat', 'static-code')),
  amount_fen     INTEGER NOT NULL CHECK (amount_fen BETWEEN 0 AND 1000000000),
  received_fen   INTEGER CHECK (received_fen >= amount_fen),
  change_fen     INTEGER CHECK (change_fen = received_fen - amount_fen),
  out_trade_no   TEXT UNIQUE REFERENCES attempts (out_trade_no),
  transaction_id TEXT,
  PRIMARY KEY (number, tender_id),
  CHECK ((kind = 'cash') = (received_fen IS NOT NULL) AND (kind = 'wechat') = (out_trade_no IS NOT NULL)),
  -- What it was matched with stands in static_takings: the sale keeps what was known when it was sold.
  CHECK (kind = 'wechat' OR transaction_id IS NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO tenders
    (number, tender_id, kind, amount_fen, received_fen, change_fen, out_trade_no, transaction_id)
  SELECT number, tender_id, kind, amount_fen, received_fen, change_fen, out_trade_no, transaction_id
  FROM tenders_before;
DROP TABLE tenders_before;
CREATE INDEX tenders_of_transaction ON tenders (transaction_id) WHERE transaction_id IS NOT NULL;

CREATE TABLE day_totals_next (
  business_date         TEXT PRIMARY KEY,
  sale_count            INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_fen             INTEGER NOT NULL CHECK (sales_fen >= 0),
  cash_fen              INTEGER NOT NULL CHECK (cash_fen >= 0),
  wechat_fen            INTEGER NOT NULL CHECK (wechat_fen >= 0),
  static_code_fen       INTEGER NOT NULL CHECK (static_code_fen >= 0),
  discount_fen          INTEGER NOT NULL CHECK (discount_fen >= 0),
  refund_count          INTEGER NOT NULL DEFAULT 0 CHECK (refund_count >= 0),
  refund_cash_fen       INTEGER NOT NULL DEFAULT 0 CHECK (refund_cash_fen >= 0),
  refund_wechat_fen     INTEGER NOT NULL DEFAULT 0 CHECK (refund_wechat_fen >= 0),
  returned_charge_count INTEGER NOT NULL DEFAULT 0 CHECK (returned_charge_count >= 0),
  returned_charge_fen   INTEGER NOT NULL DEFAULT 0 CHECK (returned_charge_fen >= 0),
  CHECK (cash_fen + wechat_fen + static_code_fen = sales_fen)
) STRICT, WITHOUT ROWID;
INSERT INTO day_totals_next (business_date, sale_count, sales_fen, cash_fen, wechat_fen, static_code_fen, discount_fen,
    refund_count, refund_cash_fen, refund_wechat_fen, returned_charge_count, returned_charge_fen)
  SELECT business_date, sale_count, sales_fen, cash_fen, wechat_fen, 0, discount_fen,
    refund_count, refund_cash_fen, refund_wechat_fen, returned_charge_count, returned_charge_fen FROM day_totals;
DROP TABLE day_totals;
ALTER TABLE day_totals_next RENAME TO day_totals;

CREATE TABLE shift_totals_next (
  shift_id          TEXT PRIMARY KEY REFERENCES shifts (shift_id),
  sale_count        INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_fen         INTEGER NOT NULL CHECK (sales_fen >= 0),
  cash_fen          INTEGER NOT NULL CHECK (cash_fen >= 0),
  wechat_fen        INTEGER NOT NULL CHECK (wechat_fen >= 0),
  static_code_fen   INTEGER NOT NULL CHECK (static_code_fen >= 0),
  discount_fen      INTEGER NOT NULL CHECK (discount_fen >= 0),
  refund_count      INTEGER NOT NULL DEFAULT 0 CHECK (refund_count >= 0),
  refund_cash_fen   INTEGER NOT NULL DEFAULT 0 CHECK (refund_cash_fen >= 0),
  refund_wechat_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_wechat_fen >= 0),
  CHECK (cash_fen + wechat_fen + static_code_fen = sales_fen)
) STRICT, WITHOUT ROWID;
INSERT INTO shift_totals_next (shift_id, sale_count, sales_fen, cash_fen, wechat_fen, static_code_fen, discount_fen,
    refund_count, refund_cash_fen, refund_wechat_fen)
  SELECT shift_id, sale_count, sales_fen, cash_fen, wechat_fen, 0, discount_fen,
    refund_count, refund_cash_fen, refund_wechat_fen FROM shift_totals;
DROP TABLE shift_totals;
ALTER TABLE shift_totals_next RENAME TO shift_totals;

-- What a manager has found out about each taking. An end is the last word: it is never changed or forgotten.
CREATE TABLE static_takings (
  position       INTEGER PRIMARY KEY,
  tender_id      TEXT NOT NULL UNIQUE REFERENCES tenders (tender_id),
  state          TEXT NOT NULL CHECK (state IN ('open', 'matched', 'never-received')),
  -- One payment is one taking.
  transaction_id TEXT UNIQUE CHECK (length(transaction_id) BETWEEN 1 AND 32),
  reason         TEXT,
  handled_at     TEXT,
  handled_by     TEXT,
  CHECK ((state = 'matched') = (transaction_id IS NOT NULL)),
  CHECK ((state = 'never-received') = (reason IS NOT NULL)),
  CHECK ((state = 'open') = (handled_at IS NULL) AND (state = 'open') = (handled_by IS NULL))
) STRICT;
CREATE INDEX open_static_takings ON static_takings (position) WHERE state = 'open';
CREATE TRIGGER static_taking_ends_once BEFORE UPDATE ON static_takings WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'what became of a taking is said once'); END;
CREATE TRIGGER static_taking_is_never_forgotten BEFORE DELETE ON static_takings
BEGIN SELECT RAISE(ABORT, 'a taking is never forgotten'); END;

-- Days compared before are as they were: nothing was taken by a static code on them, on either side.
UPDATE agreement_days SET here = json_set(here, '$.staticCodeFen', 0),
  there = iif(there IS NULL, NULL, json_set(there, '$.staticCodeFen', 0));
`;

/** Payments to the shop's printed code: their sums, and what became of each. */
export const staticTakingTables: Migration = { version: 7, sql };
