import type { Migration } from "../../migrate.ts";

// A refund may now be of another till's sale, whose rows are not here: it points to what was told of it. SQLite changes no
// column in place, so the table is made again, with its doors, under its own name (0007 says why).
const sql = `
PRAGMA defer_foreign_keys = ON;

CREATE TABLE other_sales (
  sale_id     TEXT PRIMARY KEY,
  terminal_id TEXT NOT NULL,
  sale_number TEXT NOT NULL,
  body        TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

CREATE TABLE other_tenders (
  tender_id  TEXT PRIMARY KEY,
  sale_id    TEXT NOT NULL REFERENCES other_sales (sale_id),
  amount_fen INTEGER NOT NULL CHECK (amount_fen BETWEEN 0 AND 1000000000)
) STRICT, WITHOUT ROWID;

-- Asked for, and no end told yet. A row leaves with the refund that uses it or the entry that gives it back.
CREATE TABLE open_grants (
  grant_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Whose receipts are the shop's, as head office last told.
CREATE TABLE shop_tills (
  terminal_id TEXT PRIMARY KEY,
  public_keys TEXT NOT NULL CHECK (json_valid(public_keys)),
  is_revoked  INTEGER NOT NULL CHECK (is_revoked IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE refunds_before AS SELECT * FROM refunds;
DROP TABLE refunds;
CREATE TABLE refunds (
  position        INTEGER PRIMARY KEY,
  refund_no       TEXT NOT NULL UNIQUE,
  sale_id         TEXT REFERENCES sales (sale_id),
  tender_id       TEXT REFERENCES tenders (tender_id),
  other_sale_id   TEXT REFERENCES other_sales (sale_id),
  other_tender_id TEXT REFERENCES other_tenders (tender_id),
  out_trade_no    TEXT REFERENCES attempts (out_trade_no),
  kind            TEXT NOT NULL CHECK (kind IN ('cash', 'wechat', 'charge')),
  state           TEXT NOT NULL CHECK (state IN
    ('requested', 'sent', 'unknown', 'processing', 'abnormal', 'succeeded', 'closed', 'refused')),
  amount_fen      INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  requested_at_ms INTEGER NOT NULL,
  body            TEXT NOT NULL CHECK (json_valid(body)),
  CHECK (kind <> 'cash' OR state = 'succeeded'),
  CHECK ((kind = 'charge') = (out_trade_no IS NOT NULL)),
  -- Of this till's sale, or of another's, or of none.
  CHECK ((sale_id IS NOT NULL) + (other_sale_id IS NOT NULL) + (out_trade_no IS NOT NULL) = 1),
  CHECK ((sale_id IS NULL) = (tender_id IS NULL) AND (other_sale_id IS NULL) = (other_tender_id IS NULL))
) STRICT;
INSERT INTO refunds
    (position, refund_no, sale_id, tender_id, out_trade_no, kind, state, amount_fen, requested_at_ms, body)
  SELECT position, refund_no, sale_id, tender_id, out_trade_no, kind, state, amount_fen, requested_at_ms, body
  FROM refunds_before;
DROP TABLE refunds_before;

CREATE INDEX refunds_of_sale ON refunds (sale_id);
CREATE INDEX refunds_of_tender ON refunds (tender_id);
CREATE INDEX refunds_of_other_sale ON refunds (other_sale_id) WHERE other_sale_id IS NOT NULL;
CREATE INDEX refunds_of_other_tender ON refunds (other_tender_id) WHERE other_tender_id IS NOT NULL;
CREATE INDEX refunds_of_charge ON refunds (out_trade_no) WHERE kind = 'charge';
CREATE INDEX unfinished_refunds ON refunds (position) WHERE state NOT IN ('succeeded', 'closed', 'refused');
CREATE UNIQUE INDEX charge_is_returned_once ON refunds (out_trade_no)
  WHERE kind = 'charge' AND state NOT IN ('closed', 'refused');
CREATE INDEX undelivered_refunds ON refunds (position) WHERE state IN ('succeeded', 'closed', 'refused')
  AND body ->> '$.gateway.needsManager' AND body ->> '$.handled' IS NULL;

-- The last doors before the disk, as they were: no tender is given back beyond what it covered, as far as this till knows,
CREATE TRIGGER refund_within_its_tender BEFORE INSERT ON refunds
WHEN NEW.sale_id IS NOT NULL AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER other_refund_within_its_tender BEFORE INSERT ON refunds
WHEN NEW.other_sale_id IS NOT NULL AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE other_tender_id = NEW.other_tender_id AND state NOT IN ('closed', 'refused')
  ) > coalesce((SELECT amount_fen FROM other_tenders
      WHERE tender_id = NEW.other_tender_id AND sale_id = NEW.other_sale_id), 0)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_retried_within_its_tender BEFORE UPDATE ON refunds
WHEN NEW.sale_id IS NOT NULL
  AND OLD.state IN ('closed', 'refused') AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER other_refund_retried_within_its_tender BEFORE UPDATE ON refunds
WHEN NEW.other_sale_id IS NOT NULL
  AND OLD.state IN ('closed', 'refused') AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE other_tender_id = NEW.other_tender_id AND state NOT IN ('closed', 'refused')
  ) > coalesce((SELECT amount_fen FROM other_tenders WHERE tender_id = NEW.other_tender_id), 0)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_is_never_forgotten BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'a refund keeps its number for ever'); END;

-- and no payment of a sale goes back as if it were none.
CREATE TRIGGER returned_charge_has_no_sale BEFORE INSERT ON refunds
WHEN NEW.kind = 'charge' AND NOT EXISTS (
    SELECT 1 FROM attempts
    WHERE out_trade_no = NEW.out_trade_no AND state <> 'paid' AND amount_fen = NEW.amount_fen
  )
BEGIN SELECT RAISE(ABORT, 'not a whole payment without a sale'); END;
`;

/** Refunds of other tills' sales, and what they are told and granted by. */
export const otherSaleTables: Migration = { version: 10, sql };
