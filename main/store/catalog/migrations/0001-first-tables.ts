import type { Migration } from "../../migrate.ts";

// The index has no content of its own: it answers with item ids. Its words are made by search-words.ts.
//   head: what a query may begin with to be a good answer: whole names, whole pinyin, whole codes.
//   zh:   every character and every pair of neighbours, because a trigram cannot find two Chinese characters.
//   word: Latin words and numbers of both names. py: pinyin from every syllable on. code: codes from every digit on.
// Words come ready-made with a blank between, so the tokenizer may cut at nothing else: its tables of letters are older
// than ours, and 𰻝 of 𰻝𰻝面 is unassigned in them.
// Prefix indexes for 1–4 characters keep the shortest, commonest queries from merging thousands of lists.
const sql = `
CREATE TABLE categories (
  category_id TEXT PRIMARY KEY,
  name_zh     TEXT NOT NULL,
  name_en     TEXT NOT NULL,
  colour      INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 9),
  sort        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  item_id      INTEGER PRIMARY KEY,
  sku          TEXT NOT NULL UNIQUE,
  name_zh      TEXT NOT NULL,
  name_en      TEXT NOT NULL,
  category_id  TEXT NOT NULL,
  unit         TEXT NOT NULL CHECK (unit IN ('piece', 'kg')),
  price_fen    INTEGER NOT NULL CHECK (price_fen BETWEEN 0 AND 1000000000),
  tax_class    TEXT NOT NULL,
  scale_code   TEXT UNIQUE,
  is_favourite INTEGER NOT NULL CHECK (is_favourite IN (0, 1))
) STRICT;
CREATE INDEX items_of_category ON items (category_id, sku);
CREATE INDEX favourites ON items (sku) WHERE is_favourite = 1;

CREATE TABLE barcodes (
  barcode TEXT PRIMARY KEY,
  item_id INTEGER NOT NULL REFERENCES items (item_id),
  count   INTEGER NOT NULL CHECK (count >= 1)
) STRICT, WITHOUT ROWID;
CREATE INDEX barcodes_of_item ON barcodes (item_id);

CREATE VIRTUAL TABLE search USING fts5 (
  head, zh, word, py, code,
  content = '', contentless_delete = 1, detail = column,
  prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 0 categories ''L* M* N* P* S* Co Cn'''
);
`;

/** The shape of catalog.db as first shipped. */
export const firstCatalogTables: Migration = { version: 1, sql };
