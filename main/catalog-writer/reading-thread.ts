import { Worker } from "node:worker_threads";
import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";
import { assert, type Result } from "#core/result.ts";
import type { ImportRowWithSound } from "#main/store/catalog/import-items.ts";
import type { IndexPart, UnindexedItem } from "#main/store/catalog/index-part.ts";
import type { BuildPart } from "#main/store/catalog/word-index.ts";
import type { JudgedPage } from "./read-page.ts";

/** The dictionary of pinyin, two pages, and a part of the index with its words; what takes more is no page. */
const mostMegabytes = 512;

export type ReaderAsk =
  | { readonly kind: "page"; readonly page: WireFeedPage }
  | { readonly kind: "rows"; readonly json: Uint8Array }
  | { readonly kind: "part"; readonly items: readonly UnindexedItem[] };

export interface ReadingThread {
  readonly judge: (page: WireFeedPage) => Promise<Result<JudgedPage, string>>;
  /** Rows of an import. */
  readonly readRows: (json: Uint8Array) => Promise<Result<readonly ImportRowWithSound[], string>>;
  readonly build: BuildPart;
  /** Ends it with what it has under way; the next question starts another. */
  end(): void;
}

export type ReaderAnswer =
  | { readonly kind: "page"; readonly page: Result<JudgedPage, string> }
  | { readonly kind: "rows"; readonly rows: Result<readonly ImportRowWithSound[], string> }
  | { readonly kind: "part"; readonly part: IndexPart };

interface Asked {
  readonly resolve: (answer: ReaderAnswer) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * Reads pages and makes parts of the index in a thread of its own: it takes as long as writing them, and both go on at once.
 * @param reader page-reader.ts, or what `npm run build` makes of it: whoever asks knows what lies beside itself
 */
export function openReadingThread(reader: URL): ReadingThread {
  let thread: Worker | null = null;
  const asked: Asked[] = [];

  function start(): Worker {
    const started = new Worker(reader, { resourceLimits: { maxOldGenerationSizeMb: mostMegabytes } });
    started.on("message", (answer: ReaderAnswer) => asked.shift()?.resolve(answer));
    started.on("error", (cause: unknown) => {
      thread = null;
      // A page that ended the thread, and whatever waited behind it, is asked for again.
      for (const one of asked.splice(0)) one.reject(cause instanceof Error ? cause : new Error(typeof cause));
    });
    return started;
  }

  /** Answers come in the order of the questions. */
  function ask(what: ReaderAsk): Promise<ReaderAnswer> {
    return new Promise((resolve, reject) => {
      thread ??= start();
      asked.push({ resolve, reject });
      thread.postMessage(what);
    });
  }

  return {
    end() {
      void thread?.terminate();
      thread = null;
      for (const one of asked.splice(0)) one.reject(new Error("the reading thread was ended"));
    },
    async judge(page) {
      const answer = await ask({ kind: "page", page });
      assert(answer.kind === "page", "a page is answered with a page");
      return answer.page;
    },
    async readRows(json) {
      const answer = await ask({ kind: "rows", json });
      assert(answer.kind === "rows", "rows are answered with rows");
      return answer.rows;
    },
    async build(items) {
      const answer = await ask({ kind: "part", items });
      assert(answer.kind === "part", "items are answered with their part");
      return answer.part;
    },
  };
}
