import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { assert } from "#core/result.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill, type OfficeTill, type PackedUpload } from "#tests/support/office-till.ts";
import type { Prepared, Range, Sent, TillsData, TillsTask } from "./uploading-tills.ts";

// The thread of uploading-tills.ts.

assert(parentPort !== null, "this file runs as a worker");
const port = parentPort;
// Whoever began this thread gave it that.
const { url, nowMs, storeCode, codes, uploads, sales } = workerData as TillsData;
/** Connections stay open, as a till's does. */
const agent = new Agent({ keepAlive: true });
let waiting: readonly (readonly PackedUpload[])[] = [];

/** As most shops have it: every sale tells its taxes, and each line its part of them. */
const taxRates = [{ taxClass: "standard", basisPoints: 1_300 }];

const tills: OfficeTill[] = [];
for (const { terminalId, code } of codes) tills.push(await openTill(terminalId, code));
port.on("message", (task: TillsTask) => void run(task));
port.postMessage("open");

async function openTill(terminalId: string, code: string): Promise<OfficeTill> {
  const till = officeTill({ url, now: () => nowMs, storeCode, terminalId });
  assert((await till.enrol(code)).status === 201, "a till enrols with a fresh code");
  openDay(till);
  assert((await till.upload(till.entries)).status === 200, "the day's beginning is taken in");
  return till;
}

async function run(task: TillsTask): Promise<void> {
  port.postMessage(task === "prepare" ? prepare() : await send());
}

function prepare(): Prepared {
  const ranges: Range[][] = [];
  waiting = tills.map((till) => {
    const own: Range[] = [];
    ranges.push(own);
    return Array.from({ length: uploads }, () => {
      const from = till.entries.length;
      sell(till, sales, {}, taxRates);
      own.push([from + 1, till.entries.length]);
      return till.packedUpload(till.entries.slice(from));
    });
  });
  return { ranges };
}

async function send(): Promise<Sent> {
  const uploadMs: number[] = [];
  let refusal: string | null = null;
  const sendAll = async (packed: readonly PackedUpload[]) => {
    for (const upload of packed) {
      const startedAt = performance.now();
      const { status, text } = await post(upload);
      uploadMs.push(performance.now() - startedAt);
      if (status !== 200) refusal ??= `${status} ${text}`;
    }
  };
  const startedAt = performance.now();
  await Promise.all(waiting.map(sendAll));
  return { elapsedMs: performance.now() - startedAt, uploadMs, refusal };
}

function post({ path, headers, body }: PackedUpload): Promise<{ status: number; text: string }> {
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
