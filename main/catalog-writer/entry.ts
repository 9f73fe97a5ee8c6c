import { assert } from "#core/result.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { stepBack } from "#main/worker/step-back.ts";
import { openWorkerPort } from "#main/worker/worker-port.ts";
import type { WriterEvent } from "#contract/catalog-writer/messages.ts";
import { createPageDesk } from "./page-desk.ts";
import { openReadingThread } from "./reading-thread.ts";

/**
 * The catalogue's writer: the process in which head office's catalogue goes into catalog.db, beside the till that sells from
 * it. `catalog-writer PATH`. It knows no key and reaches no network; started when there is a page, ended when there is none.
 */

/** Beside this file, as a source and as `npm run build` bundles it. */
const reader = new URL(import.meta.url.endsWith(".ts") ? "./page-reader.ts" : "./page-reader.js", import.meta.url);
const port = openWorkerPort<WriterEvent>();
stepBack();
const [path] = process.argv.slice(2);
assert(path !== undefined, "the writer is told its file");
const opened = openCatalogStore({ path, isWriter: true });
if (!opened.ok) throw new Error(`catalog.db does not open: ${opened.fault.kind}`);
const store = opened.value;
const { feed, words, importBatch } = store;
const desk = createPageDesk({
  feed,
  words,
  importBatch,
  ...openReadingThread(reader),
  send: (event) => port.send(event),
});
const end = (): void => {
  // What is under way is in one transaction that nobody has seen.
  process.exit(0);
};
port.onMessage((message) => {
  if (desk.hear(message) === "close") end();
});
port.onOrphaned(end);
port.send({ kind: "ready" });
