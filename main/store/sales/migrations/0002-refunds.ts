import type { Migration } from "../../migrate.ts";

// Sums of sales keep their meaning: what was given back stands beside them, for the day and the shift it was given in.
const sql = `
CREATE TABLE refunds (
  position        INTEGER PRIMARY KEY,
  refund_no       TEXT NOT NULL UNIQUE,
  sale_id         TEXT NOT NULL REFERENCES sales (sale_id),
  tender_id       TEXT NOT NULL REFERENCES tenders (tender_id),
  kind            TEXT NOT NULL CHECK (kind IN ('cash', 'wechat')),
  state           TEXT NOT NULL CHECK (state IN
    ('requested', 'sent', 'unknown', 'processing', 'abnormal', 'succeeded', 'closed', 'refused')),
  amount_fen      INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  requested_at_ms INTEGER NOT NULL,
  body            TEXT NOT NULL CHECK (json_valid(body)),
  CHECK (kind = 'wechat' OR state = 'succeeded')
) STRICT;
CREATE INDEX refunds_of_sale ON refunds (sale_id);
CREATE INDEX refunds_of_tender ON refunds (tender_id);
CREATE INDEX unfinished_refunds ON refunds (position) WHERE state NOT IN ('succeeded', 'closed', 'refused');

-- The last door before the disk: whatever a use case gets wrong, no tender is given back beyond what it covered.
CREATE TRIGGER refund_within_its_tender BEFORE INSERT ON refunds
WHEN NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_retried_within_its_tender BEFORE UPDATE ON refunds
WHEN OLD.state IN ('closed', 'refused') AND NEW.state NOT IN ('closed', 'refused') AND NEW.amount_fen + (
    SELECT coalesce(sum(amount_fen), 0) FROM refunds
    WHERE tender_id = NEW.tender_id AND state NOT IN ('closed', 'refused')
  ) > (SELECT amount_fen FROM tenders WHERE tender_id = NEW.tender_id)
BEGIN SELECT RAISE(ABORT, 'a refund beyond what was paid'); END;

CREATE TRIGGER refund_is_never_forgotten BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'a refund keeps its number for ever'); END;

ALTER TABLE day_totals ADD COLUMN refund_count INTEGER NOT NULL DEFAULT 0 CHECK (refund_count >= 0);
ALTER TABLE day_totals ADD COLUMN refund_cash_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_cash_fen >= 0);
ALTER TABLE day_totals ADD COLUMN refund_wechat_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_wechat_fen >= 0);
ALTER TABLE shift_totals ADD COLUMN refund_count INTEGER NOT NULL DEFAULT 0 CHECK (refund_count >= 0);
ALTER TABLE shift_totals ADD COLUMN refund_cash_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_cash_fen >= 0);
ALTER TABLE shift_totals ADD COLUMN refund_wechat_fen INTEGER NOT NULL DEFAULT 0 CHECK (refund_wechat_fen >= 0);

-- SQLite changes no CHECK in place: the table is made again with the papers of refunds allowed.
CREATE TABLE print_jobs_next (
  position      INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL UNIQUE,
  sale_id       TEXT,
  kind          TEXT NOT NULL CHECK (kind IN ('receipt', 'copy', 'shift-close', 'refund')),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'cancelled')),
  created_at_ms INTEGER NOT NULL,
  lines         TEXT NOT NULL
) STRICT;
INSERT INTO print_jobs_next SELECT position, job_id, sale_id, kind, state, created_at_ms, lines FROM print_jobs;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_next RENAME TO print_jobs;
CREATE INDEX unfinished_print_jobs ON print_jobs (position) WHERE state IN ('queued', 'sending', 'unknown');
`;

/** Refunds, their totals and their papers. */
export const refundTables: Migration = { version: 2, sql };
