import { buildHere } from "#main/store/catalog/build-here.ts";
import type { WordIndex } from "#main/store/catalog/word-index.ts";

/** Gives every item its place in the index, however few wait for one. */
export async function indexAll(words: WordIndex): Promise<void> {
  for (let taken = words.next(null); taken !== null; taken = words.next(null))
    await words.put(taken, await buildHere(taken.items));
}
