import { Worker } from "node:worker_threads";
import type { WireFault } from "#contract/wire/fault.ts";
import { fail, type Result } from "#core/result.ts";
import { faultOf } from "../service/faults.ts";
import type { DatabaseChoice } from "../store/open-store.ts";
import type { Sql } from "../store/sql.ts";
import type { Turn } from "../store/turn.ts";
import { type CarriedError, errorOf } from "./carried-error.ts";
import type { Outcome } from "./ingest.ts";
import { type RawUpload, readUpload, type ReadUpload } from "./read-upload.ts";
import { takeUpload, type TillUpload } from "./take-upload.ts";

/** Reads uploads: unpacks, checks, understands them. Nothing of that needs the database. */
export interface UploadReaders {
  read(upload: RawUpload): Promise<Result<ReadUpload, WireFault>>;
  /** Reads it and takes it in: all but whom it is from, and the answer. Throws what the database throws (store/sql.ts). */
  take(sql: Sql, upload: TillUpload): Promise<Outcome>;
  close(): Promise<void>;
}

/** What a thread is begun with. */
export interface ReaderData {
  readonly database: DatabaseChoice;
  readonly turn: SharedArrayBuffer;
}
type Question = ({ readonly kind: "read" } & RawUpload) | ({ readonly kind: "take" } & TillUpload);
export type ReaderTask = Question & { readonly id: number };
export type ReaderAnswer =
  | { readonly id: number; readonly read: Result<ReadUpload, WireFault> }
  | { readonly id: number; readonly outcome: Outcome }
  | { readonly id: number; readonly error: CarriedError };

/** Bytes on the wire up to which the way to another thread and back is longer than the work: one or two sales. */
const mostReadHere = 2_048;
/** The largest upload there may be takes some 100 MB to read. */
const mostMegabytes = 512;
const mostThreads = 4;

/** Beside this file, as a source and as `npm run build` bundles it for the demo store. */
const reader = new URL(import.meta.url.endsWith(".ts") ? "./upload-reader.ts" : "./upload-reader.js", import.meta.url);

/** One for each processor: while one writes, another reads. Four read more than one writer can keep up with. */
export function readingThreadsFor(processors: number): number {
  return processors < 2 ? 0 : Math.min(mostThreads, processors);
}

/** In this thread: for tests, and where one processor is all there is. */
export const readersHere: UploadReaders = {
  read: async (upload) => readUpload(upload),
  take: takeUpload,
  close: async () => {},
};

interface Reader {
  readonly worker: Worker;
  /** Answers that are waited for, by the id of their task. */
  readonly waiting: Map<number, Waiting>;
}
interface Waiting {
  readonly resolve: (answer: ReaderAnswer | typeof ended) => void;
  readonly reject: (error: Error) => void;
}
const ended = { busy: fail(faultOf("busy", "what read this upload has ended")) };

/** Where the threads find the database, and take turns with the thread that opens them. */
export interface ReadersPlace extends ReaderData {
  readonly turns: Turn;
}

/**
 * `count` threads beside this one, begun when there is work for them. As many uploads wait as the service takes at once
 * (back-pressure.ts). A thread that ends by itself ends the uploads it had with `busy`, and another takes its place: the
 * till sends them again, whether they were committed or not.
 * @param megabytes of memory of each thread
 */
export function openReaders(place: ReadersPlace, count: number, megabytes = mostMegabytes): UploadReaders {
  if (count < 1) return readersHere;
  const { database, turn, turns } = place;
  const readers: Reader[] = [];
  let lastId = 0;

  const begin = (): Reader => {
    const waiting = new Map<number, Waiting>();
    const workerData: ReaderData = { database, turn };
    const worker = new Worker(reader, { workerData, resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    const { threadId } = worker;
    const begun: Reader = { worker, waiting };
    worker.on("message", (answer: ReaderAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("error" in answer) asked?.reject(errorOf(answer.error));
      else asked?.resolve(answer);
    });
    // An error that nobody hears ends the process; `exit` follows it.
    worker.on("error", () => {});
    worker.once("exit", () => {
      turns.giveFor(threadId);
      const at = readers.indexOf(begun);
      if (at !== -1) readers.splice(at, 1);
      for (const { resolve } of waiting.values()) resolve(ended);
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

  const ask = (task: Question) =>
    new Promise<ReaderAnswer | typeof ended>((resolve, reject) => {
      const { worker, waiting } = next();
      const id = (lastId += 1);
      waiting.set(id, { resolve, reject });
      // A copy: small bodies share a buffer with others.
      const body = new Uint8Array(task.body);
      worker.postMessage({ ...task, id, body } satisfies ReaderTask, [body.buffer]);
    });

  return {
    async read(upload) {
      if (upload.body.length <= mostReadHere) return readUpload(upload);
      const answer = await ask({ kind: "read", ...upload });
      if ("read" in answer) return answer.read;
      if ("busy" in answer) return answer.busy;
      throw new Error("a reading answers a question for one");
    },
    async take(sql, upload) {
      if (upload.body.length <= mostReadHere) return takeUpload(sql, upload);
      const answer = await ask({ kind: "take", ...upload });
      if ("outcome" in answer) return answer.outcome;
      if ("busy" in answer) return { taken: answer.busy, stored: 0, known: 0, flagged: 0 };
      throw new Error("an outcome answers what is to be taken in");
    },
    async close() {
      await Promise.all(readers.map(({ worker }) => worker.terminate()));
    },
  };
}
