import { setImmediate } from "node:timers/promises";
import type { IndexPart, UnindexedItem } from "./index-part.ts";

/** Items whose words are made before others get their turn: some ms. */
const itemsAtOnce = 50;

/** Makes a part on this thread, a few items at a time. Its last step takes about 5 µs an item and is one. */
export async function buildHere(items: readonly UnindexedItem[]): Promise<IndexPart> {
  // Loaded when something is indexed: the dictionary of pinyin would cost every start a tenth of its time.
  const { PartBuilder } = await import("./index-part.ts");
  const builder = new PartBuilder();
  for (let from = 0; from < items.length; from += itemsAtOnce) {
    for (const item of items.slice(from, from + itemsAtOnce)) builder.add(item);
    await setImmediate();
  }
  return builder.finish();
}
