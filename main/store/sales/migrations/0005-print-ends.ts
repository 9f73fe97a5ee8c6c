import type { Migration } from "../../migrate.ts";

// How a print job ended, why and when. SQLite changes no CHECK in place: the table is made again.
const sql = `
CREATE TABLE print_jobs_next (
  position      INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL UNIQUE,
  sale_id       TEXT,
  kind          TEXT NOT NULL CHECK (kind IN ('receipt', 'copy', 'shift-close', 'refund')),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'failed', 'cancelled')),
  created_at_ms INTEGER NOT NULL,
  lines         TEXT NOT NULL,
  -- Why it is in this state, where the state alone does not say; null where it does.
  reason        TEXT,
  changed_at_ms INTEGER NOT NULL DEFAULT 0,
  CHECK (state <> 'failed' OR reason IS NOT NULL)
) STRICT;
INSERT INTO print_jobs_next (position, job_id, sale_id, kind, state, created_at_ms, lines, changed_at_ms)
  SELECT position, job_id, sale_id, kind, state, created_at_ms, lines, created_at_ms FROM print_jobs;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_next RENAME TO print_jobs;
CREATE INDEX unfinished_print_jobs ON print_jobs (position) WHERE state IN ('queued', 'sending', 'unknown');
`;

/** Ends of print jobs, with their reasons. */
export const printEnds: Migration = { version: 5, sql };
