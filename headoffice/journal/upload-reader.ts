import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/result.ts";
import { openStore } from "../store/open-store.ts";
import { type Sql, StoreUnavailable } from "../store/sql.ts";
import { turnOver } from "../store/turn.ts";
import { carried } from "./carried-error.ts";
import { readUpload } from "./read-upload.ts";
import { takeUpload } from "./take-upload.ts";
import type { ReaderAnswer, ReaderData, ReaderTask } from "./upload-readers.ts";

// One thread of upload-readers.ts: reads the uploads it is given and takes them in until it is ended. While one waits for
// its turn to write, the next is read: those that were read meanwhile are written together (store/group-commit.ts).

assert(parentPort !== null, "this file runs as a worker");
const port = parentPort;
// Whoever began this thread gave it that.
const { database, turn } = workerData as ReaderData;
/** To PostgreSQL: there are as many such threads as processors. */
const connections = 4;
let store: Promise<Sql> | null = null;

port.on("message", (task: ReaderTask) => void answer(task));

async function answer(task: ReaderTask): Promise<void> {
  try {
    const { id } = task;
    if (task.kind === "read") return send({ id, read: readUpload(task) });
    store ??= open();
    send({ id, outcome: await takeUpload(await store, task) });
  } catch (error) {
    send({ id: task.id, error: carried(error) });
  }
}

/** The one opened before, at the next try, where this one fails. */
async function open(): Promise<Sql> {
  const opened = await openStore(database, { turn: turnOver(turn), connections });
  if (opened.ok) return opened.value;
  store = null;
  throw new StoreUnavailable("unreachable", opened.fault.kind);
}

function send(answer: ReaderAnswer): void {
  // The bodies lie in one buffer, which goes over without being copied.
  const checked = "read" in answer && answer.read.ok ? answer.read.value.checked : null;
  const bodies = checked?.ok === true ? checked.value.sound[0]?.body.buffer : undefined;
  port.postMessage(answer, bodies === undefined ? [] : [bodies]);
}
