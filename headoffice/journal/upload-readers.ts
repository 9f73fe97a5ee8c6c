import { Worker } from "node:worker_threads";
import type { WireFault } from "#contract/wire/fault.ts";
import { fail, type Result } from "#core/result.ts";
import { faultOf } from "../service/faults.ts";
import { type RawUpload, readUpload, type ReadUpload } from "./read-upload.ts";

/** Reads uploads: unpacks, checks, understands them. Nothing of it needs the database. */
export interface UploadReaders {
  read(upload: RawUpload): Promise<Result<ReadUpload, WireFault>>;
  close(): Promise<void>;
}

export type ReaderTask = RawUpload & { readonly id: number };
export type ReaderAnswer =
  | { readonly id: number; readonly read: Result<ReadUpload, WireFault> }
  | { readonly id: number; readonly broken: string };

/** Bytes on the wire up to which the way to another thread and back is longer than the work: one or two sales. */
const mostReadHere = 2_048;
/** The largest upload there may be takes some 100 MB to read. */
const mostMegabytes = 512;

/** Beside this file, as a source and as `npm run build` bundles it for the demo store. */
const reader = new URL(import.meta.url.endsWith(".ts") ? "./upload-reader.ts" : "./upload-reader.js", import.meta.url);

/** One processor is for the thread that writes; four readers are more than it can keep up with. */
export function readingThreadsFor(processors: number): number {
  return Math.min(4, Math.max(0, processors - 1));
}

/** In this thread: for tests, and where one processor is all there is. */
export const readersHere: UploadReaders = {
  read: async (upload) => readUpload(upload),
  close: async () => {},
};

interface Reader {
  readonly worker: Worker;
  /** Answers that are waited for, by the id of their task. */
  readonly waiting: Map<number, Waiting>;
}
interface Waiting {
  readonly resolve: (read: Result<ReadUpload, WireFault>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * `count` threads beside this one, begun when there is work for them. As many uploads wait as the service takes at once
 * (back-pressure.ts). A thread that ends by itself ends the uploads it had with `busy`, and another takes its place: the
 * till sends them again.
 * @param megabytes of memory of each thread
 */
export function openReaders(count: number, megabytes = mostMegabytes): UploadReaders {
  if (count < 1) return readersHere;
  const readers: Reader[] = [];
  let lastId = 0;

  const begin = (): Reader => {
    const waiting = new Map<number, Waiting>();
    const worker = new Worker(reader, { resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    const begun: Reader = { worker, waiting };
    worker.on("message", (answer: ReaderAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("read" in answer) asked?.resolve(answer.read);
      else asked?.reject(new Error(`an upload could not be read: ${answer.broken}`));
    });
    // An error that nobody hears ends the process; `exit` follows it.
    worker.on("error", () => {});
    worker.once("exit", () => {
      const at = readers.indexOf(begun);
      if (at !== -1) readers.splice(at, 1);
      for (const { resolve } of waiting.values()) resolve(fail(faultOf("busy", "what read this upload has ended")));
    });
    readers.push(begun);
    return begun;
  };

  /** The one with the least to do; a new one while there may be more and nobody is idle. */
  const next = (): Reader => {
    const [idlest] = readers.toSorted((a, b) => a.waiting.size - b.waiting.size);
    if (idlest !== undefined && (idlest.waiting.size === 0 || readers.length >= count)) return idlest;
    return begin();
  };

  return {
    async read({ terminalId, body, contentEncoding }) {
      if (body.length <= mostReadHere) return readUpload({ terminalId, body, contentEncoding });
      const { worker, waiting } = next();
      const id = (lastId += 1);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        // A copy: small bodies share a buffer with others.
        const own = new Uint8Array(body);
        worker.postMessage({ id, terminalId, body: own, contentEncoding } satisfies ReaderTask, [own.buffer]);
      });
    },
    async close() {
      await Promise.all(readers.map(({ worker }) => worker.terminate()));
    },
  };
}
