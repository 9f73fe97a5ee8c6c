import { buildHere } from "#main/store/catalog/build-here.ts";
import { openReadingThread, type ReadingThread } from "#main/catalog-writer/reading-thread.ts";

/** As a source, and beside the worker as `npm run build` bundles it. */
const path = import.meta.url.endsWith(".ts") ? "../../catalog-writer/page-reader.ts" : "./page-reader.js";

/** A part of fewer is made here before a thread has loaded its dictionary. */
const worthAThread = 8_192;

/** A thread of the worker's in which parts of the index of words are made; started with the first large one. */
export function openIndexThread(): Pick<ReadingThread, "build" | "end"> {
  const thread = openReadingThread(new URL(path, import.meta.url));
  return {
    build: (items) => (items.length < worthAThread ? buildHere(items) : thread.build(items)),
    end: thread.end,
  };
}
