import type { Job, JobFault, JobResult } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { createWorker, type JobWatch, type Worker } from "#main/jobs/create-worker.ts";
import type { SpawnWorker } from "#main/jobs/worker-process.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Reports, ReportsFault } from "#main/till/ports/reports.ts";

export interface ReportsParts {
  readonly salesDb: string;
  readonly spawn: SpawnWorker;
  readonly clock: Clock;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

export interface OpenReports extends Reports {
  stop(): void;
}

/** Two lines to two workers of their own: what a manager looks at does not wait behind a file or a recount. */
export function createReports({ salesDb, spawn, clock, log }: ReportsParts): OpenReports {
  const asking = createWorker({ spawn, clock, log });
  const working = createWorker({ spawn, clock, log });
  let isOpen = true;

  async function ask<O extends JobResult["of"]>(
    worker: Worker,
    of: O,
    job: Job,
    watch: JobWatch = {},
  ): Promise<Result<Extract<JobResult, { of: O }>, ReportsFault>> {
    const ended = await worker.run(job, watch);
    if (!ended.ok) {
      if (ended.fault.kind !== "cancelled") log("a report came to nothing", { job: job.kind, ...ended.fault });
      return fail({ kind: faultOf(ended.fault) });
    }
    if (ended.value.of !== of) throw new Error("broken promise: a job answers as what it was asked");
    return ok(ended.value as Extract<JobResult, { of: O }>); // just looked at
  }

  return {
    async report(range, against) {
      const answer = await ask(asking, "report", { kind: "report", salesDb, range, against: [...against] });
      return answer.ok ? ok(answer.value.report) : answer;
    },
    async items(range, by, limit) {
      const answer = await ask(asking, "report-items", { kind: "report-items", salesDb, range, by, limit });
      return answer.ok ? ok(answer.value.items) : answer;
    },
    async sales(range, pick, after, limit) {
      const answer = await ask(asking, "report-sales", { kind: "report-sales", salesDb, range, pick, after, limit });
      return answer.ok ? ok(answer.value.page) : answer;
    },
    async events(range, of, pick, after, limit) {
      const job = { kind: "report-events", ...{ salesDb, range, of, pick, after, limit } } as const;
      const answer = await ask(asking, "report-events", job);
      return answer.ok ? ok(answer.value.page) : answer;
    },
    async write(order, watch) {
      const answer = await ask(working, "export-report", { kind: "export-report", salesDb, ...order }, watch);
      return answer.ok ? ok({ rowCount: answer.value.rowCount }) : answer;
    },
    async recount(day, wantsShares) {
      const answer = await ask(working, "recount-day", { kind: "recount-day", salesDb, day, wantsShares });
      return answer.ok ? ok(answer.value) : answer;
    },
    isOpen: () => isOpen,
    stop() {
      isOpen = false;
      asking.stop();
      working.stop();
    },
  };
}

function faultOf({ kind }: JobFault): ReportsFault["kind"] {
  return kind === "cancelled" || kind === "cannot-write" || kind === "too-many-rows" ? kind : "failed";
}
