import { writeSync } from "node:fs";
import iconv from "iconv-lite";
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

/** Writes what is new for another system; no file where there is nothing. */
export function exportOutgoing(
  { what, target }: WriteOutgoingJob,
  { db }: ReportBooks,
  hands: Hands,
): Promise<Result<Written, JobFault>> | Result<Written, JobFault> {
  return what.of === "days" ? writeDays(what, target, db, hands) : writeSales(what, target, db, hands);
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
  function* pages(): Generator<readonly Row[]> {
    for (let after = begin; ;) {
      const found = page(after, end.position, rowsAtOnce);
      const last = found.at(-1);
      if (last === undefined) return;
      after = last.position;
      yield found.map((sale) => saleRow(sale, layout));
    }
  }
  return written(target, layout, pages(), hands, end);
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
