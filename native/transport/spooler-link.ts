import type { PrinterTrouble } from "#contract/devices/messages.ts";
import type { AddonFailure, WindowsAddon } from "../addon/addon.ts";
import { loadAddon } from "../addon/load-addon.ts";
import type { Link, LinkEvents, OpenedLink } from "./transport.ts";

/** How often the job is looked at while it is in the queue. */
const JOB_POLL_MS = 250;
/** How often an idle queue is looked at: one that was deleted says nothing. */
const QUEUE_POLL_MS = 5_000;
/** Longer than a print job waits for paper: see device-stream.ts. */
const JOB_DEADLINE_MS = 15 * 60_000;

/** ERROR_INVALID_PRINTER_NAME and ERROR_INVALID_PARAMETER, the latter of GetJob for a job that has left the queue. */
const UNKNOWN_QUEUE = "1801";
const JOB_GONE = "87";

/** Bits of PRINTER_INFO_2.Status and .Attributes, and of JOB_INFO_2.Status (winspool.h). */
const queueBits = {
  paperOut: 0x10 | 0x40,
  coverOpen: 0x40_0000,
  error: 0x2 | 0x8 | 0x4_0000 | 0x10_0000 | 0x20_0000,
  offline: 0x1 | 0x4 | 0x80 | 0x1000,
  worksOffline: 0x400,
} as const;
const jobBits = {
  deleted: 0x4 | 0x100,
  printed: 0x80 | 0x1000,
  paperOut: 0x40,
  error: 0x2 | 0x400,
  offline: 0x20,
} as const;

/** Opens a queue of the Windows spooler for one connection: each write becomes one RAW document. */
export async function openSpoolerLink(queue: string, events: LinkEvents): Promise<OpenedLink> {
  const loaded = loadAddon();
  if (!loaded.ok) return { ok: false, absent: true, reason: loaded.reason };
  if (loaded.addon.platform !== "win32") return { ok: false, absent: true, reason: "only Windows has such queues" };
  return openQueue(loaded.addon, queue, events);
}

/** The same on a given addon. */
export async function openQueue(addon: WindowsAddon, queue: string, events: LinkEvents): Promise<OpenedLink> {
  const looked = await answerOf<AnswerTo<"queueStatus">>((done) => addon.queueStatus(queue, done));
  if (!looked.ok) return { ok: false, absent: looked.code === UNKNOWN_QUEUE, reason: looked.message };
  return { ok: true, link: new SpoolerLink(addon, queue, events) };
}

class SpoolerLink implements Link {
  readonly #addon: WindowsAddon;
  readonly #queue: string;
  readonly #events: LinkEvents;
  readonly #watch: NodeJS.Timeout;
  #jobId: number | null = null;
  #jobStatus = 0;
  #wasDeleted = false;
  #isClosed = false;

  constructor(addon: WindowsAddon, queue: string, events: LinkEvents) {
    this.#addon = addon;
    this.#queue = queue;
    this.#events = events;
    this.#watch = setInterval(() => void this.#lookAtQueue(), QUEUE_POLL_MS);
  }

  /** Resolves when the document has left the queue for the printer; rejects when it was taken out of it. */
  async send(bytes: Buffer): Promise<void> {
    const printed = await answerOf<AnswerTo<"printRaw">>((done) =>
      this.#addon.printRaw(this.#queue, "Tillway", bytes, done),
    );
    if (!printed.ok) throw new Error(printed.message);
    this.#jobId = printed.jobId;
    this.#jobStatus = 0;
    this.#wasDeleted = false;
    // Closed while the spooler took it: nobody waits for this document any more.
    if (this.#isClosed) await this.#takeBack();
    const giveUpAt = Date.now() + JOB_DEADLINE_MS;
    for (;;) {
      const hasLeft = await this.#hasLeft(printed.jobId);
      if (this.#isClosed || Date.now() >= giveUpAt) throw new Error("the document was given up");
      if (hasLeft) break;
      await pause(JOB_POLL_MS);
    }
    this.#jobId = null;
  }

  async trouble(): Promise<PrinterTrouble | null> {
    const byJob = this.#jobId === null ? null : jobTrouble(this.#jobStatus);
    if (byJob !== null) return byJob;
    const looked = await this.#lookAtQueue();
    return looked === null ? null : queueTrouble(looked.status, looked.attributes);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#watch);
    await this.#takeBack();
  }

  async #hasLeft(jobId: number): Promise<boolean> {
    const looked = await answerOf<AnswerTo<"jobStatus">>((done) => this.#addon.jobStatus(this.#queue, jobId, done));
    if (looked.ok) {
      this.#jobStatus = looked.status;
      this.#wasDeleted ||= (looked.status & jobBits.deleted) !== 0;
      return (looked.status & jobBits.printed) !== 0;
    }
    if (looked.code !== JOB_GONE) throw new Error(looked.message);
    // A document that somebody deleted leaves the queue as well, unprinted.
    if (this.#wasDeleted) throw new Error("the document was deleted from the queue");
    return true;
  }

  /** What still waits in the queue must not come out after a person has decided. */
  async #takeBack(): Promise<void> {
    const jobId = this.#jobId;
    this.#jobId = null;
    if (jobId === null) return;
    await answerOf<AnswerTo<"deleteJob">>((done) => this.#addon.deleteJob(this.#queue, jobId, done));
  }

  async #lookAtQueue(): Promise<{ readonly status: number; readonly attributes: number } | null> {
    const looked = await answerOf<AnswerTo<"queueStatus">>((done) => this.#addon.queueStatus(this.#queue, done));
    if (looked.ok) return looked.queue;
    if (!this.#isClosed && looked.code === UNKNOWN_QUEUE) this.#events.onEnd(looked.message);
    return null;
  }
}

export function queueTrouble(status: number, attributes: number): PrinterTrouble | null {
  if (status & queueBits.coverOpen) return "cover-open";
  if (status & queueBits.paperOut) return "paper-out";
  if (status & queueBits.error) return "error";
  return status & queueBits.offline || attributes & queueBits.worksOffline ? "offline" : null;
}

function jobTrouble(status: number): PrinterTrouble | null {
  if (status & jobBits.paperOut) return "paper-out";
  if (status & jobBits.error) return "error";
  return status & jobBits.offline ? "offline" : null;
}

/** What a call of the addon hands to its last argument. */
type AnswerTo<Call extends keyof WindowsAddon> = WindowsAddon[Call] extends (
  ...args: [...infer _, done: (answer: infer Answer) => void]
) => void
  ? Answer
  : never;

function answerOf<Answer extends { readonly ok: true } | AddonFailure>(
  ask: (done: (answer: Answer) => void) => void,
): Promise<Answer> {
  return new Promise(ask);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
