import type { Migration } from "../../migrate.ts";

// Which labels on the shelf are older than what they say. Written by triggers, so that whoever changes goods (the page of
// goods, a list, head office's feed, a price that begins) has changed the label too, in the same transaction. An item that
// was there before has no row until something changes; what `labels_from` names and what is older counts as printed.
const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

const note = (itemId: string): string => `
  INSERT INTO label_changes (item_id, changed_ms) VALUES (${itemId}, ${now})
  ON CONFLICT (item_id) DO UPDATE SET changed_ms = max(excluded.changed_ms, printed_ms + 1);`;

const sql = `
CREATE TABLE label_changes (
  item_id    INTEGER PRIMARY KEY,
  changed_ms INTEGER NOT NULL,
  printed_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX label_changes_by_time ON label_changes (changed_ms);
CREATE INDEX labels_due ON label_changes (changed_ms) WHERE printed_ms < changed_ms;

CREATE TABLE labels_from (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  ms INTEGER NOT NULL
) STRICT;
INSERT INTO labels_from (id, ms) VALUES (1, 0);

CREATE TRIGGER label_of_new_item AFTER INSERT ON items BEGIN ${note("new.item_id")} END;
CREATE TRIGGER label_of_changed_item AFTER UPDATE OF name_zh, name_en, unit, price_fen ON items
  WHEN old.price_fen IS NOT new.price_fen OR old.name_zh IS NOT new.name_zh
    OR old.name_en IS NOT new.name_en OR old.unit IS NOT new.unit
  BEGIN ${note("new.item_id")} END;
CREATE TRIGGER label_of_new_code AFTER INSERT ON barcodes WHEN new.count = 1 BEGIN ${note("new.item_id")} END;
CREATE TRIGGER label_of_gone_item AFTER DELETE ON items BEGIN
  DELETE FROM label_changes WHERE item_id = old.item_id;
END;
`;

/** What the list of labels to print needs. */
export const labelTables: Migration = { version: 6, sql };
