import type { Migration } from "../../migrate.ts";

// What a manager's report adds up, kept with every commit and filled here from what was sold before, by SQL alone: a
// second opinion on core/report/shares.ts, which keeps it from now on. Voids of before say no business day: they are left out.
// Print jobs are made again without the list of their kinds, which the code has; each new paper would copy the table.
const sums = [
  ...["sale_count", "piece_count", "quantity_milli", "gross_fen", "discount_fen", "net_fen"],
  ...["refund_count", "refund_fen", "void_count", "void_fen"],
];
const columns = sums.map((name) => `${name} INTEGER NOT NULL DEFAULT 0 CHECK (${name} >= 0)`).join(",\n  ");
const pieces = "sum(CASE unit WHEN 'kg' THEN 1 ELSE quantity_milli / 1000 END)";
const ofSales = "business_date, sale_count, piece_count, quantity_milli, gross_fen, discount_fen, net_fen";
const ofLines = "sum(sale_lines.gross_fen), sum(sale_lines.discount_fen), sum(net_fen)";
const addRefund = `ON CONFLICT (dimension, business_date, key) DO UPDATE SET
  refund_count = refund_count + excluded.refund_count, refund_fen = refund_fen + excluded.refund_fen`;

const sql = `
CREATE TABLE report_totals (
  dimension     TEXT NOT NULL CHECK (dimension IN ('hour', 'tender', 'category', 'cashier', 'item', 'tax')),
  business_date TEXT NOT NULL,
  key           TEXT NOT NULL,
  ${columns},
  PRIMARY KEY (dimension, business_date, key)
) STRICT, WITHOUT ROWID;

-- What a thing was called when it was last sold: the catalogue may have forgotten it.
CREATE TABLE sold_items (
  sku     TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  unit    TEXT NOT NULL CHECK (unit IN ('piece', 'kg'))
) STRICT, WITHOUT ROWID;

-- Refunds given and things thrown away, by day; what each was stands in the journal.
CREATE TABLE report_events (
  position      INTEGER PRIMARY KEY REFERENCES journal (position),
  business_date TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('refund', 'charge', 'void')),
  hour          TEXT NOT NULL,
  tender        TEXT NOT NULL,
  cashier_id    TEXT NOT NULL,
  amount_fen    INTEGER NOT NULL CHECK (amount_fen >= 0)
) STRICT;
CREATE INDEX report_events_of_day ON report_events (kind, business_date, position);

-- When a day was last recounted, and what was found: null where all of it agreed.
CREATE TABLE recounts (
  business_date TEXT PRIMARY KEY,
  counted_at_ms INTEGER NOT NULL,
  found         TEXT CHECK (json_valid(found))
) STRICT, WITHOUT ROWID;

INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'hour', business_date, count(*), sum(pieces), 0, sum(gross_fen), sum(discount_fen), sum(total_fen),
    substr(completed_at, 12, 2) AS hour
  FROM sales JOIN (SELECT number, ${pieces} AS pieces FROM sale_lines GROUP BY number) USING (number)
  GROUP BY business_date, hour;
INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'cashier', business_date, count(*), sum(pieces), 0, sum(gross_fen), sum(discount_fen), sum(total_fen), cashier_id
  FROM sales JOIN (SELECT number, ${pieces} AS pieces FROM sale_lines GROUP BY number) USING (number)
  GROUP BY business_date, cashier_id;
INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'tender', business_date, count(DISTINCT number), 0, 0, sum(amount_fen), 0, sum(amount_fen), kind
  FROM sales JOIN tenders USING (number) GROUP BY business_date, kind;
INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'category', business_date, count(DISTINCT number), ${pieces}, 0, ${ofLines}, coalesce(category_id, '') AS category
  FROM sales JOIN sale_lines USING (number) GROUP BY business_date, category;
INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'item', business_date, count(DISTINCT number), ${pieces}, sum(quantity_milli), ${ofLines}, coalesce(sku, '') AS item
  FROM sales JOIN sale_lines USING (number) GROUP BY business_date, item;
INSERT INTO report_totals (dimension, ${ofSales}, key)
  SELECT 'tax', business_date, count(DISTINCT number), ${pieces}, 0, ${ofLines}, line.value ->> '$.taxClass' AS class
  FROM sales JOIN journal ON position = journal_position
    JOIN json_each(CAST(body AS TEXT), '$.lines') AS line
    JOIN sale_lines USING (number)
  WHERE sale_lines.line_number = line.value ->> '$.lineNumber'
  GROUP BY business_date, class;

INSERT OR REPLACE INTO sold_items (sku, name_zh, name_en, unit)
  SELECT sku, name_zh, name_en, unit FROM sale_lines WHERE sku IS NOT NULL ORDER BY number;

INSERT INTO report_events (position, business_date, kind, hour, tender, cashier_id, amount_fen)
  SELECT position, body ->> '$.given.businessDate', CASE body ->> '$.kind' WHEN 'charge' THEN 'charge' ELSE 'refund' END,
    substr(body ->> '$.given.at', 12, 2), body ->> '$.kind', body ->> '$.cashierId', body ->> '$.amountFen'
  FROM (SELECT position, CAST(body AS TEXT) AS body FROM journal WHERE kind = 'refund-settled')
  WHERE body ->> '$.given.businessDate' IS NOT NULL;
INSERT INTO report_totals (dimension, business_date, key, refund_count, refund_fen)
  SELECT 'hour', business_date, hour, count(*), sum(amount_fen) FROM report_events
  WHERE kind = 'refund' GROUP BY business_date, hour ${addRefund};
INSERT INTO report_totals (dimension, business_date, key, refund_count, refund_fen)
  SELECT 'tender', business_date, tender, count(*), sum(amount_fen) FROM report_events
  WHERE kind = 'refund' GROUP BY business_date, tender ${addRefund};
INSERT INTO report_totals (dimension, business_date, key, refund_count, refund_fen)
  SELECT 'cashier', business_date, cashier_id, count(*), sum(amount_fen) FROM report_events
  WHERE kind = 'refund' GROUP BY business_date, cashier_id ${addRefund};

ALTER TABLE print_jobs RENAME TO print_jobs_before;
DROP INDEX unfinished_print_jobs;
CREATE TABLE print_jobs (
  position      INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL UNIQUE,
  sale_id       TEXT,
  kind          TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'failed', 'cancelled')),
  created_at_ms INTEGER NOT NULL,
  lines         TEXT NOT NULL,
  -- Why it is in this state, where the state alone does not say; null where it does.
  reason        TEXT,
  changed_at_ms INTEGER NOT NULL DEFAULT 0,
  CHECK (state <> 'failed' OR reason IS NOT NULL)
) STRICT;
INSERT INTO print_jobs (position, job_id, sale_id, kind, state, created_at_ms, lines, reason, changed_at_ms)
  SELECT position, job_id, sale_id, kind, state, created_at_ms, lines, reason, changed_at_ms FROM print_jobs_before;
DROP TABLE print_jobs_before;
CREATE INDEX unfinished_print_jobs ON print_jobs (position) WHERE state IN ('queued', 'sending', 'unknown');
`;

/** The sums of the manager's reports, and the papers of any kind. */
export const reportTables: Migration = { version: 13, sql };
