import type Database from "better-sqlite3";

/** An item and the name of its image; null for none. */
export interface ImageOfItem {
  readonly sku: string;
  readonly image: string | null;
}

export interface ItemImages {
  of(sku: string): string | null;
  /** Whether an item has it, or will have it once it comes again. */
  isUsed(image: string): boolean;
  /** Images of a catalogue that was damaged: each goes to its item when that comes again. */
  toCome(images: readonly ImageOfItem[]): void;
}

/** Made with the first image that waits, so that a till which never lost a catalogue pays nothing for it at any row. */
const comesBack = `
CREATE TRIGGER IF NOT EXISTS image_comes_back AFTER INSERT ON items
  WHEN EXISTS (SELECT 1 FROM images_to_come WHERE sku = new.sku)
  BEGIN
    UPDATE items SET image = (SELECT image FROM images_to_come WHERE sku = new.sku) WHERE item_id = new.item_id;
    DELETE FROM images_to_come WHERE sku = new.sku;
  END;
`;

export function itemImages(db: Database.Database): ItemImages {
  const of = db.prepare<[string], string | null>("SELECT image FROM items WHERE sku = ?").pluck();
  const isUsed = db
    .prepare<[string, string], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM items WHERE image = ?) OR EXISTS (SELECT 1 FROM images_to_come WHERE image = ?)`,
    )
    .pluck();
  const put = db.prepare("INSERT OR REPLACE INTO images_to_come (sku, image) VALUES (?, ?)");
  const toCome = db.transaction((images: readonly ImageOfItem[]) => {
    if (images.length > 0) db.exec(comesBack);
    for (const { sku, image } of images) if (image !== null) put.run(sku, image);
  });
  return {
    of: (sku) => of.get(sku) ?? null,
    isUsed: (image) => isUsed.get(image, image) === 1,
    toCome: (images) => toCome.immediate(images),
  };
}
