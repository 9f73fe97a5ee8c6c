import type { Migration } from "../../migrate.ts";

// The index of words is lists of item ids, written in parts of many thousand items by a process of its own; the full-text
// table it follows cost four fifths of a first sync (docs/adr/0010-lists-of-item-ids.md).
//   items.sound: how the name is spoken (sound.ts); null until somebody has made it.
//   word_lists:  the ids under a word, packed (posting-ids.ts), in each part that has it. A list may name an item that was
//                renamed since: whoever searches looks at the item itself.
//   word_index:  items up to `through` stand in a part; `next_part` is free.
//   renamed:     items up to there that must be indexed again.
// Everything that is in the file now is indexed again, in the background, from what is in it.
const sql = `
DROP TABLE search;
ALTER TABLE items ADD COLUMN sound TEXT;

CREATE TABLE word_lists (
  word TEXT    NOT NULL,
  part INTEGER NOT NULL,
  ids  BLOB    NOT NULL,
  PRIMARY KEY (word, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE word_index (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  through   INTEGER NOT NULL CHECK (through >= 0),
  next_part INTEGER NOT NULL CHECK (next_part >= 1)
) STRICT;
INSERT INTO word_index (id, through, next_part) VALUES (1, 0, 1);

CREATE TABLE renamed (
  mark    INTEGER PRIMARY KEY AUTOINCREMENT,
  item_id INTEGER NOT NULL UNIQUE
) STRICT;
`;

/** An index of words that is cheap to fill. */
export const wordListTables: Migration = { version: 3, sql };
