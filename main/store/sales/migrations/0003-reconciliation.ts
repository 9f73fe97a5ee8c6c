import type { Migration } from "../../migrate.ts";

// A day is compared in runs: a run's findings are staged in short transactions and count once the day points to the run.
// What a person did about a finding stands beside it, by its key, so that a later run of the day keeps it.
const sql = `
CREATE TABLE reconciled_days (
  day               TEXT PRIMARY KEY CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- Tries since the bill was last had; all null or 0 when there is nothing to try again.
  tries             INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  tried_at_ms       INTEGER,
  next_try_at_ms    INTEGER,
  trouble           TEXT CHECK (trouble IN ('still-creating', 'no-answer', 'refused', 'damaged', 'failed')),
  trouble_detail    TEXT,
  -- 0: not compared yet.
  run               INTEGER NOT NULL DEFAULT 0 CHECK (run >= 0),
  fetched_at_ms     INTEGER,
  compared_at_ms    INTEGER,
  -- SHA1 as the gateway signed it, and of what is kept without the columns about persons; null where no bill exists.
  trade_sha1        TEXT,
  trade_kept_sha1   TEXT,
  flow_sha1         TEXT,
  flow_kept_sha1    TEXT,
  row_count         INTEGER NOT NULL DEFAULT 0 CHECK (row_count >= 0),
  others_count      INTEGER NOT NULL DEFAULT 0 CHECK (others_count >= 0),
  bill_paid_fen     INTEGER NOT NULL DEFAULT 0,
  bill_refunded_fen INTEGER NOT NULL DEFAULT 0,
  here_paid_fen     INTEGER NOT NULL DEFAULT 0,
  here_refunded_fen INTEGER NOT NULL DEFAULT 0,
  empty_is_right    INTEGER NOT NULL DEFAULT 1 CHECK (empty_is_right IN (0, 1)),
  account_in_fen    INTEGER,
  account_out_fen   INTEGER,
  account_diff_fen  INTEGER,
  CHECK ((run > 0) = (compared_at_ms IS NOT NULL)),
  CHECK ((trouble IS NULL) = (next_try_at_ms IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  position      INTEGER PRIMARY KEY,
  day           TEXT NOT NULL,
  run           INTEGER NOT NULL CHECK (run >= 1),
  -- The same for the same payment or refund in every run of the day.
  key           TEXT NOT NULL,
  grp           TEXT NOT NULL,
  kind          TEXT NOT NULL,
  action        TEXT NOT NULL,
  out_trade_no  TEXT NOT NULL,
  out_refund_no TEXT,
  sale_id       TEXT,
  here_fen      INTEGER CHECK (here_fen BETWEEN -1000000000 AND 1000000000),
  there_fen     INTEGER CHECK (there_fen BETWEEN -1000000000 AND 1000000000),
  line          INTEGER,
  at            TEXT,
  -- What an act was made for: a finding that has become another one is open again.
  facts         TEXT NOT NULL,
  UNIQUE (day, run, key)
) STRICT;
CREATE INDEX findings_of_group ON findings (day, run, grp, position);
CREATE INDEX findings_to_act_on ON findings (day, run) WHERE action <> 'none';
CREATE INDEX findings_of_payment ON findings (out_trade_no) WHERE action <> 'none';

-- Append-only, and journaled: who did what about a finding. A settled one is over.
CREATE TABLE finding_acts (
  position INTEGER PRIMARY KEY,
  day      TEXT NOT NULL,
  key      TEXT NOT NULL,
  facts    TEXT NOT NULL,
  how      TEXT NOT NULL CHECK (how IN ('asked', 'hurried', 'settled')),
  detail   TEXT NOT NULL,
  by_id    TEXT NOT NULL,
  by_name  TEXT NOT NULL,
  at_ms    INTEGER NOT NULL
) STRICT;
CREATE INDEX acts_of_finding ON finding_acts (day, key);
CREATE TRIGGER finding_act_is_never_changed BEFORE UPDATE ON finding_acts
BEGIN SELECT RAISE(ABORT, 'what was done is done'); END;
CREATE TRIGGER finding_act_is_never_forgotten BEFORE DELETE ON finding_acts
BEGIN SELECT RAISE(ABORT, 'what was done is done'); END;

-- Payments by the gateway's own time of success, whatever the till's clock said.
CREATE INDEX paid_attempts_by_success ON attempts (json_extract(body, '$.paid.successTime')) WHERE state = 'paid';
`;

/** The gateway's bills beside our books: days, findings, and what was done about them. */
export const reconciliationTables: Migration = { version: 3, sql };
