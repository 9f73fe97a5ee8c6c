import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import type { PastPrintJob, PrintJob, PrintJobState, PrintReason, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Journal } from "./journal.ts";
import type { SalesDatabase } from "./sales-database.ts";

interface PrintJobRow {
  readonly position: number;
  readonly job_id: string;
  readonly sale_id: string | null;
  readonly kind: PrintJob["kind"];
  readonly state: PrintJobState;
  readonly created_at_ms: number;
  readonly reason: PrintReason | null;
  readonly changed_at_ms: number;
}

interface PastRow extends Omit<PrintJobRow, "position"> {
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
  const unfinished = unfinishedJobs(db);
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
      unfinished.became(jobId, state);
    },
    printJobState(jobId) {
      return stateOf.get(jobId)?.state ?? null;
    },
    recentPrintJobs(limit) {
      return recent.all(limit).map(pastJob);
    },
    unfinishedPrintJobs: unfinished.all,
  };
  return { port, add };
}

/**
 * Jobs that have not come to their end. A printer that is away for a week leaves thousands of them, and every sale asks: so
 * what was read once is kept, without what is on the paper, and only newer jobs are looked for. All states change here.
 */
function unfinishedJobs(db: Database.Database): {
  /** Oldest first. Outside of a transaction: what is rolled back must not be kept. */
  all(): readonly PrintJob[];
  /** On the disk. */
  became(jobId: string, state: PrintJobState): void;
} {
  const newer = db.prepare<[number], Omit<PrintJobRow, "reason" | "changed_at_ms">>(`
    SELECT position, job_id, sale_id, kind, state, created_at_ms FROM print_jobs
    WHERE state IN ('queued', 'sending', 'unknown') AND position > ? ORDER BY position`);
  const linesOf = db.prepare<[string], string>("SELECT lines FROM print_jobs WHERE job_id = ?").pluck();
  let known = new Map<string, PrintJob>();
  let through = 0;

  function job({ job_id: jobId, sale_id: saleId, kind, state, created_at_ms: createdAtMs }: JobHead): PrintJob {
    return {
      ...{ jobId, saleId, kind, state, createdAtMs },
      // Four kilobytes each, and one of them is printed at a time.
      get lines() {
        const lines = linesOf.get(jobId);
        assert(lines !== undefined, `print job ${jobId} exists`);
        return lines;
      },
    };
  }

  return {
    all() {
      for (const row of newer.all(through)) {
        known.set(row.job_id, job(row));
        through = row.position;
      }
      return [...known.values()];
    },
    became(jobId, state) {
      const before = known.get(jobId);
      if (!isUnfinished(state)) return void known.delete(jobId);
      if (before !== undefined) {
        const { saleId, kind, createdAtMs } = before;
        const now = { job_id: jobId, sale_id: saleId, kind, state, created_at_ms: createdAtMs };
        return void known.set(jobId, job(now));
      }
      // One that had come to its end has not any more, or nobody has asked yet: all are read anew.
      [known, through] = [new Map(), 0];
    },
  };
}

type JobHead = Pick<PrintJobRow, "job_id" | "sale_id" | "kind" | "state" | "created_at_ms">;

function isUnfinished(state: PrintJobState): boolean {
  return state === "queued" || state === "sending" || state === "unknown";
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
