import { Worker } from "node:worker_threads";
import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";
import type { Result } from "#core/result.ts";
import type { ReadPage } from "./read-page.ts";

/** The dictionary of pinyin, two pages and their words; what takes more is no page. */
const mostMegabytes = 512;
/** Beside this file, as a source and as `npm run build` bundles it. */
const reader = new URL(import.meta.url.endsWith(".ts") ? "./page-reader.ts" : "./page-reader.js", import.meta.url);

interface Asked {
  readonly resolve: (page: Result<ReadPage, string>) => void;
  readonly reject: (cause: Error) => void;
}

/** Reads pages in a thread of its own: their words take as long as writing them, and both go on at once. */
export function openReadingThread(): (page: WireFeedPage) => Promise<Result<ReadPage, string>> {
  let thread: Worker | null = null;
  const asked: Asked[] = [];

  function start(): Worker {
    const started = new Worker(reader, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    started.on("message", (page: Result<ReadPage, string>) => asked.shift()?.resolve(page));
    started.on("error", (cause: unknown) => {
      thread = null;
      // A page that ended the thread, and whatever waited behind it, is asked for again.
      for (const one of asked.splice(0)) one.reject(cause instanceof Error ? cause : new Error(typeof cause));
    });
    return started;
  }

  return (page) =>
    new Promise((resolve, reject) => {
      thread ??= start();
      asked.push({ resolve, reject });
      thread.postMessage(page);
    });
}
