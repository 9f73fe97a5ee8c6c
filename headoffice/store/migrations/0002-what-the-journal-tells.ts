import type { Migration } from "../migrate.ts";

// Everything here can be deleted and built again from journal_events (npm run headoffice -- rebuild).
const sales = `
CREATE TABLE sales (
  store_code    TEXT NOT NULL,
  terminal_id   TEXT NOT NULL,
  sale_id       TEXT NOT NULL,
  epoch         TEXT NOT NULL,
  seq           BIGINT NOT NULL,
  sale_number   TEXT NOT NULL,
  shift_id      TEXT NOT NULL,
  cashier_id    TEXT NOT NULL,
  cashier_name  TEXT NOT NULL,
  completed_at  TEXT NOT NULL,
  business_date TEXT NOT NULL,
  line_count    BIGINT NOT NULL,
  gross_fen     BIGINT NOT NULL,
  discount_fen  BIGINT NOT NULL,
  total_fen     BIGINT NOT NULL,
  change_fen    BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, sale_id)
)`;

const saleLines = `
CREATE TABLE sale_lines (
  store_code     TEXT NOT NULL,
  terminal_id    TEXT NOT NULL,
  sale_id        TEXT NOT NULL,
  line_number    BIGINT NOT NULL,
  sku            TEXT,
  name_zh        TEXT NOT NULL,
  name_en        TEXT NOT NULL,
  category_id    TEXT,
  unit           TEXT NOT NULL,
  unit_price_fen BIGINT NOT NULL,
  quantity_milli BIGINT NOT NULL,
  gross_fen      BIGINT NOT NULL,
  discount_fen   BIGINT NOT NULL,
  net_fen        BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, sale_id, line_number)
)`;

const tenders = `
CREATE TABLE tenders (
  store_code     TEXT NOT NULL,
  terminal_id    TEXT NOT NULL,
  sale_id        TEXT NOT NULL,
  tender_id      TEXT NOT NULL,
  kind           TEXT NOT NULL,
  amount_fen     BIGINT NOT NULL,
  received_fen   BIGINT,
  change_fen     BIGINT,
  out_trade_no   TEXT,
  transaction_id TEXT,
  PRIMARY KEY (store_code, terminal_id, sale_id, tender_id)
)`;

// As its newest entry tells it; business_date is null until the money was given back.
const refunds = `
CREATE TABLE refunds (
  store_code    TEXT NOT NULL,
  terminal_id   TEXT NOT NULL,
  refund_no     TEXT NOT NULL,
  epoch         TEXT NOT NULL,
  seq           BIGINT NOT NULL,
  kind          TEXT NOT NULL,
  sale_id       TEXT NOT NULL,
  sale_number   TEXT NOT NULL,
  tender_id     TEXT NOT NULL,
  amount_fen    BIGINT NOT NULL,
  reason        TEXT NOT NULL,
  cashier_id    TEXT NOT NULL,
  approved_by   TEXT NOT NULL,
  requested_at  TEXT NOT NULL,
  state         TEXT NOT NULL,
  business_date TEXT,
  PRIMARY KEY (store_code, terminal_id, refund_no)
)`;

const shifts = `
CREATE TABLE shifts (
  store_code       TEXT NOT NULL,
  terminal_id      TEXT NOT NULL,
  shift_id         TEXT NOT NULL,
  opened_at        TEXT NOT NULL,
  opened_by_name   TEXT NOT NULL,
  business_date    TEXT NOT NULL,
  float_fen        BIGINT NOT NULL,
  closed_at        TEXT,
  closed_by        TEXT,
  counted_cash_fen BIGINT,
  difference_fen   BIGINT,
  PRIMARY KEY (store_code, terminal_id, shift_id)
)`;

// Money taken, and money of sales given back, by the business day it counts in. last_sale_* is the day's last
// sale-completed entry by (epoch in order of opening, seq).
const dayTotals = `
CREATE TABLE day_totals (
  store_code        TEXT NOT NULL,
  terminal_id       TEXT NOT NULL,
  business_date     TEXT NOT NULL,
  sale_count        BIGINT NOT NULL,
  sales_fen         BIGINT NOT NULL,
  cash_fen          BIGINT NOT NULL,
  wechat_fen        BIGINT NOT NULL,
  discount_fen      BIGINT NOT NULL,
  refund_count      BIGINT NOT NULL,
  refund_fen        BIGINT NOT NULL,
  last_sale_ordinal BIGINT NOT NULL,
  last_sale_seq     BIGINT NOT NULL,
  last_sale_hash    TEXT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, business_date)
)`;

// What a till said of its own days; told by the till, not by the journal.
const tillDays = `
CREATE TABLE till_days (
  store_code     TEXT NOT NULL,
  terminal_id    TEXT NOT NULL,
  business_date  TEXT NOT NULL,
  sale_count     BIGINT NOT NULL,
  sales_fen      BIGINT NOT NULL,
  cash_fen       BIGINT NOT NULL,
  wechat_fen     BIGINT NOT NULL,
  refund_count   BIGINT NOT NULL,
  refund_fen     BIGINT NOT NULL,
  last_sale_hash TEXT NOT NULL,
  told_ms        BIGINT NOT NULL,
  PRIMARY KEY (store_code, terminal_id, business_date)
)`;

/** Sales, refunds, shifts and totals as the journal tells them, and the tills' own word for each day. */
export const journalProjections: Migration = {
  version: 2,
  statements: [
    ...[sales, saleLines, tenders, refunds, shifts, dayTotals, tillDays],
    "CREATE INDEX sales_by_day ON sales (store_code, business_date)",
    "CREATE INDEX sales_by_number ON sales (store_code, terminal_id, sale_number)",
  ],
};
