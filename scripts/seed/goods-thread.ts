import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/result.ts";
import { buildHere } from "#main/store/catalog/build-here.ts";
import type { ImportRowWithSound } from "#main/store/catalog/import-items.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { soundOf } from "#main/store/catalog/sound.ts";
import { indexWaiting } from "#main/store/catalog/word-index.ts";
import { seedCategories, seedRows } from "./goods.ts";

// The thread that fills catalog.db while the year goes by in the other one. Tells how many items are in; -1 once all of
// them are found by their names too.

/** Items in one transaction. */
const rowsAtOnce = 2_000;

assert(parentPort !== null, "this file runs as a thread");
const port = parentPort;
// Whoever began this thread gave it that.
const { path, itemCount } = workerData as { readonly path: string; readonly itemCount: number };

const opened = openCatalogStore({ path, isWriter: true });
assert(opened.ok, "a new catalog.db opens");
const catalog = opened.value;
catalog.importCategories(seedCategories);
let batch: ImportRowWithSound[] = [];
let done = 0;
const flush = (): void => {
  catalog.importBatch(batch);
  done += batch.length;
  batch = [];
  port.postMessage(done);
};
for (const row of seedRows(itemCount)) {
  batch.push({ row, sound: soundOf(row.item.nameZh) });
  if (batch.length === rowsAtOnce) flush();
}
if (batch.length > 0) flush();
await indexWaiting(catalog.words, buildHere);
// The shop's shelves have their labels.
catalog.labels.allPrinted();
catalog.close();
port.postMessage(-1);
