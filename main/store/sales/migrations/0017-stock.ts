import type { Migration } from "../../migrate.ts";

// How much there is of each item, and every move that made it so. A level is the sum of all moves of its item; whether
// that says anything depends on whether somebody has ever counted it. Sales and returns of before are moves too.
// Moves are kept by item: one tree, so that a sale writes each move once and an item's list needs no other index.
const sql = `
ALTER TABLE stock_moves RENAME TO stock_moves_before;
CREATE TABLE stock_moves (
  sku            TEXT NOT NULL,
  position       INTEGER NOT NULL REFERENCES journal (position),
  part           INTEGER NOT NULL CHECK (part >= 1),
  kind           TEXT NOT NULL CHECK (kind IN
    ('sale', 'return', 'damaged', 'opening', 'received', 'receipt-reversed', 'taken', 'corrected')),
  -- Thousandths of the item's unit; negative leaves the shop.
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli <> 0),
  PRIMARY KEY (sku, position, part)
) STRICT, WITHOUT ROWID;
INSERT INTO stock_moves (sku, position, part, kind, quantity_milli)
  SELECT sku, journal_position, line_number, 'sale', quantity_milli FROM stock_moves_before JOIN sales USING (number)
  ORDER BY sku, journal_position;
DROP TABLE stock_moves_before;
INSERT INTO stock_moves (sku, position, part, kind, quantity_milli)
  SELECT line.value ->> '$.sku', position, 2 * line.key + 1, 'return', line.value ->> '$.quantity'
  FROM journal, json_each(CAST(body AS TEXT), '$.lines') AS line
  WHERE kind = 'goods-returned' AND line.value ->> '$.sku' IS NOT NULL;
INSERT INTO stock_moves (sku, position, part, kind, quantity_milli)
  SELECT line.value ->> '$.sku', position, 2 * line.key + 2, 'damaged', -(line.value ->> '$.quantity')
  FROM journal, json_each(CAST(body AS TEXT), '$.lines') AS line
  WHERE kind = 'goods-returned' AND line.value ->> '$.sku' IS NOT NULL AND line.value ->> '$.condition' = 'damaged';

CREATE TRIGGER stock_move_is_never_changed BEFORE UPDATE ON stock_moves
BEGIN SELECT RAISE(ABORT, 'stock moves are append-only'); END;
CREATE TRIGGER stock_move_is_never_forgotten BEFORE DELETE ON stock_moves
BEGIN SELECT RAISE(ABORT, 'stock moves are append-only'); END;

CREATE TABLE stock_levels (
  sku           TEXT PRIMARY KEY,
  level_milli   INTEGER NOT NULL DEFAULT 0,
  is_known      INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1)),
  is_stocked    INTEGER NOT NULL DEFAULT 1 CHECK (is_stocked IN (0, 1)),
  reorder_milli INTEGER CHECK (reorder_milli >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_with_reorder_point ON stock_levels (sku) WHERE reorder_milli IS NOT NULL;
INSERT INTO stock_levels (sku, level_milli) SELECT sku, sum(quantity_milli) FROM stock_moves GROUP BY sku;

CREATE TABLE stock_settings (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  policy TEXT NOT NULL DEFAULT 'allow' CHECK (policy IN ('allow', 'warn', 'refuse')),
  -- What the last whole recount found; null where all of it agreed.
  found  TEXT CHECK (json_valid(found))
) STRICT;
INSERT INTO stock_settings (id) VALUES (1);

CREATE TABLE stock_corrections (
  correction_id TEXT PRIMARY KEY,
  position      INTEGER NOT NULL UNIQUE REFERENCES journal (position)
) STRICT, WITHOUT ROWID;

CREATE TABLE goods_receipts (
  place      INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt_id TEXT NOT NULL UNIQUE,
  state      TEXT NOT NULL CHECK (state IN ('draft', 'booked', 'reversed')),
  body       TEXT NOT NULL CHECK (json_valid(body))
) STRICT;
CREATE INDEX open_goods_receipts ON goods_receipts (place) WHERE state = 'draft';
CREATE TRIGGER goods_receipt_is_never_forgotten BEFORE DELETE ON goods_receipts WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a booked receipt stays for ever'); END;

CREATE TABLE stock_takes (
  place   INTEGER PRIMARY KEY AUTOINCREMENT,
  take_id TEXT NOT NULL UNIQUE,
  state   TEXT NOT NULL CHECK (state IN ('open', 'booking', 'booked', 'dropped')),
  body    TEXT NOT NULL CHECK (json_valid(body)),
  -- Whose word it is, from the beginning of the booking on.
  booking TEXT CHECK (json_valid(booking)),
  parts   INTEGER NOT NULL DEFAULT 0 CHECK (parts >= 0),
  CHECK ((state IN ('booking', 'booked')) = (booking IS NOT NULL))
) STRICT;

CREATE TABLE stock_counts (
  take_id          TEXT NOT NULL REFERENCES stock_takes (take_id),
  sku              TEXT NOT NULL,
  counted_milli    INTEGER NOT NULL CHECK (counted_milli >= 0),
  sum_milli        INTEGER NOT NULL,
  first_sum_milli  INTEGER NOT NULL,
  position         INTEGER NOT NULL,
  -- 1, 2 … in the order of counting.
  turn             INTEGER NOT NULL,
  counted_at       TEXT NOT NULL,
  counted_by_name  TEXT NOT NULL,
  is_booked        INTEGER NOT NULL DEFAULT 0 CHECK (is_booked IN (0, 1)),
  book_milli       INTEGER,
  difference_milli INTEGER,
  PRIMARY KEY (take_id, sku),
  CHECK ((is_booked = 1) = (difference_milli IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX stock_counts_by_turn ON stock_counts (take_id, turn);
CREATE INDEX stock_counts_to_book ON stock_counts (take_id, sku) WHERE is_booked = 0;
`;

/** Levels, moves, goods received and stock takes. */
export const stockTables: Migration = { version: 17, sql };
