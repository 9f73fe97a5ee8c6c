/** Items that stand in no part of the index: every question looks through this many of them, which takes some ms. */
export const looksThrough = 400;

/** Has an item indexed again, by its id, that stands in a part already; one that does not waits for its first anyway. */
export const indexAgain = `
  INSERT OR REPLACE INTO renamed (item_id)
  SELECT items.item_id FROM items, word_index WHERE items.item_id = ? AND items.item_id <= through`;
