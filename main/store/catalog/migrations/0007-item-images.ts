import type { Migration } from "../../migrate.ts";

// The name of an item's image, which is a file beside catalog.db; null for the most. No CHECK: adding one would read every
// item of a full catalogue. The index has the few that have an image, so that a sweep of the files asks it alone, and a
// damaged catalogue can still say whose they were: those wait in images_to_come until head office sends their items again.
const sql = `
ALTER TABLE items ADD COLUMN image TEXT;
CREATE INDEX items_by_image ON items (image, sku) WHERE image IS NOT NULL;

CREATE TABLE images_to_come (
  sku   TEXT PRIMARY KEY,
  image TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER image_comes_back AFTER INSERT ON items
  WHEN EXISTS (SELECT 1 FROM images_to_come WHERE sku = new.sku)
  BEGIN
    UPDATE items SET image = (SELECT image FROM images_to_come WHERE sku = new.sku) WHERE item_id = new.item_id;
    DELETE FROM images_to_come WHERE sku = new.sku;
  END;
`;

/** What images of items need. */
export const imageTables: Migration = { version: 7, sql };
