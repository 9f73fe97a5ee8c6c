/** Items that stand in no part of the index: every question looks through this many of them, which takes some ms. */
export const looksThrough = 400;

/**
 * Has an item indexed again that stands in a part already; one behind `through` waits for its first anyway. Asked with its
 * id, and `indexedThrough` read in the same transaction.
 */
export const indexAgain = "INSERT OR REPLACE INTO renamed (item_id) VALUES (?)";
export const indexedThrough = "SELECT through FROM word_index";
