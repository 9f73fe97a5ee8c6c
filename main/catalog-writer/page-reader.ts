// The writer's second thread: pages go in, rows with their words come out, in the order they came.
import { parentPort } from "node:worker_threads";
import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";
import { readPage } from "./read-page.ts";

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", (page: WireFeedPage) => {
  last = last.then(async () => parentPort?.postMessage(await readPage(page)));
});
