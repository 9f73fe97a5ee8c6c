import Database from "better-sqlite3";
import type { ImageOfItem } from "./item-images.ts";

/** More than a room of images has place for. */
const mostSalvaged = 200_000;

/**
 * Which items of a damaged catalogue had which image, as far as it can still say so. Head office sends goods again, but has
 * no images: whose they were stands here alone.
 */
export function salvageImages(path: string): readonly ImageOfItem[] {
  const found: ImageOfItem[] = [];
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    const rows = db.prepare<[number], ImageOfItem>(
      "SELECT sku, image FROM items INDEXED BY items_by_image WHERE image IS NOT NULL LIMIT ?",
    );
    for (const row of rows.iterate(mostSalvaged)) if (isPlain(row)) found.push(row);
  } catch {
    // Whatever cannot be read is damaged, as was known; what was read before it is whole.
  }
  db?.close();
  return found;
}

/** A damaged page may say anything. */
function isPlain({ sku, image }: ImageOfItem): boolean {
  return typeof sku === "string" && sku.length <= 64 && typeof image === "string" && /^[0-9a-f]{64}$/.test(image);
}
