import type { PrinterTrouble, PrintLine, PrintProgress } from "#contract/devices/messages.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Devices } from "#main/till/ports/devices.ts";
import type { JournalDraft, PrintJob, SalesStore } from "#main/till/ports/sales-store.ts";

const FIRST_RETRY_MS = 500;
/** The host waits for a printer by itself; this only paces its restarts. */
const LONGEST_RETRY_MS = 10_000;
/** Damaged jobs kept until they are told of; more than a few is a damaged disk, which has its own word. */
const MOST_FAILED = 5;

export interface PrintQueueOptions {
  readonly store: Pick<SalesStore, "enqueuePrint" | "setPrintState" | "unfinishedPrintJobs">;
  readonly devices: Pick<Devices, "print" | "cancelPrint" | "onStatus">;
  /** Called whenever `status()` has changed. */
  readonly onChange: () => void;
  readonly clock: Clock;
  /** So long a paper was under way from joining the queue until the printer had taken all of it; milliseconds. */
  readonly onPrinted?: (tookMs: number) => void;
}

export interface PrintQueueStatus {
  /** Jobs not on paper yet, the one under way included. */
  readonly waiting: number;
  /** What the job under way, or the next one, waits for. */
  readonly trouble: PrinterTrouble | "not-connected" | null;
  /** Jobs of which nobody knows whether they were printed: a person must look. */
  readonly unknown: readonly PrintJob[];
}

export interface PrintQueue {
  /** Stores a job and prints it in its turn. */
  enqueue(job: PrintJob, entry: JournalDraft | null): void;
  /** Looks again at the store: a committed sale puts its receipt there itself. */
  wake(): void;
  /**
   * A person has looked at an unknown job. `print-again` ends it too: the caller enqueues the copy, marked as one,
   * before it calls this, so that a crash in between asks once more instead of losing the receipt.
   * @returns the job, null when it is not an unknown one
   */
  resolveUnknown(jobId: string, answer: "printed" | "print-again"): PrintJob | null;
  /**
   * Takes a waiting job out of the queue, with the journal's word for who wanted it. One that is with the printer is
   * taken back from it first: if nothing of it was sent it ends cancelled, otherwise its end is told as ever.
   * @returns false when no such job waits
   */
  cancel(jobId: string, entry: JournalDraft): boolean;
  /** Jobs that turned out damaged since it was last asked: they will never print, and somebody should hear of it. */
  takeFailed(): readonly PrintJob[];
  status(): PrintQueueStatus;
  /** Sends nothing more. What the job under way becomes is still stored. */
  stop(): void;
}

/**
 * Prints what the store holds, oldest first, one at a time, for as long as it takes; no sale ever waits for it. A job
 * is marked `sending` before the first byte can leave, so after a crash it is unknown and never silently printed twice.
 */
export function createPrintQueue(options: PrintQueueOptions): PrintQueue {
  const queue = new StoredPrintQueue(options);
  queue.wake();
  return queue;
}

class StoredPrintQueue implements PrintQueue {
  readonly #options: PrintQueueOptions;
  #queued: readonly PrintJob[] = [];
  #unknown: readonly PrintJob[] = [];
  #current: PrintJob | null = null;
  /** The word for the journal, while the job under way is being taken back. */
  #takingBack: JournalDraft | null = null;
  #failed: readonly PrintJob[] = [];
  #trouble: PrintQueueStatus["trouble"] = null;
  #failures = 0;
  #cancelRetry: (() => void) | null = null;
  #isStopped = false;

  constructor(options: PrintQueueOptions) {
    this.#options = options;
    for (const job of options.store.unfinishedPrintJobs()) {
      // Its sending was cut short by a crash.
      if (job.state === "sending") options.store.setPrintState(job.jobId, "unknown");
    }
    options.devices.onStatus((statuses) => {
      const printer = statuses.find((status) => status.role === "printer");
      if (printer?.state === "ready" && printer.trouble === null && this.#cancelRetry !== null) this.#retryNow();
    });
  }

  enqueue(job: PrintJob, entry: JournalDraft | null): void {
    this.#options.store.enqueuePrint(job, entry);
    this.wake();
  }

  wake(): void {
    const jobs = this.#options.store.unfinishedPrintJobs();
    this.#queued = jobs.filter((job) => job.state === "queued" && job.jobId !== this.#current?.jobId);
    this.#unknown = jobs.filter((job) => job.state === "unknown");
    if (this.#cancelRetry === null) this.#sendNext();
    this.#options.onChange();
  }

  resolveUnknown(jobId: string, answer: "printed" | "print-again"): PrintJob | null {
    const job = this.#unknown.find((one) => one.jobId === jobId);
    if (job === undefined) return null;
    if (answer === "printed") this.#options.store.setPrintState(jobId, "printed", "seen");
    else this.#options.store.setPrintState(jobId, "cancelled", "printed-again");
    this.wake();
    return job;
  }

  cancel(jobId: string, entry: JournalDraft): boolean {
    if (this.#current?.jobId === jobId) {
      this.#takingBack = entry;
      this.#options.devices.cancelPrint(jobId);
      return true;
    }
    if (!this.#queued.some((job) => job.jobId === jobId)) return false;
    this.#options.store.setPrintState(jobId, "cancelled", "by-manager", entry);
    this.wake();
    return true;
  }

  status(): PrintQueueStatus {
    const waiting = this.#queued.length + (this.#current === null ? 0 : 1);
    const trouble = waiting === 0 ? null : this.#trouble;
    return { waiting, trouble, unknown: this.#unknown };
  }

  takeFailed(): readonly PrintJob[] {
    const failed = this.#failed;
    this.#failed = [];
    return failed;
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelRetry?.();
  }

  #sendNext(): void {
    const [next, ...rest] = this.#queued;
    if (next === undefined || this.#current !== null || this.#isStopped) return;
    this.#queued = rest;
    const lines = linesOf(next);
    if (lines === null) return this.#giveUp(next);
    this.#options.store.setPrintState(next.jobId, "sending");
    this.#current = next;
    this.#options.devices.print(next.jobId, lines, (progress) => this.#progressed(next, progress));
  }

  #progressed(job: PrintJob, progress: PrintProgress): void {
    if (this.#current?.jobId !== job.jobId) return;
    switch (progress.state) {
      case "waiting":
        this.#trouble = progress.trouble;
        return this.#options.onChange();
      case "sending":
        this.#trouble = null;
        this.#failures = 0;
        return this.#options.onChange();
      case "printed":
        this.#options.onPrinted?.(this.#options.clock.now() - job.createdAtMs);
        return this.#end(job, "printed", progress.isSpooled === true ? "spooled" : null);
      case "unknown":
        return this.#end(job, "unknown");
      case "not-sent":
        return this.#putBack(job, progress.trouble);
    }
  }

  /** What cannot be read back was never a receipt for the printer: it is no more unknown than printed. */
  #giveUp(job: PrintJob): void {
    this.#failed = [...this.#failed, job].slice(-MOST_FAILED);
    this.#options.store.setPrintState(job.jobId, "failed", "damaged");
    this.wake();
  }

  #end(job: PrintJob, state: "printed" | "unknown", reason: "spooled" | null = null): void {
    this.#current = null;
    this.#takingBack = null;
    this.#trouble = null;
    if (reason === null) this.#options.store.setPrintState(job.jobId, state);
    else this.#options.store.setPrintState(job.jobId, state, reason);
    this.wake();
  }

  #putBack(job: PrintJob, trouble: PrinterTrouble | "not-connected"): void {
    const wanted = this.#takingBack;
    this.#current = null;
    this.#takingBack = null;
    this.#trouble = trouble;
    if (wanted !== null) {
      this.#options.store.setPrintState(job.jobId, "cancelled", "by-manager", wanted);
      return this.wake();
    }
    this.#options.store.setPrintState(job.jobId, "queued");
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 8);
    if (!this.#isStopped) this.#cancelRetry = this.#options.clock.after(delayMs, () => this.#retryNow());
    this.wake();
  }

  #retryNow(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.wake();
  }
}

/** null when the stored text is not a list: one damaged row is shown to a person and does not hold up the others. */
function linesOf(job: PrintJob): readonly PrintLine[] | null {
  try {
    const lines: unknown = JSON.parse(job.lines);
    // Written by this till from PrintLine[] and guarded by the database since.
    return Array.isArray(lines) ? (lines as readonly PrintLine[]) : null;
  } catch {
    return null;
  }
}
