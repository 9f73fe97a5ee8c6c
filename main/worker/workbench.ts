import { type Job, type JobFault, type JobResult, workerRequest, type WorkerEvent } from "#contract/worker/messages.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { ReadingStopped } from "#main/payments/bill/read-bill-file.ts";
import { exportItems } from "./catalogue/export-items.ts";
import { type ListImporter, listImporter } from "./catalogue/import-list.ts";
import { answerReports } from "./answer-reports.ts";
import { answerBackups } from "./backup/answer-backups.ts";
import { exportFindings } from "./export-findings.ts";
import { exportJournal } from "./export-journal.ts";
import { idle } from "./idle.ts";
import { readJournal, verifyJournal } from "./read-journal.ts";
import { reconcileDay } from "./reconcile-day.ts";
import { checkDatabase } from "./support/check-database.ts";
import { supportBundle } from "./support/support-bundle.ts";

/** What a job is given to work with. */
export interface Hands {
  /** Between two pieces of work: tells how far it is, lets messages in, and throws `ReadingStopped` once it is cancelled. */
  pause(share: number): Promise<void>;
  /** The same where nothing may wait: messages are let in by whoever calls. */
  check(share: number): void;
  /** Hands rows over and waits until main has stored them. */
  give(findings: readonly Finding[]): Promise<void>;
}

export interface Workbench {
  /** Takes a message of main's; one that is none is passed over. */
  hear(message: unknown): "close" | "goes-on";
}

/** Told at most this often, so that telling costs nothing. Milliseconds. */
const progressEveryMs = 50;

/** One job at a time; main sends the next when this one has ended. */
export function createWorkbench(send: (event: WorkerEvent) => void): Workbench {
  const lists = listImporter();
  let running: { readonly jobId: number; isCancelled: boolean; onTaken: () => void } | null = null;

  async function run(jobId: number, job: Job): Promise<void> {
    const mine = { jobId, isCancelled: false, onTaken: () => {} };
    running = mine;
    let toldAtMs = performance.now();
    const stopIfCancelled = (): void => {
      if (mine.isCancelled) throw new ReadingStopped("cancelled");
    };
    const tell = (share: number): void => {
      if (performance.now() - toldAtMs < progressEveryMs) return;
      toldAtMs = performance.now();
      send({ kind: "progress", jobId, share: Math.min(Math.max(share, 0), 1) });
    };
    const hands: Hands = {
      async pause(share) {
        tell(share);
        await new Promise((resolve) => setImmediate(resolve));
        stopIfCancelled();
      },
      check(share) {
        tell(share);
        stopIfCancelled();
      },
      async give(findings) {
        const taken = new Promise<void>((resolve) => {
          mine.onTaken = resolve;
        });
        send({ kind: "findings", jobId, findings: [...findings] });
        await taken;
        stopIfCancelled();
      },
    };
    const result = await perform(job, hands, lists);
    running = null;
    if (result.ok) send({ kind: "done", jobId, result: result.value });
    else send({ kind: "refused", jobId, fault: result.fault });
  }

  return {
    hear(message) {
      const parsed = workerRequest.safeParse(message);
      if (!parsed.success) return "goes-on";
      const request = parsed.data;
      if (request.kind === "close") {
        lists.close();
        return "close";
      }
      if (request.kind === "job") {
        if (running === null) void run(request.jobId, request.job);
      } else if (running?.jobId === request.jobId) {
        if (request.kind === "cancel") running.isCancelled = true;
        running.onTaken();
      }
      return "goes-on";
    },
  };
}

async function perform(job: Job, hands: Hands, lists: ListImporter): Promise<Result<JobResult, JobFault>> {
  try {
    switch (job.kind) {
      case "reconcile": {
        const reconciled = await reconcileDay(job, hands);
        return reconciled.ok ? ok({ of: "reconcile", ...reconciled.value }) : reconciled;
      }
      case "export-findings": {
        const exported = await exportFindings(job, hands);
        return exported.ok ? ok({ of: "export-findings", ...exported.value }) : exported;
      }
      case "read-journal":
        return ok({ of: "read-journal", ...readJournal(job) });
      case "verify-journal":
        return ok({ of: "verify-journal", ...verifyJournal(job) });
      case "export-journal-csv": {
        const written = await exportJournal(job, hands);
        return written.ok ? ok({ of: "export-journal-csv", ...written.value }) : written;
      }
      case "check-database":
        return ok({ of: "check-database", ...(await checkDatabase(job, hands)) });
      case "support-bundle": {
        const bundled = await supportBundle(job, hands);
        return bundled.ok ? ok({ of: "support-bundle", ...bundled.value }) : bundled;
      }
      case "import-items": {
        const imported = await lists.run(job, hands);
        return imported.ok ? ok({ of: "import-items", ...imported.value }) : imported;
      }
      case "export-items": {
        const exported = await exportItems(job, hands);
        return exported.ok ? ok({ of: "export-items", ...exported.value }) : exported;
      }
      case "backup-make":
      case "backup-check":
      case "backup-list":
      case "backup-stage":
      case "backup-seal":
        return await answerBackups(job, hands);
      case "idle":
        await idle(job, hands);
        return ok({ of: "idle" });
      default:
        return await answerReports(job, hands);
    }
  } catch (cause) {
    if (cause instanceof ReadingStopped) return fail({ kind: "cancelled" });
    return fail({ kind: "failed", error: errorOf(cause) });
  }
}

/** The kind of error and SQLite's or the system's code; a message may quote what was being read. */
function errorOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return "code" in cause ? `${cause.name} ${String(cause.code)}` : `${cause.name} ${cause.message}`.slice(0, 200);
}
