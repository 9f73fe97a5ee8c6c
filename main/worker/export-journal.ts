import { errorCode } from "#core/error-code.ts";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { auditStep, type AuditEntry, type ExportJournalJob } from "#contract/worker/audit-messages.ts";
import type { ExportResult, JobFault } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { openAuditBooks } from "#main/store/sales/audit-books.ts";
import en from "../../resources/locales/en/audit.json" with { type: "json" };
import zh from "../../resources/locales/zh-CN/audit.json" with { type: "json" };
import { byteOrderMark, type CsvCell, csvLine } from "./csv.ts";
import type { Hands } from "./workbench.ts";

type Texts = Readonly<Record<string, string>>;

const columns = [
  ...["csv.time", "csv.what", "csv.note", "csv.amount", "csv.sale", "csv.who", "csv.about", "csv.approved"],
  ...["csv.epoch", "csv.seq", "csv.hash", "csv.kind"],
] as const;

/** Writes every entry the query finds, newest first. The file appears when it is whole; a cut leaves the old one. */
export async function exportJournal(job: ExportJournalJob, hands: Hands): Promise<Result<ExportResult, JobFault>> {
  const texts: Texts = job.locale === "en" ? en : zh;
  const unfinished = `${job.target}.part`;
  const books = openAuditBooks(job.salesDb);
  try {
    const nameOf = books.names();
    const file = openSync(unfinished, "w", 0o600);
    let rowCount = 0;
    try {
      writeSync(file, byteOrderMark + csvLine(columns.map((column) => ({ text: texts[column] ?? column }))));
      for (let before: number | null = null, first: number | null = null; ;) {
        const page = books.page(job.query, before, auditStep);
        const lines = page.entries.map((entry) => csvLine(cellsOf(entry, job, texts, nameOf)));
        writeSync(file, lines.join(""));
        rowCount += page.entries.length;
        first ??= page.before;
        if (page.before === null) break;
        before = page.before;
        await hands.pause(first === null || first === 0 ? 0 : 1 - before / first);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, job.target);
    return ok({ rowCount });
  } catch (cause) {
    rmSync(unfinished, { force: true });
    const code = errorCode(cause);
    if (!code.startsWith("E")) throw cause;
    return fail({ kind: "cannot-write", code });
  } finally {
    books.close();
  }
}

function cellsOf(
  entry: AuditEntry,
  job: ExportJournalJob,
  texts: Texts,
  nameOf: ReadonlyMap<string, string>,
): readonly CsvCell[] {
  const words = (text: string | null): CsvCell => ({ text: text ?? "" });
  const name = (id: string | null): CsvCell => words(id === null ? null : (nameOf.get(id) ?? id));
  return [
    words(localIso(entry.atMs, job.utcOffsetMinutes)),
    words(texts[`kind.${entry.kind}`] ?? entry.kind),
    words(job.locale === "en" ? (entry.noteEn ?? entry.note) : entry.note),
    { amountFen: entry.amountFen },
    words(entry.saleNumber),
    ...[name(entry.personId), name(entry.aboutId), name(entry.approverId)],
    ...[words(entry.epoch), words(String(entry.seq)), words(entry.hash8), words(entry.kind)],
  ];
}
