import type { Migration } from "../../migrate.ts";

// What moves cash without a sale, each count of a drawer, and the Z that ends a shift. Where a shift begins and ends in the
// journal is found once for the shifts before this file: from then on it is written with them.
const sql = `
ALTER TABLE shifts ADD COLUMN float_pieces TEXT CHECK (float_pieces IS NULL OR json_valid(float_pieces));
ALTER TABLE shifts ADD COLUMN opened_position INTEGER;
ALTER TABLE shifts ADD COLUMN closed_position INTEGER;

CREATE TABLE shift_marks AS
  SELECT CAST(body AS TEXT) ->> '$.shiftId' AS shift_id, kind, min(position) AS position
  FROM journal WHERE kind IN ('shift-opened', 'shift-closed') GROUP BY 1, 2;
CREATE INDEX shift_marks_of_shift ON shift_marks (shift_id, kind);
UPDATE shifts SET
  opened_position = (SELECT position FROM shift_marks AS m WHERE m.shift_id = shifts.shift_id AND kind = 'shift-opened'),
  closed_position = (SELECT position FROM shift_marks AS m WHERE m.shift_id = shifts.shift_id AND kind = 'shift-closed');
DROP TABLE shift_marks;
CREATE INDEX shifts_in_order ON shifts (opened_position);

ALTER TABLE shift_totals ADD COLUMN pay_in_fen INTEGER NOT NULL DEFAULT 0 CHECK (pay_in_fen >= 0);
ALTER TABLE shift_totals ADD COLUMN pay_out_fen INTEGER NOT NULL DEFAULT 0 CHECK (pay_out_fen >= 0);
ALTER TABLE shift_totals ADD COLUMN safe_drop_fen INTEGER NOT NULL DEFAULT 0 CHECK (safe_drop_fen >= 0);
ALTER TABLE shift_totals ADD COLUMN no_sale_count INTEGER NOT NULL DEFAULT 0 CHECK (no_sale_count >= 0);

CREATE TABLE cash_moves (
  position    INTEGER PRIMARY KEY,
  move_id     TEXT NOT NULL UNIQUE,
  shift_id    TEXT NOT NULL REFERENCES shifts (shift_id),
  kind        TEXT NOT NULL CHECK (kind IN ('pay-in', 'pay-out', 'safe-drop')),
  amount_fen  INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  body        TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER cash_move_is_never_changed BEFORE UPDATE ON cash_moves
BEGIN SELECT RAISE(ABORT, 'a cash move is corrected by another one'); END;
CREATE TRIGGER cash_move_is_never_forgotten BEFORE DELETE ON cash_moves
BEGIN SELECT RAISE(ABORT, 'a cash move is corrected by another one'); END;

CREATE TABLE drawer_counts (
  shift_id          TEXT NOT NULL REFERENCES shifts (shift_id),
  number            INTEGER NOT NULL CHECK (number >= 1),
  counted_cash_fen  INTEGER NOT NULL CHECK (counted_cash_fen BETWEEN 0 AND 1000000000),
  expected_cash_fen INTEGER NOT NULL,
  body              TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (shift_id, number)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER drawer_count_is_kept BEFORE UPDATE ON drawer_counts
BEGIN SELECT RAISE(ABORT, 'a count once given is kept'); END;
CREATE TRIGGER drawer_count_is_never_forgotten BEFORE DELETE ON drawer_counts
BEGIN SELECT RAISE(ABORT, 'a count once given is kept'); END;

CREATE TABLE z_reports (
  number   INTEGER PRIMARY KEY CHECK (number >= 1),
  shift_id TEXT NOT NULL UNIQUE REFERENCES shifts (shift_id),
  body     TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE TRIGGER z_reports_have_no_gap BEFORE INSERT ON z_reports
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM z_reports)
BEGIN SELECT RAISE(ABORT, 'Z numbers follow each other'); END;
CREATE TRIGGER z_report_is_never_changed BEFORE UPDATE ON z_reports
BEGIN SELECT RAISE(ABORT, 'a Z stays as it was printed'); END;
CREATE TRIGGER z_report_is_never_forgotten BEFORE DELETE ON z_reports
BEGIN SELECT RAISE(ABORT, 'a Z stays as it was printed'); END;

CREATE TABLE shift_corrections (
  position      INTEGER PRIMARY KEY,
  correction_id TEXT NOT NULL UNIQUE,
  shift_id      TEXT NOT NULL REFERENCES shifts (shift_id),
  body          TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX corrections_of_shift ON shift_corrections (shift_id);

-- A closed shift stays closed, whatever a use case gets wrong.
CREATE TRIGGER shift_is_never_reopened BEFORE UPDATE ON shifts
WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a closed shift stays as it was closed'); END;

-- SQLite changes no CHECK in place: the table is made again with the papers of a shift allowed.
CREATE TABLE print_jobs_next (
  position      INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL UNIQUE,
  sale_id       TEXT,
  kind          TEXT NOT NULL CHECK (kind IN
    ('receipt', 'copy', 'shift-close', 'refund', 'shift-report', 'cash-move')),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'failed', 'cancelled')),
  created_at_ms INTEGER NOT NULL,
  lines         TEXT NOT NULL,
  -- Why it is in this state, where the state alone does not say; null where it does.
  reason        TEXT,
  changed_at_ms INTEGER NOT NULL DEFAULT 0,
  CHECK (state <> 'failed' OR reason IS NOT NULL)
) STRICT;
INSERT INTO print_jobs_next (position, job_id, sale_id, kind, state, created_at_ms, lines, reason, changed_at_ms)
  SELECT position, job_id, sale_id, kind, state, created_at_ms, lines, reason, changed_at_ms FROM print_jobs;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_next RENAME TO print_jobs;
CREATE INDEX unfinished_print_jobs ON print_jobs (position) WHERE state IN ('queued', 'sending', 'unknown');
`;

/** Cash moves, counts, Z reports and corrections of shifts. */
export const shiftControlTables: Migration = { version: 11, sql };
