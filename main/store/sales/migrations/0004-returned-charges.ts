import type { Migration } from "../../migrate.ts";

// A refund may now give back a payment that no sale books: it points to its attempt instead of a sale and a tender.
// SQLite changes no column in place, so the table is made again, with its doors.
const sql = `
CREATE TABLE refunds_next (
  position        INTEGER PRIMARY KEY,
  refund_no       TEXT NOT NULL UNIQUE,
  sale_id         TEXT REFERENCES sales (sale_id),
  tender_id       TEXT REFERENCES tenders (tender_id),
  out_trade_no    TEXT REFERENCES attempts (out_trade_no),
  kind            TEXT NOT NULL CHECK (kind IN ('cash', 'wechat', 'charge')),
  state           TEXT NOT NULL CHECK (state IN
    ('requested', 'sent', 'unknown', 'processing', 'abnormal', 'succeeded', 'closed', 'refused')),
  amount_fen      INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  requested_at_ms INTEGER NOT NULL,
  body            TEXT NOT NULL CHECK (json_valid(body)),
  CHECK (kind <> 'cash' OR state = 'succeeded'),
  CHECK ((kind = 'charge') = (out_trade_no IS NOT NULL)),
  CHECK ((kind = 'charge') = (sale_id IS NULL) AND (kind = 'charge') = (tender_id IS NULL))
) STRICT;
INSERT INTO refunds_next (position, refund_no, sale_id, tender_id, kind, state, amount_fen, requested_at_ms, body)
  SELECT position, refund_no, sale_id, tender_id, kind, state, amount_fen, requested_at_ms, body FROM refunds;
DROP TABLE refunds;
ALTER TABLE refunds_next RENAME TO refunds;
CREATE INDEX refunds_of_sale ON refunds (sale_id);
CREATE INDEX refunds_of_tender ON refunds (tender_id);
CREATE INDEX refunds_of_charge ON refunds (out_trade_no) WHERE kind = 'charge';
CREATE INDEX unfinished_refunds ON refunds (position) WHERE state NOT IN ('succeeded', 'closed', 'refused');

-- A charge goes back whole, so once is all there is to count.
CREATE UNIQUE INDEX charge_is_returned_once ON refunds (out_trade_no)
  WHERE kind = 'charge' AND state NOT IN ('closed', 'refused');

-- The last doors before the disk: whatever a use case gets wrong, no tender is given back beyond what it covered,
CREATE TRIGGER refund_within_its_tender BEFORE INSERT ON refunds
WHEN NEW.kind <> 'charge' AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_retried_within_its_tender BEFORE UPDATE ON refunds
WHEN NEW.kind <> 'charge'
  AND OLD.state IN ('closed', 'refused') AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_is_never_forgotten BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'a refund keeps its number for ever'); END;

-- no payment of a sale goes back as if it were none,
CREATE TRIGGER returned_charge_has_no_sale BEFORE INSERT ON refunds
WHEN NEW.kind = 'charge' AND NOT EXISTS (
    SELECT 1 FROM attempts
    WHERE out_trade_no = NEW.out_trade_no AND state <> 'paid' AND amount_fen = NEW.amount_fen
  )
BEGIN SELECT RAISE(ABORT, 'not a whole payment without a sale'); END;

-- and no sale books what has gone back or is on its way.
CREATE TRIGGER returned_charge_stays_unpaid BEFORE UPDATE ON attempts
WHEN NEW.state = 'paid' AND OLD.state <> 'paid' AND EXISTS (
    SELECT 1 FROM refunds
    WHERE out_trade_no = NEW.out_trade_no AND kind = 'charge' AND state NOT IN ('closed', 'refused')
  )
BEGIN SELECT RAISE(ABORT, 'a payment that was given back'); END;

-- Where a manager has to look: ended, and not seen to. The body says whether the customer has the money.
CREATE INDEX undelivered_refunds ON refunds (position) WHERE state IN ('succeeded', 'closed', 'refused')
  AND body ->> '$.gateway.needsManager' AND body ->> '$.handled' IS NULL;

-- What the customer's own bill calls the payment.
CREATE INDEX tenders_of_transaction ON tenders (transaction_id) WHERE transaction_id IS NOT NULL;

-- Beside the day's sums, not among them: this money was never a sale's.
ALTER TABLE day_totals ADD COLUMN returned_charge_count INTEGER NOT NULL DEFAULT 0 CHECK (returned_charge_count >= 0);
ALTER TABLE day_totals ADD COLUMN returned_charge_fen INTEGER NOT NULL DEFAULT 0 CHECK (returned_charge_fen >= 0);
`;

/** Payments given back that no sale books. */
export const returnedChargeTables: Migration = { version: 4, sql };
