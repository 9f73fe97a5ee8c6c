import { assert } from "#core/result.ts";
import { parentPort } from "node:worker_threads";
import { readUpload } from "./read-upload.ts";
import type { ReaderAnswer, ReaderTask } from "./upload-readers.ts";

// One thread of upload-readers.ts: reads the uploads it is given, one after another, until it is ended.

assert(parentPort !== null, "this file runs as a worker");
const port = parentPort;

port.on("message", ({ id, ...upload }: ReaderTask) => {
  let answer: ReaderAnswer;
  try {
    answer = { id, read: readUpload(upload) };
  } catch (error) {
    answer = { id, broken: error instanceof Error ? error.message : String(error) };
  }
  // The bodies lie in one buffer, which goes over without being copied.
  const checked = "read" in answer && answer.read.ok ? answer.read.value.checked : null;
  const bodies = checked?.ok === true ? checked.value.sound[0]?.body.buffer : undefined;
  port.postMessage(answer, bodies === undefined ? [] : [bodies]);
});
