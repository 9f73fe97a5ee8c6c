import type { Migration } from "../../migrate.ts";

// A catalogue that is edited at the till. What was changed lies here until it is in the journal, which is another file: the
// change and its note are one transaction, so that a power cut leaves both or none. The last price of an item is kept by the
// file itself, whoever writes: labels on the shelf are printed by it.
const sql = `
CREATE TABLE catalog_notes (
  note_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT;

CREATE TABLE price_marks (
  sku           TEXT PRIMARY KEY,
  changed_at_ms INTEGER NOT NULL,
  before_fen    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX price_marks_by_time ON price_marks (changed_at_ms);

CREATE TRIGGER items_price_marked AFTER UPDATE OF price_fen ON items WHEN old.price_fen <> new.price_fen
BEGIN
  INSERT OR REPLACE INTO price_marks (sku, changed_at_ms, before_fen)
  VALUES (new.sku, CAST(unixepoch('subsec') * 1000 AS INTEGER), old.price_fen);
END;

CREATE TABLE item_images (
  sku   TEXT PRIMARY KEY,
  image TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;

/** What editing at the till needs. */
export const editingTables: Migration = { version: 5, sql };
