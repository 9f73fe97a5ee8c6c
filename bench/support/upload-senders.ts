import { Worker } from "node:worker_threads";
import type { PackedUpload } from "#tests/support/office-till.ts";

/** Uploads of several tills: each till sends its own one after another, all tills at the same time. */
export interface SendTask {
  readonly url: string;
  readonly ofTills: readonly (readonly PackedUpload[])[];
}

export interface Sent {
  /** From the first byte out to the last answer in. Milliseconds. */
  readonly elapsedMs: number;
  /** Of each upload, from its first byte to the end of its answer. Milliseconds. */
  readonly uploadMs: readonly number[];
  /** The first answer that is no 200; null: there is none. */
  readonly refusal: string | null;
}

/** A thread that sends: what making and sending costs is not on the thread that serves. */
export function openSenders(): { send(task: SendTask): Promise<Sent>; close(): Promise<unknown> } {
  const worker = new Worker(new URL("./upload-sender.ts", import.meta.url));
  return {
    send: (task) =>
      new Promise((resolve, reject) => {
        worker.once("error", reject);
        worker.once("message", (sent: Sent) => {
          worker.off("error", reject);
          resolve(sent);
        });
        worker.postMessage(task);
      }),
    close: () => worker.terminate(),
  };
}
