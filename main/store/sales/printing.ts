import { assert } from "#core/result.ts";
import type { PrintJob, PrintJobState, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PrintJobRow {
  readonly job_id: string;
  readonly sale_id: string | null;
  readonly kind: PrintJob["kind"];
  readonly state: PrintJobState;
  readonly created_at_ms: number;
  readonly lines: string;
}

export interface Printing {
  /** What the till may call; the rest is for other parts of the store. */
  readonly port: Pick<SalesStore, "enqueuePrint" | "setPrintState" | "unfinishedPrintJobs">;
  /** Inside a transaction. False where a job of this id is already there. */
  add(job: PrintJob): boolean;
}

/** Print jobs outlive a power cut. `unknown` counts as unfinished: a person says whether the paper came out. */
export function printing({ db, change }: SalesDatabase, journal: Journal): Printing {
  const insert = db.prepare(`
    INSERT INTO print_jobs (job_id, sale_id, kind, state, created_at_ms, lines) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (job_id) DO NOTHING`);
  const setState = db.prepare("UPDATE print_jobs SET state = ? WHERE job_id = ?");
  const unfinished = db.prepare<[], PrintJobRow>(
    "SELECT * FROM print_jobs WHERE state IN ('queued', 'sending', 'unknown') ORDER BY position",
  );

  function add(job: PrintJob): boolean {
    return insert.run(job.jobId, job.saleId, job.kind, job.state, job.createdAtMs, job.lines).changes === 1;
  }

  const port: Printing["port"] = {
    enqueuePrint(job, entry) {
      change(() => {
        const isNew = add(job);
        if (isNew && entry !== null) journal.append(entry);
      });
    },
    setPrintState(jobId, state) {
      const { changes } = change(() => setState.run(state, jobId));
      assert(changes === 1, `print job ${jobId} exists`);
    },
    unfinishedPrintJobs() {
      return unfinished.all().map((row) => ({
        jobId: row.job_id,
        saleId: row.sale_id,
        kind: row.kind,
        lines: row.lines,
        state: row.state,
        createdAtMs: row.created_at_ms,
      }));
    },
  };
  return { port, add };
}
