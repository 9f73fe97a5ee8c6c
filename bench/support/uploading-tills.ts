import { Worker } from "node:worker_threads";

/** What the thread is begun with: tills that are enrolled by these codes and begin their day. */
export interface TillsData {
  readonly url: string;
  /** Head office's clock, which stands still. Milliseconds since 1970. */
  readonly nowMs: number;
  readonly storeCode: string;
  readonly codes: readonly { readonly terminalId: string; readonly code: string }[];
  /** Of a round, of each till. */
  readonly uploads: number;
  /** Of one upload. */
  readonly sales: number;
}

export type Range = readonly [firstSeq: number, lastSeq: number];

/** What a round sends, of each till the uploads in their order. */
export interface Prepared {
  readonly ranges: readonly (readonly Range[])[];
}

export interface Sent {
  /** From the first byte out to the last answer in. Milliseconds. */
  readonly elapsedMs: number;
  /** Of each upload, from its first byte to the end of its answer. Milliseconds. */
  readonly uploadMs: readonly number[];
  /** The first answer that is no 200; null: there is none. */
  readonly refusal: string | null;
}

export type TillsTask = "prepare" | "send";

/** Tills in a thread of their own. */
export interface UploadingTills {
  /** Sells, seals, signs and packs what the next round sends. */
  prepare(): Promise<Prepared>;
  /** Each till sends its uploads one after another, all tills at the same time. */
  send(): Promise<Sent>;
  close(): Promise<unknown>;
}

/**
 * Opens the tills and has their day begun at head office. Nothing they make is made, kept or collected as garbage by the
 * thread that serves: it has the memory it would have without them.
 */
export async function openUploadingTills(data: TillsData): Promise<UploadingTills> {
  const worker = new Worker(new URL("./tills-thread.ts", import.meta.url), { workerData: data });
  const next = <T>(task: TillsTask | null): Promise<T> =>
    new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("message", (answer: T) => {
        worker.off("error", reject);
        resolve(answer);
      });
      if (task !== null) worker.postMessage(task);
    });
  await next<"open">(null);
  return { prepare: () => next<Prepared>("prepare"), send: () => next<Sent>("send"), close: () => worker.terminate() };
}
