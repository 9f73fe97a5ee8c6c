import type { Migration } from "../../migrate.ts";

// Money is INTEGER fen with its bounds checked by the file itself (±maxFen of core/money/fen.ts for one amount; sums have
// no upper bound). Whatever is only read whole and never searched stays JSON in a `body`.
const sql = `
CREATE TABLE meta (
  id                  INTEGER PRIMARY KEY CHECK (id = 1),
  terminal_id         TEXT NOT NULL,
  epoch               TEXT NOT NULL,
  relay_acked         INTEGER NOT NULL DEFAULT 0 CHECK (relay_acked >= 0),
  hq_acked            INTEGER NOT NULL DEFAULT 0 CHECK (hq_acked >= 0),
  next_sale_number    INTEGER NOT NULL DEFAULT 1 CHECK (next_sale_number >= 1),
  next_attempt_number INTEGER NOT NULL DEFAULT 1 CHECK (next_attempt_number >= 1)
) STRICT;

-- The journal is the outbox: append-only, hash-chained, the exact bytes kept.
CREATE TABLE journal (
  position INTEGER PRIMARY KEY,
  seq      INTEGER NOT NULL CHECK (seq >= 1),
  epoch    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  v        INTEGER NOT NULL CHECK (v >= 1),
  at_wall  TEXT NOT NULL,
  at_mono  INTEGER NOT NULL CHECK (at_mono >= 0),
  body     BLOB NOT NULL,
  prev     BLOB NOT NULL CHECK (length(prev) = 32),
  hash     BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (epoch, seq)
) STRICT;

CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE cashiers (
  cashier_id      TEXT PRIMARY KEY,
  name            TEXT NOT NULL,
  role            TEXT NOT NULL CHECK (role IN ('cashier', 'manager')),
  pin_hash        TEXT NOT NULL,
  failures        INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  locked_until_ms INTEGER NOT NULL DEFAULT 0 CHECK (locked_until_ms >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE shifts (
  shift_id          TEXT PRIMARY KEY,
  opened_at         TEXT NOT NULL,
  opened_by         TEXT NOT NULL,
  opened_by_name    TEXT NOT NULL,
  business_date     TEXT NOT NULL CHECK (business_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  float_fen         INTEGER NOT NULL CHECK (float_fen BETWEEN 0 AND 1000000000),
  closed_at         TEXT,
  closed_by         TEXT,
  counted_cash_fen  INTEGER CHECK (counted_cash_fen BETWEEN 0 AND 1000000000),
  difference_fen    INTEGER,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL) AND (closed_at IS NULL) = (counted_cash_fen IS NULL)
     AND (closed_at IS NULL) = (difference_fen IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_shift ON shifts ((1)) WHERE closed_at IS NULL;

CREATE TABLE drafts (
  sale_id       TEXT PRIMARY KEY,
  state         TEXT NOT NULL CHECK (state IN ('open', 'held')),
  cashier_id    TEXT NOT NULL,
  label         TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  body          TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
-- A second open sale would hide the first one, with what was already paid of it.
CREATE UNIQUE INDEX one_open_draft ON drafts (state) WHERE state = 'open';

CREATE TABLE attempts (
  out_trade_no  TEXT PRIMARY KEY,
  sale_id       TEXT NOT NULL,
  tender_id     TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL CHECK (kind IN ('codepay', 'native')),
  state         TEXT NOT NULL CHECK (state IN ('created', 'sent', 'pending', 'undoing', 'paid', 'failed', 'reversed')),
  amount_fen    INTEGER NOT NULL CHECK (amount_fen BETWEEN 1 AND 1000000000),
  created_at_ms INTEGER NOT NULL,
  body          TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE UNIQUE INDEX one_unfinished_attempt ON attempts (sale_id) WHERE state NOT IN ('paid', 'failed', 'reversed');
CREATE INDEX attempts_of_sale ON attempts (sale_id);

CREATE TABLE sales (
  number           INTEGER PRIMARY KEY CHECK (number >= 1),
  sale_id          TEXT NOT NULL UNIQUE,
  sale_number      TEXT NOT NULL UNIQUE,
  shift_id         TEXT NOT NULL REFERENCES shifts (shift_id),
  cashier_id       TEXT NOT NULL,
  cashier_name     TEXT NOT NULL,
  completed_at     TEXT NOT NULL,
  business_date    TEXT NOT NULL,
  line_count       INTEGER NOT NULL CHECK (line_count >= 1),
  gross_fen        INTEGER NOT NULL CHECK (gross_fen BETWEEN 0 AND 1000000000),
  discount_fen     INTEGER NOT NULL CHECK (discount_fen >= 0),
  total_fen        INTEGER NOT NULL CHECK (total_fen BETWEEN 0 AND 1000000000),
  change_fen       INTEGER NOT NULL CHECK (change_fen >= 0),
  journal_position INTEGER NOT NULL UNIQUE REFERENCES journal (position),
  print_job_id     TEXT NOT NULL,
  CHECK (gross_fen - discount_fen = total_fen)
) STRICT;
CREATE INDEX sales_of_day ON sales (business_date, number);

CREATE TABLE sale_lines (
  number          INTEGER NOT NULL REFERENCES sales (number),
  line_number     INTEGER NOT NULL CHECK (line_number >= 1),
  sku             TEXT,
  name_zh         TEXT NOT NULL,
  name_en         TEXT NOT NULL,
  category_id     TEXT,
  unit            TEXT NOT NULL CHECK (unit IN ('piece', 'kg')),
  unit_price_fen  INTEGER NOT NULL CHECK (unit_price_fen BETWEEN 0 AND 1000000000),
  quantity_milli  INTEGER NOT NULL CHECK (quantity_milli > 0),
  gross_fen       INTEGER NOT NULL CHECK (gross_fen >= 0),
  discount_fen    INTEGER NOT NULL CHECK (discount_fen >= 0),
  net_fen         INTEGER NOT NULL CHECK (net_fen >= 0),
  PRIMARY KEY (number, line_number),
  CHECK (gross_fen - discount_fen = net_fen)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenders (
  number         INTEGER NOT NULL REFERENCES sales (number),
  tender_id      TEXT NOT NULL UNIQUE,
  kind           TEXT NOT NULL CHECK (kind IN ('cash', 'wechat')),
  amount_fen     INTEGER NOT NULL CHECK (amount_fen BETWEEN 0 AND 1000000000),
  received_fen   INTEGER CHECK (received_fen >= amount_fen),
  change_fen     INTEGER CHECK (change_fen = received_fen - amount_fen),
  out_trade_no   TEXT UNIQUE REFERENCES attempts (out_trade_no),
  transaction_id TEXT,
  PRIMARY KEY (number, tender_id),
  CHECK ((kind = 'cash') = (received_fen IS NOT NULL) AND (kind = 'wechat') = (out_trade_no IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_moves (
  number         INTEGER NOT NULL REFERENCES sales (number),
  line_number    INTEGER NOT NULL,
  sku            TEXT NOT NULL,
  reason         TEXT NOT NULL CHECK (reason IN ('sale')),
  -- Thousandths of the item's unit; negative leaves the shop.
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli <> 0),
  PRIMARY KEY (number, line_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE day_totals (
  business_date TEXT PRIMARY KEY,
  sale_count    INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_fen     INTEGER NOT NULL CHECK (sales_fen >= 0),
  cash_fen      INTEGER NOT NULL CHECK (cash_fen >= 0),
  wechat_fen    INTEGER NOT NULL CHECK (wechat_fen >= 0),
  discount_fen  INTEGER NOT NULL CHECK (discount_fen >= 0),
  CHECK (cash_fen + wechat_fen = sales_fen)
) STRICT, WITHOUT ROWID;

CREATE TABLE hour_totals (
  business_date TEXT NOT NULL,
  hour          INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  sale_count    INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_fen     INTEGER NOT NULL CHECK (sales_fen >= 0),
  PRIMARY KEY (business_date, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE shift_totals (
  shift_id      TEXT PRIMARY KEY REFERENCES shifts (shift_id),
  sale_count    INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_fen     INTEGER NOT NULL CHECK (sales_fen >= 0),
  cash_fen      INTEGER NOT NULL CHECK (cash_fen >= 0),
  wechat_fen    INTEGER NOT NULL CHECK (wechat_fen >= 0),
  discount_fen  INTEGER NOT NULL CHECK (discount_fen >= 0),
  CHECK (cash_fen + wechat_fen = sales_fen)
) STRICT, WITHOUT ROWID;

CREATE TABLE print_jobs (
  position      INTEGER PRIMARY KEY,
  job_id        TEXT NOT NULL UNIQUE,
  sale_id       TEXT,
  kind          TEXT NOT NULL CHECK (kind IN ('receipt', 'copy', 'shift-close')),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'unknown', 'cancelled')),
  created_at_ms INTEGER NOT NULL,
  lines         TEXT NOT NULL
) STRICT;
CREATE INDEX unfinished_print_jobs ON print_jobs (position) WHERE state IN ('queued', 'sending', 'unknown');
`;

/** The shape of sales.db as first shipped. */
export const firstTables: Migration = { version: 1, sql };
