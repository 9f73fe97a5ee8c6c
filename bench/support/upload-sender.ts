import { Agent, request } from "node:http";
import { parentPort } from "node:worker_threads";
import { assert } from "#core/result.ts";
import type { PackedUpload } from "#tests/support/office-till.ts";
import type { Sent, SendTask } from "./upload-senders.ts";

// The thread of upload-senders.ts.

assert(parentPort !== null, "this file runs as a worker");
const port = parentPort;
/** Connections stay open, as a till's does. */
const agent = new Agent({ keepAlive: true });

port.on("message", (task: SendTask) => void sendRound(task));

async function sendRound({ url, ofTills }: SendTask): Promise<void> {
  const uploadMs: number[] = [];
  let refusal: string | null = null;
  const sendAll = async (uploads: readonly PackedUpload[]) => {
    for (const upload of uploads) {
      const startedAt = performance.now();
      const { status, text } = await post(url, upload);
      uploadMs.push(performance.now() - startedAt);
      if (status !== 200) refusal ??= `${status} ${text}`;
    }
  };
  const startedAt = performance.now();
  await Promise.all(ofTills.map(sendAll));
  port.postMessage({ elapsedMs: performance.now() - startedAt, uploadMs, refusal } satisfies Sent);
}

function post(url: string, { path, headers, body }: PackedUpload): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { method: "POST", agent, headers: { ...headers, "content-length": body.length } };
    const sending = request(new URL(path, url), options, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      answer.on("error", reject);
    });
    sending.on("error", reject);
    sending.end(body);
  });
}
