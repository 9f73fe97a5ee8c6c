import type { Migration } from "../../migrate.ts";

// A third kind of attempt, on the customer's phone, and its own end: abandoned. SQLite changes no CHECK in place, so the table
// is made again under its own name, as in 0007: with foreign keys deferred, emptying it breaks them and filling it mends
// them, and the commit checks that it did. No attempt and no entry of the journal is another one after it.
const sql = `
PRAGMA defer_foreign_keys = ON;

-- While keys are broken every payment taken out and put back is looked for among the refunds, and a check looks by an index
-- only where that index says nothing of another column: without this a year's payments took more than ten minutes.
DROP INDEX refunds_of_charge;
CREATE INDEX refunds_of_charge ON refunds (out_trade_no) WHERE out_trade_no IS NOT NULL;

CREATE TABLE attempts_before AS SELECT * FROM attempts ORDER BY rowid;
DROP TABLE attempts;
CREATE TABLE attempts (
  out_trade_no  TEXT PRIMARY KEY,
  sale_id       TEXT NOT NULL,
  tender_id     TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('codepay', 'native', 'carried')),
  state         TEXT NOT NULL
    CHECK (state IN ('created', 'sent', 'pending', 'undoing', 'paid', 'failed', 'reversed', 'abandoned')),
  amount_fen    INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  created_at_ms INTEGER NOT NULL,
  body          TEXT NOT NULL CHECK (json_valid(body)),
  CHECK (state <> 'abandoned' OR kind = 'carried')
) STRICT;
INSERT INTO attempts (out_trade_no, sale_id, tender_id, kind, state, amount_fen, created_at_ms, body)
  SELECT out_trade_no, sale_id, tender_id, kind, state, amount_fen, created_at_ms, body
  FROM attempts_before ORDER BY rowid;
DROP TABLE attempts_before;
CREATE UNIQUE INDEX one_unfinished_attempt ON attempts (sale_id)
  WHERE state NOT IN ('paid', 'failed', 'reversed', 'abandoned');
CREATE INDEX attempts_of_sale ON attempts (sale_id);
CREATE INDEX paid_attempts_by_success ON attempts (json_extract(body, '$.paid.successTime')) WHERE state = 'paid';
-- Its doors went with the table, and are the ones it had (0004, 0009).
CREATE TRIGGER returned_charge_stays_unpaid BEFORE UPDATE ON attempts
WHEN NEW.state = 'paid' AND OLD.state <> 'paid' AND EXISTS (
    SELECT 1 FROM refunds
    WHERE out_trade_no = NEW.out_trade_no AND kind = 'charge' AND state NOT IN ('closed', 'refused')
  )
BEGIN SELECT RAISE(ABORT, 'a payment that was given back'); END;
CREATE TRIGGER a_sale_being_given_is_not_paid BEFORE INSERT ON attempts
WHEN EXISTS (SELECT 1 FROM givings WHERE sale_id = NEW.sale_id)
BEGIN SELECT RAISE(ABORT, 'a sale that is being given away is not paid'); END;
-- And one more: what was given up is never paid, because head office may have given it back.
CREATE TRIGGER abandoned_stays_abandoned BEFORE UPDATE ON attempts
WHEN OLD.state = 'abandoned' AND NEW.state <> 'abandoned'
BEGIN SELECT RAISE(ABORT, 'a payment that was given up'); END;
CREATE TRIGGER carried_goes_back_from_head_office BEFORE INSERT ON refunds
WHEN NEW.kind = 'charge' AND EXISTS (SELECT 1 FROM attempts WHERE out_trade_no = NEW.out_trade_no AND kind = 'carried')
BEGIN SELECT RAISE(ABORT, 'a payment that head office alone gives back'); END;

-- What stands beside a carried attempt and is no step of it. The nonce, the secret's id and the proof are in its body.
CREATE TABLE carried_attempts (
  out_trade_no TEXT PRIMARY KEY REFERENCES attempts (out_trade_no),
  -- Codes typed for it, right or wrong, and the business day of the last one.
  tries        INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  tried_on     TEXT,
  -- What was taken on that day by a typed code: the day's cap is over these.
  by_code_fen  INTEGER NOT NULL DEFAULT 0 CHECK (by_code_fen >= 0),
  -- Head office's last word; null before it has said one.
  there        TEXT CHECK (there IN
    ('unknown', 'opened', 'paid', 'sold', 'abandoned', 'closed', 'refunding', 'refunded')),
  -- Both sides say the same of how it ended, for good: nobody need ask again.
  is_agreed    INTEGER NOT NULL DEFAULT 0 CHECK (is_agreed IN (0, 1)),
  CHECK (by_code_fen = 0 OR tried_on IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX carried_not_agreed ON carried_attempts (out_trade_no) WHERE is_agreed = 0;
CREATE INDEX carried_by_code ON carried_attempts (tried_on, by_code_fen) WHERE by_code_fen > 0;
CREATE TRIGGER carried_attempt_is_never_forgotten BEFORE DELETE ON carried_attempts
BEGIN SELECT RAISE(ABORT, 'a payment on a customer''s phone is never forgotten'); END;
`;

/** Payments on the customer's phone. */
export const carriedTables: Migration = { version: 20, sql };
