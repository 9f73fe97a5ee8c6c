// The writer's second thread: pages go in, rows with their sounds come out; items go in, their part of the index comes out.
// In the order they came.
import { parentPort } from "node:worker_threads";
import { buildHere } from "#main/store/catalog/build-here.ts";
import type { ReaderAnswer, ReaderAsk } from "./reading-thread.ts";
import { readPage } from "./read-page.ts";

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", (ask: ReaderAsk) => {
  last = last.then(async () => {
    const answer: ReaderAnswer = ask.kind === "page" ? await readPage(ask.page) : await buildHere(ask.items);
    parentPort?.postMessage(answer);
  });
});
