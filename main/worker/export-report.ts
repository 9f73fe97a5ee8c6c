import { writeSync } from "node:fs";
import writeExcel from "write-excel-file/node";
import type { WriteReportJob } from "#contract/worker/report-jobs.ts";
import { mostItems } from "#contract/reports/report.ts";
import type { Cursor } from "#contract/reports/report.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { plainSum } from "#core/report/sum-text.ts";
import { fail, type Result } from "#core/result.ts";
import type { ReportBooks } from "#main/store/reports/report-books.ts";
import { reportLists } from "#main/store/reports/report-lists.ts";
import { byteOrderMark, type CsvCell, csvLine } from "./csv.ts";
import { type ReportCell, type ReportTable, reportTables, salesHead, salesRow } from "./report-tables.ts";
import { reportTexts } from "./report-texts.ts";
import type { Hands } from "./workbench.ts";
import { writeWhole } from "./write-whole.ts";

/** Sales of one page while writing. */
const salesAtOnce = 200;
/** An XLSX is made in memory, about a kilobyte a row: so many fit a till. A CSV is written as it goes and has no end. */
export const mostXlsxRows = 50_000;

/** Writes the shown report, or every sale behind it, as a file for a spreadsheet. */
export async function exportReport(
  job: WriteReportJob,
  books: ReportBooks,
  hands: Hands,
): Promise<Result<{ readonly rowCount: number }, JobFault>> {
  if (job.what.of === "sales") return writeSales(job, job.what.pick, books, hands);
  const { range, locale } = job;
  const items = books.items(range, "net", mostItems);
  const categories = new Map(Object.entries(job.categories));
  const tables = reportTables({ range: books.range(range), items }, locale, categories);
  await hands.pause(0.5);
  const rowCount = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  return writeWhole(job.target, async (file) => {
    if (job.format === "csv") writeSync(file, byteOrderMark + tables.map(csvTable).join("\r\n"));
    else writeSync(file, await sheetFile(tables));
    return { rowCount };
  });
}

async function writeSales(
  job: WriteReportJob,
  pick: Extract<WriteReportJob["what"], { of: "sales" }>["pick"],
  books: ReportBooks,
  hands: Hands,
): Promise<Result<{ readonly rowCount: number }, JobFault>> {
  const words = reportTexts(job.locale);
  const head = salesHead.map((key) => words(key));
  const lists = reportLists(books.db);
  const whole = Math.max(1, books.sums(job.range).total.saleCount);
  const kept: (readonly ReportCell[])[] = [];
  let rowCount = 0;
  let isTooLong = false;
  const written = await writeWhole(job.target, async (file) => {
    if (job.format === "csv") writeSync(file, byteOrderMark + csvLine(head.map((text) => ({ text }))));
    for (let after: Cursor | null = null; ;) {
      const page = lists.sales(job.range, pick, after, salesAtOnce);
      const rows = page.rows.map((sale) => salesRow(sale, words));
      rowCount += rows.length;
      if (job.format === "csv") writeSync(file, rows.map((row) => csvLine(row.map(csvCell))).join(""));
      else kept.push(...rows);
      isTooLong = job.format === "xlsx" && rowCount > mostXlsxRows;
      await hands.pause(Math.min(0.95, rowCount / whole));
      if (page.next === null || isTooLong) break;
      after = page.next;
    }
    if (isTooLong) throw new TooLong();
    if (job.format === "xlsx") writeSync(file, await sheetFile([{ title: words("sales"), head, rows: kept }]));
    return { rowCount };
  }).catch((cause: unknown) => {
    if (cause instanceof TooLong) return fail({ kind: "too-many-rows", limit: mostXlsxRows } as const);
    throw cause;
  });
  return written;
}

class TooLong extends Error {
  override readonly name = "TooLong";
}

function csvTable({ title, head, rows }: ReportTable): string {
  const lines = [[{ text: title }], head.map((text) => ({ text })), ...rows.map((row) => row.map(csvCell))];
  return lines.map((cells) => csvLine(cells)).join("");
}

function csvCell(cell: ReportCell): CsvCell {
  return "count" in cell ? { text: String(cell.count) } : cell;
}

/** Words are typed as words, so that nothing in them is ever a formula; amounts are yuan with two decimals. */
async function sheetFile(tables: readonly ReportTable[]): Promise<Buffer> {
  const strong = (value: string) => ({ value, type: String, fontWeight: "bold" }) as const;
  const sheets = tables.map(({ title, head, rows }) => ({
    sheet: title.slice(0, 31),
    data: [head.map(strong), ...rows.map((row) => row.map(sheetCell))],
    columns: head.map((_, index) => ({ width: index === 0 ? 24 : 14 })),
    stickyRowsCount: 1,
  }));
  return writeExcel(sheets, {}).toBuffer();
}

function sheetCell(cell: ReportCell) {
  if ("text" in cell) return { value: cell.text, type: String };
  if ("count" in cell) return { value: cell.count, type: Number, format: "0" };
  return { value: Number(plainSum(cell.amountFen)), type: Number, format: "#,##0.00" };
}
