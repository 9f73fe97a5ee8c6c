import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pick, seededRandom } from "#tests/support/random.ts";
import { type OpenSalesStore, openSalesStore } from "./open-sales-store.ts";

let directory: string;
let store: OpenSalesStore;

function open(): OpenSalesStore {
  let ids = 0;
  const path = join(directory, "sales.db");
  const opened = openSalesStore({ path, terminalId: "T01", now: () => 1, newId: () => `id-${(ids += 1)}` });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-printing-"));
  store = open();
});

afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

test("unfinished papers are told as they are on the disk, whatever became of them, and whoever asked before", () => {
  const paper = (jobId: string) =>
    ({ jobId, saleId: null, kind: "shift-close", lines: `["${jobId}"]`, state: "queued", createdAtMs: 1 }) as const;
  const states = ["queued", "sending", "unknown", "printed"] as const;
  const added: string[] = [];
  const stateOf = (jobId: string) => store.printJobState(jobId) ?? "printed";
  const random = seededRandom(20_261_127);
  for (let turn = 0; turn < 200; turn += 1) {
    const jobId = added[pick(random, added.length + 1)];
    if (jobId === undefined) {
      added.push(`j${turn}`);
      store.enqueuePrint(paper(`j${turn}`), null);
    } else store.setPrintState(jobId, states[pick(random, states.length)] ?? "queued");
    if (pick(random, 3) > 0) continue;
    const told = store.unfinishedPrintJobs().map((job) => ({ ...job }));
    const isUnfinished = (id: string): boolean => stateOf(id) !== "printed";
    const onDisk = added.filter(isUnfinished).map((id) => ({ ...paper(id), state: stateOf(id) }));
    expect(told).toEqual(onDisk);
  }
  const before = store.unfinishedPrintJobs().map((job) => ({ ...job }));
  store.close();
  store = open();
  expect(before.length).toBeGreaterThan(1);
  expect(store.unfinishedPrintJobs()).toEqual(before);
});
