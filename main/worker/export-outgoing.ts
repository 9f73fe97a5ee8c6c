import { writeSync } from "node:fs";
import iconv from "iconv-lite";
import type { DayField, SaleField } from "#contract/config/legacy-files.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { ok, type Result } from "#core/result.ts";
import {
  beforeDay,
  goOnAfter,
  journalEnd,
  type OutgoingDay,
  outgoingDays,
  type OutgoingSale,
  outgoingSales,
} from "#main/store/reports/outgoing-rows.ts";
import type { ReportBooks } from "#main/store/reports/report-books.ts";
import { byteOrderMark, csvLine } from "./csv.ts";
import type { Hands } from "./workbench.ts";
import { writeWhole } from "./write-whole.ts";

type Written = Extract<JobResult, { of: "write-outgoing" }>;
type Layout = WriteOutgoingJob["what"]["layout"];
/** A cell before the layout says how it is written. */
type Cell =
  | { readonly text: string }
  | { readonly count: number }
  | { readonly fen: number }
  | { readonly at: string }
  | { readonly day: string };
type Row = readonly (readonly [name: string, cell: Cell])[];

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
  const rows = days.map((day) => layout.columns.map(({ field, name }) => [name, dayCells[field](day)] as const));
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
      yield found.map((sale) => layout.columns.map(({ field, name }) => [name, saleCells[field](sale)] as const));
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
    if (layout.format === "json") put("\n]\n");
    return { of: "write-outgoing", rowCount, upTo } as const;
  });
}

function headOf({ format, encoding, separator, columns }: Layout): string {
  if (format === "json") return "[";
  const head = csvLine(
    columns.map(({ name }) => ({ text: name })),
    separator,
  );
  return encoding === "utf-8" ? byteOrderMark + head : head;
}

function lineOf(row: Row, layout: Layout, isFirst: boolean): string {
  if (layout.format === "json") {
    const members = row.map(([name, cell]) => [name, jsonOf(cell, layout)] as const);
    return `${isFirst ? "" : ","}\n${JSON.stringify(Object.fromEntries(members))}`;
  }
  return csvLine(
    row.map(([, cell]) =>
      "fen" in cell && layout.amounts === "yuan" ? { amountFen: cell.fen } : cellOf(cell, layout),
    ),
    layout.separator,
  );
}

/** Digits of ours are no formula, whatever sign they begin with, and have no tab before them: a machine reads this. */
function cellOf(cell: Cell, layout: Layout) {
  if ("fen" in cell) return { plain: String(cell.fen) };
  if ("count" in cell) return { plain: String(cell.count) };
  const text = textOf(cell, layout);
  return /^[\d ]*$/u.test(text) ? { plain: text } : { text };
}

/** Amounts in yuan are text: a binary fraction is no amount. */
function jsonOf(cell: Cell, layout: Layout): string | number {
  if ("count" in cell) return cell.count;
  if ("fen" in cell) return layout.amounts === "fen" ? cell.fen : yuan(cell.fen);
  return textOf(cell, layout);
}

function textOf(cell: Extract<Cell, { text: string } | { at: string } | { day: string }>, { times }: Layout): string {
  if ("text" in cell) return cell.text;
  if ("day" in cell) return times === "digits" ? cell.day.replaceAll("-", "") : cell.day;
  if (times === "iso") return cell.at;
  const plain = cell.at.slice(0, 19).replace("T", " ");
  return times === "plain" ? plain : plain.replaceAll(/\D/gu, "");
}

function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const saleCells: Readonly<Record<SaleField, (sale: OutgoingSale) => Cell>> = {
  kind: ({ kind }) => ({ text: kind }),
  number: ({ number }) => ({ text: number }),
  time: ({ at }) => ({ at }),
  date: ({ date }) => ({ day: date }),
  cashier: ({ cashier }) => ({ text: cashier }),
  lines: ({ lines }) => ({ count: lines }),
  gross: ({ grossFen }) => ({ fen: grossFen }),
  discount: ({ discountFen }) => ({ fen: discountFen }),
  total: ({ totalFen }) => ({ fen: totalFen }),
  cash: ({ cashFen }) => ({ fen: cashFen }),
  wechat: ({ wechatFen }) => ({ fen: wechatFen }),
  staticCode: ({ staticCodeFen }) => ({ fen: staticCodeFen }),
  tradeNo: ({ tradeNo }) => ({ text: tradeNo }),
};

const dayCells: Readonly<Record<DayField, (day: OutgoingDay) => Cell>> = {
  date: ({ date }) => ({ day: date }),
  sales: ({ sales }) => ({ count: sales }),
  pieces: ({ pieces }) => ({ count: pieces }),
  gross: ({ grossFen }) => ({ fen: grossFen }),
  discount: ({ discountFen }) => ({ fen: discountFen }),
  total: ({ totalFen }) => ({ fen: totalFen }),
  refunds: ({ refunds }) => ({ count: refunds }),
  refunded: ({ refundedFen }) => ({ fen: refundedFen }),
  cash: ({ cashFen }) => ({ fen: cashFen }),
  wechat: ({ wechatFen }) => ({ fen: wechatFen }),
  staticCode: ({ staticCodeFen }) => ({ fen: staticCodeFen }),
};

function writeAll(file: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done, bytes.length - done);
}
