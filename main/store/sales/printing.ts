import { assert } from "#core/result.ts";
import type { PastPrintJob, PrintJob, PrintJobState, PrintReason, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PrintJobRow {
  readonly job_id: string;
  readonly sale_id: string | null;
  readonly kind: PrintJob["kind"];
  readonly state: PrintJobState;
  readonly created_at_ms: number;
  readonly lines: string;
  readonly reason: PrintReason | null;
  readonly changed_at_ms: number;
}

interface PastRow extends Omit<PrintJobRow, "lines"> {
  readonly sale_number: string | null;
}

export interface Printing {
  /** What the till may call; the rest is for other parts of the store. */
  readonly port: Pick<
    SalesStore,
    "enqueuePrint" | "setPrintState" | "unfinishedPrintJobs" | "recentPrintJobs" | "printJobState"
  >;
  /** Inside a transaction. False where a job of this id is already there. */
  add(job: PrintJob): boolean;
}

/** Print jobs outlive a power cut. `unknown` counts as unfinished: a person says whether the paper came out. */
export function printing({ db, change }: SalesDatabase, journal: Journal, now: () => number): Printing {
  const insert = db.prepare(`
    INSERT INTO print_jobs (job_id, sale_id, kind, state, created_at_ms, lines, changed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (job_id) DO NOTHING`);
  const setState = db.prepare("UPDATE print_jobs SET state = ?, reason = ?, changed_at_ms = ? WHERE job_id = ?");
  const unfinished = db.prepare<[], PrintJobRow>(
    "SELECT * FROM print_jobs WHERE state IN ('queued', 'sending', 'unknown') ORDER BY position",
  );

  const stateOf = db.prepare<[string], Pick<PrintJobRow, "state">>("SELECT state FROM print_jobs WHERE job_id = ?");
  const recent = db.prepare<[number], PastRow>(`
    SELECT job_id, print_jobs.sale_id, kind, state, created_at_ms, reason, changed_at_ms, sale_number
    FROM print_jobs LEFT JOIN sales ON sales.sale_id = print_jobs.sale_id
    ORDER BY position DESC LIMIT ?`);

  function add({ jobId, saleId, kind, state, createdAtMs, lines }: PrintJob): boolean {
    return insert.run(jobId, saleId, kind, state, createdAtMs, lines, createdAtMs).changes === 1;
  }

  const port: Printing["port"] = {
    enqueuePrint(job, entry) {
      change(() => {
        const isNew = add(job);
        if (isNew && entry !== null) journal.append(entry);
      });
    },
    setPrintState(jobId, state, reason, entry) {
      change(() => {
        const { changes } = setState.run(state, reason ?? null, now(), jobId);
        assert(changes === 1, `print job ${jobId} exists`);
        if (entry !== undefined) journal.append(entry);
      });
    },
    printJobState(jobId) {
      return stateOf.get(jobId)?.state ?? null;
    },
    recentPrintJobs(limit) {
      return recent.all(limit).map(pastJob);
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

function pastJob(row: PastRow): PastPrintJob {
  return {
    jobId: row.job_id,
    saleId: row.sale_id,
    saleNumber: row.sale_number,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}
