import type { Migration } from "../../migrate.ts";

// A catalogue that is edited at the till. What was changed lies here until it is in the journal, which is another file: the
// change and its note are one transaction, so that a power cut leaves both or none.
const sql = `
CREATE TABLE catalog_notes (
  note_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  body    TEXT NOT NULL
) STRICT;
`;

/** What editing at the till needs. */
export const editingTables: Migration = { version: 5, sql };
