import type { Migration } from "../../migrate.ts";

// Which labels on the shelf are older than what they say. Changes are written by triggers, so that whoever changes goods (the
// page of goods, a list, head office's feed, a price that begins) has changed the label too, in the same transaction. An item
// that is new costs an import nothing: it is known by its id, which is above `labels_from.item_id`, and gets a row when its
// label is printed. Of an id that is free again the next item is new, so `labels_from` never stands above the highest.
const now = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
const highest = "(SELECT coalesce(max(item_id), 0) FROM items)";

const note = `
  INSERT INTO label_changes (item_id, changed_ms) VALUES (new.item_id, ${now})
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
  id      INTEGER PRIMARY KEY CHECK (id = 1),
  item_id INTEGER NOT NULL,
  ms      INTEGER NOT NULL
) STRICT;
INSERT INTO labels_from (id, item_id, ms) VALUES (1, ${highest}, 0);

CREATE TRIGGER label_of_changed_item AFTER UPDATE OF name_zh, name_en, unit, price_fen ON items
  WHEN old.price_fen IS NOT new.price_fen OR old.name_zh IS NOT new.name_zh
    OR old.name_en IS NOT new.name_en OR old.unit IS NOT new.unit
  BEGIN ${note} END;
CREATE TRIGGER label_of_new_code AFTER INSERT ON barcodes
  WHEN new.count = 1 AND (new.item_id <= (SELECT item_id FROM labels_from)
    OR EXISTS (SELECT 1 FROM label_changes WHERE item_id = new.item_id))
  BEGIN ${note} END;
CREATE TRIGGER label_of_gone_item AFTER DELETE ON items BEGIN
  DELETE FROM label_changes WHERE item_id = old.item_id;
  UPDATE labels_from SET item_id = ${highest} WHERE item_id > ${highest};
END;
`;

/** What the list of labels to print needs. */
export const labelTables: Migration = { version: 6, sql };
