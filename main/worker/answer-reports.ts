import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import { type AnyReportJob, mostDisagreements } from "#contract/worker/report-jobs.ts";
import { ok, type Result } from "#core/result.ts";
import { recountDay } from "#main/store/reports/recount-day.ts";
import { openReportBooks, type ReportBooks } from "#main/store/reports/report-books.ts";
import { type ReportLists, reportLists } from "#main/store/reports/report-lists.ts";
import { exportOutgoing } from "./export-outgoing.ts";
import { exportReport } from "./export-report.ts";
import type { Hands } from "./workbench.ts";

/** The file that was asked about last stays open: its pages are warm for the next question. */
let open: { readonly path: string; readonly books: ReportBooks; readonly lists: ReportLists } | null = null;

/** What is asked about the reports, and their files. */
export async function answerReports(job: AnyReportJob, hands: Hands): Promise<Result<JobResult, JobFault>> {
  const { books, lists } = opened(job.salesDb);
  switch (job.kind) {
    case "report": {
      const report = { range: books.range(job.range), against: job.against.map(books.sums) };
      return ok({ of: "report", report });
    }
    case "report-items":
      return ok({ of: "report-items", items: [...books.items(job.range, job.by, job.limit)] });
    case "report-sales":
      return ok({ of: "report-sales", page: lists.sales(job.range, job.pick, job.after, job.limit) });
    case "report-events":
      return ok({ of: "report-events", page: lists.events(job.range, job.of, job.pick, job.after, job.limit) });
    case "recount-day": {
      const { found, counted, upTo } = await recountDay(books.db, job.day, (share) => hands.pause(share));
      const shares = job.wantsShares ? [...counted.values()] : [];
      const told = { foundCount: found.length, found: found.slice(0, mostDisagreements) };
      return ok({ of: "recount-day", ...told, shares, upTo });
    }
    case "write-outgoing":
      return exportOutgoing(job, books, hands);
    case "export-report": {
      const written = await exportReport(job, books, hands);
      return written.ok ? ok({ of: "export-report", ...written.value }) : written;
    }
  }
}

function opened(path: string): NonNullable<typeof open> {
  if (open?.path === path) return open;
  open?.books.close();
  const books = openReportBooks(path);
  open = { path, books, lists: reportLists(books.db) };
  return open;
}
