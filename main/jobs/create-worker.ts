import type { Job, JobFault, JobResult, WorkerEvent, WorkerRequest } from "#contract/worker/messages.ts";
import { workerEvent } from "#contract/worker/messages.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import { fail, type Result } from "#core/result.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { SpawnWorker, WorkerProcess } from "./worker-process.ts";

export interface JobWatch {
  /** Takes rows; the worker sends the next when this returns. What it throws ends the job and comes out of `run`. */
  readonly onFindings?: (findings: readonly Finding[]) => void;
  /** 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

export interface Worker {
  /** Starts a worker where none runs, and waits behind the jobs before it. A worker that dies costs a job one more try. */
  run(job: Job, watch?: JobWatch): Promise<Result<JobResult, JobFault>>;
  /** For good: what is under way ends as cancelled. */
  stop(): void;
}

export interface WorkerParts {
  readonly spawn: SpawnWorker;
  readonly clock: Clock;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
  readonly limits?: Partial<WorkerLimits>;
}

/** Milliseconds. */
export interface WorkerLimits {
  /** Until it says that it is ready: loads its modules, on a slow disk too. */
  readonly startMs: number;
  /** Between two signs of life of a job; comparing 100,000 rows in one piece takes a second on a slow machine. */
  readonly silentMs: number;
  /** After a cancel, before it is ended by force. */
  readonly cancelMs: number;
  /** Without work; then it is ended and its memory is the till's again. */
  readonly idleMs: number;
}

export const workerLimits: WorkerLimits = { startMs: 20_000, silentMs: 20_000, cancelMs: 2_000, idleMs: 30_000 };

/** A job that killed a worker may have met a bad moment; one that kills two is to blame. */
const mostTries = 2;

/** Runs jobs one after the other in a worker process that is there only while there is work. */
export function createWorker(parts: WorkerParts): Worker {
  const limits = { ...workerLimits, ...parts.limits };
  let last: Promise<unknown> = Promise.resolve();
  let running: RunningProcess | null = null;
  let cancelIdle = (): void => {};
  let isStopped = false;
  let jobs = 0;

  async function inTurn(job: Job, watch: JobWatch): Promise<Result<JobResult, JobFault>> {
    const isCancelled = (): boolean => isStopped || watch.signal?.aborted === true;
    for (let tries = 1; ; tries += 1) {
      if (isCancelled()) return fail({ kind: "cancelled" });
      const mine = running ?? startProcess(parts);
      mine.onGone(() => {
        if (running === mine) running = null;
      });
      running = mine;
      const jobId = (jobs += 1);
      const end = await runOnce(mine, { jobId, job }, watch, { clock: parts.clock, limits });
      if (end.kind !== "died") return end.result;
      parts.log("worker lost", { job: job.kind, tries, reason: end.reason });
      if (isCancelled()) return fail({ kind: "cancelled" });
      if (tries >= mostTries) return fail({ kind: "failed", error: `the worker ended: ${end.reason}` });
    }
  }

  return {
    async run(job, watch = {}) {
      cancelIdle();
      const mine = last.then(() => inTurn(job, watch));
      last = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        cancelIdle();
        cancelIdle = parts.clock.after(limits.idleMs, () => running?.end());
      }
    },
    stop() {
      isStopped = true;
      cancelIdle();
      running?.kill();
    },
  };
}

interface RunningProcess {
  send(request: WorkerRequest): void;
  /** Hears every event and the end from now on; one job at a time does. */
  listen(listener: { onEvent(event: WorkerEvent): void; onExit(reason: string): void }): void;
  readonly isReady: () => boolean;
  /** Called once it takes no more jobs, be it on its way out. */
  onGone(listener: () => void): void;
  end(): void;
  kill(): void;
}

function startProcess(parts: WorkerParts): RunningProcess {
  const child: WorkerProcess = parts.spawn();
  let listener: Parameters<RunningProcess["listen"]>[0] | null = null;
  let isReady = false;
  let exitReason: string | null = null;
  let onGone = (): void => {};
  child.onMessage((message) => {
    const parsed = workerEvent.safeParse(message);
    if (!parsed.success) return parts.log("the worker said something else", {});
    if (parsed.data.kind === "ready") isReady = true;
    listener?.onEvent(parsed.data);
  });
  child.onExit((reason) => {
    exitReason = reason;
    onGone();
    listener?.onExit(reason);
  });
  return {
    send: (request) => child.postMessage(request),
    listen(next) {
      listener = next;
      if (exitReason !== null) next.onExit(exitReason);
    },
    isReady: () => isReady,
    onGone: (told) => {
      onGone = told;
    },
    end() {
      onGone();
      child.postMessage({ kind: "close" });
    },
    kill() {
      onGone();
      child.kill();
    },
  };
}

type JobEnd =
  | { readonly kind: "ended"; readonly result: Result<JobResult, JobFault> }
  | { readonly kind: "died"; readonly reason: string };

/** One try of a job in one process. Rejects with what `onFindings` threw; the process is then ended by force. */
function runOnce(
  process: RunningProcess,
  { jobId, job }: { readonly jobId: number; readonly job: Job },
  watch: JobWatch,
  { clock, limits }: { readonly clock: Clock; readonly limits: WorkerLimits },
): Promise<JobEnd> {
  return new Promise<JobEnd>((resolve, reject) => {
    let reason = "it hung";
    let cancelWait = (): void => {};
    const expectWithin = (ms: number): void => {
      cancelWait();
      cancelWait = clock.after(ms, () => process.kill());
    };
    const onAbort = (): void => {
      reason = "cancelled";
      process.send({ kind: "cancel", jobId });
      expectWithin(limits.cancelMs);
    };
    const settle = (end: () => void): void => {
      cancelWait();
      watch.signal?.removeEventListener("abort", onAbort);
      process.listen({ onEvent: () => {}, onExit: () => {} });
      end();
    };
    const begin = (): void => {
      process.send({ kind: "job", jobId, job });
      if (watch.signal?.aborted === true) onAbort();
      else expectWithin(limits.silentMs);
    };
    process.listen({
      onEvent(event) {
        if (event.kind === "ready") return begin();
        if (event.jobId !== jobId) return;
        if (watch.signal?.aborted !== true) expectWithin(limits.silentMs);
        if (event.kind === "done") settle(() => resolve({ kind: "ended", result: { ok: true, value: event.result } }));
        if (event.kind === "refused") settle(() => resolve({ kind: "ended", result: fail(event.fault) }));
        if (event.kind === "progress") watch.onProgress?.(event.share);
        if (event.kind !== "findings") return;
        try {
          watch.onFindings?.(event.findings);
          process.send({ kind: "taken", jobId });
        } catch (cause) {
          process.kill();
          settle(() => reject(cause));
        }
      },
      onExit: (how) => settle(() => resolve({ kind: "died", reason: `${reason}, ${how}` })),
    });
    watch.signal?.addEventListener("abort", onAbort, { once: true });
    if (process.isReady()) begin();
    else expectWithin(limits.startMs);
  });
}
