import type { Migration } from "../../migrate.ts";

// Sales on their way between this till and a place that holds them for every till. While one is given away nobody knows
// whether it is still ours, so the file itself keeps it from being changed, recalled, paid or sold; a sale that was begun
// to be paid is never given away.
const sql = `
CREATE TABLE givings (
  sale_id     TEXT PRIMARY KEY REFERENCES drafts (sale_id),
  give_id     TEXT NOT NULL UNIQUE,
  place       TEXT NOT NULL CHECK (place IN ('office', 'relay')),
  place_key   TEXT NOT NULL,
  begun_at_ms INTEGER NOT NULL
) STRICT;

CREATE TRIGGER only_an_unpaid_held_sale_is_given BEFORE INSERT ON givings
WHEN NOT EXISTS (SELECT 1 FROM drafts WHERE sale_id = NEW.sale_id AND state = 'held'
    AND json_array_length(body, '$.tenders') = 0)
  OR EXISTS (SELECT 1 FROM attempts WHERE sale_id = NEW.sale_id)
BEGIN SELECT RAISE(ABORT, 'only a held sale without any payment is given away'); END;
CREATE TRIGGER a_sale_being_given_stays_as_it_is BEFORE UPDATE ON drafts
WHEN EXISTS (SELECT 1 FROM givings WHERE sale_id = OLD.sale_id)
BEGIN SELECT RAISE(ABORT, 'a sale that is being given away stays as it is'); END;
CREATE TRIGGER a_sale_being_given_is_not_paid BEFORE INSERT ON attempts
WHEN EXISTS (SELECT 1 FROM givings WHERE sale_id = NEW.sale_id)
BEGIN SELECT RAISE(ABORT, 'a sale that is being given away is not paid'); END;
CREATE TRIGGER a_sale_being_given_is_not_sold BEFORE INSERT ON sales
WHEN EXISTS (SELECT 1 FROM givings WHERE sale_id = NEW.sale_id)
BEGIN SELECT RAISE(ABORT, 'a sale that is being given away is not sold'); END;

CREATE TABLE takings (
  take_id       TEXT PRIMARY KEY,
  give_id       TEXT NOT NULL UNIQUE,
  sale_id       TEXT NOT NULL,
  place         TEXT NOT NULL CHECK (place IN ('office', 'relay')),
  place_key     TEXT NOT NULL,
  -- What the list showed, for the cashier while nobody knows whose it is.
  label         TEXT NOT NULL,
  cashier_name  TEXT NOT NULL,
  from_terminal TEXT NOT NULL,
  held_at_ms    INTEGER NOT NULL,
  line_count    INTEGER NOT NULL,
  total_fen     INTEGER NOT NULL CHECK (total_fen BETWEEN 0 AND 1000000000),
  begun_at_ms   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** Held sales that are being given to every till or taken from them. */
export const heldMoveTables: Migration = { version: 9, sql };
