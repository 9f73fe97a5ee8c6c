import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { createPrintQueue } from "#main/printing/print-queue.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { PrintJob } from "#main/till/ports/sales-store.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { realClock } from "#tests/support/device-host.ts";
import { until } from "#tests/support/poll.ts";
import { pick, seededRandom } from "#tests/support/random.ts";
import { openSerialPrinter } from "#tests/support/serial-printer.ts";
import { onSerial, startLoadRig, untilReady } from "./load-rig.ts";
import { judgePapers, type PaperVerdict } from "./paper-book.ts";

export interface PrintLoad {
  readonly jobs: number;
  readonly kills: number;
  readonly seed: number;
}

/** Long enough that a kill finds it on the wire, in the printer or not begun. */
const linesOfJob = 40;
/** A kill comes at most this long after the job it is meant for was handed over: before, while and after it prints. */
const mostMsBeforeKill = 120;

/**
 * Receipts through the durable queue to a printer on a serial line, while the device host is killed again and again.
 * A job that is unknown is answered as a person would who has looked at the paper: printed where a receipt with its
 * number lies there whole, else a copy.
 */
export async function runPrintLoad({
  jobs,
  kills,
  seed,
}: PrintLoad): Promise<PaperVerdict & { readonly killed: number }> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "tillway-print-load-"));
  let ids = 0;
  const opened = openSalesStore({
    path: join(folder, "sales.db"),
    terminalId: "T01",
    now: Date.now,
    newId: () => `id-${(ids += 1)}`,
  });
  assert(opened.ok, "a new sales.db opens");
  const store = opened.value;
  const printer = await openSerialPrinter(48);
  const rig = startLoadRig({ scanners: [], printer: { ...profile, transport: onSerial(printer) } });
  const queue = createPrintQueue({ store, devices: rig.client, onChange: () => {}, clock: realClock });
  /** Number of the job on each whole receipt, by the paper's id: the twin keeps the newest papers only. */
  const papers = new Map<number, string>();
  const collect = (): void => {
    for (const { id, elements } of printer.papers()) {
      // A receipt that was cut short has no last line.
      const number = /receipt (\d+) end/.exec(plainLines(elements, 48).join("\n"))?.[1];
      if (number !== undefined) papers.set(id, number);
    }
  };
  const asked: string[] = [];
  const killAt = chosenJobs(jobs, kills, random);
  let killed = 0;
  try {
    await untilReady(rig, "printer");
    for (let number = 0; number < jobs; number += 1) {
      const jobId = String(number);
      queue.enqueue(receipt(jobId), null);
      if (killAt.has(number)) {
        await killAfter(rig.hosts.at(-1), pick(random, mostMsBeforeKill));
        killed += 1;
      }
      await until(`job ${jobId} has an end`, () => queue.status().waiting === 0);
      collect();
      for (const unknown of queue.status().unknown) {
        asked.push(unknown.jobId);
        queue.resolveUnknown(unknown.jobId, "printed");
      }
    }
    collect();
    return { ...judgePapers({ jobs, papers: [...papers.values()], asked }), killed };
  } finally {
    queue.stop();
    await rig.close();
    await printer.unplug();
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const profile = {
  id: "printer",
  columns: 48,
  chinese: "gb18030",
  qr: "native",
  cut: "partial",
  answersStatus: true,
} as const;

function receipt(jobId: string): PrintJob {
  const text = (words: string) => ({ kind: "text", text: words, align: "left", style: {} });
  const middle = Array.from({ length: linesOfJob }, (_, place) => text(`${place} 康师傅红烧牛肉面 105g`));
  const lines = JSON.stringify([...middle, text(`receipt ${jobId} end`)]);
  return { jobId, saleId: null, kind: "copy", lines, state: "queued", createdAtMs: 0 };
}

function chosenJobs(jobs: number, kills: number, random: () => number): ReadonlySet<number> {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(kills, jobs)) chosen.add(pick(random, jobs));
  return chosen;
}

function killAfter(host: { kill(signal: "SIGKILL"): boolean } | undefined, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(() => {
    host?.kill("SIGKILL");
    resolve();
  }, ms);
  return promise;
}
