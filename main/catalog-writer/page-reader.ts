// The writer's second thread: pages go in and what is found of them comes out; imports go in, rows with their sounds come out; items go in, their part of the index comes out.
// In the order they came.
import { parentPort } from "node:worker_threads";
import { buildHere } from "#main/store/catalog/build-here.ts";
import type { ReaderAnswer, ReaderAsk } from "./reading-thread.ts";
import { judgePage } from "./read-page.ts";
import { readRows } from "./read-rows.ts";

async function answerTo(ask: ReaderAsk): Promise<ReaderAnswer> {
  if (ask.kind === "page") return { kind: "page", page: await judgePage(ask.page) };
  if (ask.kind === "rows") return { kind: "rows", rows: await readRows(ask.json) };
  return { kind: "part", part: await buildHere(ask.items) };
}

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", (ask: ReaderAsk) => {
  last = last.then(async () => {
    parentPort?.postMessage(await answerTo(ask));
  });
});
