import { writerEvent, writerRequest } from "#contract/catalog-writer/messages.ts";
import { workerEvent, workerRequest } from "#contract/worker/messages.ts";
import type { FuzzParser } from "../parser.ts";

const schemas = [workerRequest, workerEvent, writerRequest, writerEvent];
const samples = [
  [0, { kind: "cancel", jobId: 1 }],
  [0, { kind: "job", jobId: 1, job: { kind: "idle", ms: 5, isDeaf: false } }],
  [1, { kind: "progress", jobId: 1, share: 0.5 }],
  [1, { kind: "refused", jobId: 1, fault: { kind: "bad-line", which: "trade", line: 3, problem: "no column" } }],
  [2, { kind: "settle-prices", id: 7 }],
] as const;

/** First byte: which of the four. */
export const processMessages: FuzzParser = {
  name: "process-messages",
  reads:
    "what main, its worker and the catalogue's writer say to each other (contract/worker, contract/catalog-writer)",
  seeds: () => samples.map(([which, value]) => Buffer.from([which, ...Buffer.from(JSON.stringify(value))])),
  words: ['"kind":', "__proto__", '"id":', "done", "progress"],
  jsonFrom: 1,
  read(input) {
    const schema = schemas[(input[0] ?? 0) % schemas.length] ?? workerRequest;
    const parsed = schema.safeParse(jsonIn(input.subarray(1)));
    return { isTaken: parsed.success, told: parsed.success ? parsed.data : parsed.error.issues.length };
  },
};

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
