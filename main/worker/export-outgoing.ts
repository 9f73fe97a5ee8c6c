import { writeSync } from "node:fs";
import iconv from "iconv-lite";
import type { SalesLayout } from "#contract/config/legacy-files.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { ok, type Result } from "#core/result.ts";
import { beforeDay, goOnAfter, journalEnd, outgoingDays, outgoingSales } from "#main/store/reports/outgoing-rows.ts";
import type { ReportBooks } from "#main/store/reports/report-books.ts";
import { dayRow, endOf, headOf, type Layout, lineOf, type Row, saleRow } from "./outgoing-text.ts";
import type { Hands } from "./workbench.ts";
import { writeWhole } from "./write-whole.ts";

type Written = Extract<JobResult, { of: "write-outgoing" }>;
const rowsAtOnce = 200;

/** Writes what is new for another system, or a day again; no file where there is nothing. */
export function exportOutgoing(
  { what, target }: WriteOutgoingJob,
  { db }: ReportBooks,
  hands: Hands,
): Promise<Result<Written, JobFault>> | Result<Written, JobFault> {
  if (what.of === "days") return writeDays(what, target, db, hands);
  return what.of === "sales" ? writeSales(what, target, db, hands) : writeSalesAgain(what, target, db, hands);
}

function writeDays(
  { after, before, since, layout }: Extract<WriteOutgoingJob["what"], { of: "days" }>,
  target: string,
  db: ReportBooks["db"],
  hands: Hands,
): Promise<Result<Written, JobFault>> | Result<Written, JobFault> {
  const days = outgoingDays(db, { after, before, since });
  const last = days.at(-1);
  if (last === undefined) return ok({ of: "write-outgoing", rowCount: 0, upTo: null });
  const rows = days.map((day) => dayRow(day, layout));
  return written(target, layout, [rows], hands, last.date);
}

function writeSales(
  { after: mark, since, layout }: Extract<WriteOutgoingJob["what"], { of: "sales" }>,
  target: string,
  db: ReportBooks["db"],
  hands: Hands,
): Promise<Result<Written, JobFault>> | Result<Written, JobFault> {
  // What the till writes meanwhile is for the next file.
  const end = journalEnd(db);
  const isFirst = mark.position === 0 && since !== null;
  const begin = isFirst ? beforeDay(db, since, end.position) : goOnAfter(db, mark);
  const page = outgoingSales(db);
  if (page(begin, end.position, 1).length === 0) return ok({ of: "write-outgoing", rowCount: 0, upTo: end });
  return written(target, layout, pagesOf(page, begin, end.position, layout), hands, end);
}

function writeSalesAgain(
  { day, upTo, layout }: Extract<WriteOutgoingJob["what"], { of: "sales-again" }>,
  target: string,
  db: ReportBooks["db"],
  hands: Hands,
): Promise<Result<Written, JobFault>> | Result<Written, JobFault> {
  const page = outgoingSales(db, day);
  // What came after it is for the next file.
  const end = goOnAfter(db, upTo);
  if (page(0, end, 1).length === 0) return ok({ of: "write-outgoing", rowCount: 0, upTo: null });
  return written(target, layout, pagesOf(page, 0, end, layout), hands, null);
}

function* pagesOf(
  page: ReturnType<typeof outgoingSales>,
  begin: number,
  end: number,
  layout: SalesLayout,
): Generator<readonly Row[]> {
  for (let after = begin; ;) {
    const found = page(after, end, rowsAtOnce);
    const last = found.at(-1);
    if (last === undefined) return;
    after = last.position;
    yield found.map((sale) => saleRow(sale, layout));
  }
}

async function written(
  target: string,
  layout: Layout,
  pages: Iterable<readonly Row[]>,
  hands: Hands,
  upTo: Written["upTo"],
): Promise<Result<Written, JobFault>> {
  return writeWhole(target, async (file) => {
    let rowCount = 0;
    const put = (text: string): void => {
      const isGbk = layout.format === "csv" && layout.encoding === "gbk";
      writeAll(file, isGbk ? iconv.encode(text, "gbk") : Buffer.from(text));
    };
    put(headOf(layout));
    for (const rows of pages) {
      put(rows.map((row, at) => lineOf(row, layout, rowCount + at === 0)).join(""));
      rowCount += rows.length;
      await hands.pause(0.5);
    }
    put(endOf(layout));
    return { of: "write-outgoing", rowCount, upTo } as const;
  });
}

function writeAll(file: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done);
}
