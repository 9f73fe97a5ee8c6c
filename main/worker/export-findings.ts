import { errorCode } from "#core/error-code.ts";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { ExportJob, ExportResult, JobFault } from "#contract/worker/messages.ts";
import { bookedHere, bookedThere } from "#core/reconciliation/finding.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type Books, openBooks } from "#main/store/sales/open-books.ts";
import type { StoredFinding } from "#main/till/ports/reconciliation-store.ts";
import { byteOrderMark, type CsvCell, csvLine } from "./csv.ts";
import { type ExportKey, exportTexts } from "./export-texts.ts";
import type { Hands } from "./workbench.ts";

const rowsAtOnce = 500;

const columns = [
  ...["csv.day", "csv.group", "csv.kind", "csv.meaning", "csv.time", "csv.sale"],
  ...["csv.out-trade-no", "csv.out-refund-no", "csv.there", "csv.here", "csv.difference"],
  ...["csv.state", "csv.act", "csv.by", "csv.at"],
] as const satisfies readonly ExportKey[];

/** Writes every finding of a day, those that agree too. The file appears when it is whole; a cut leaves the old one. */
export async function exportFindings(job: ExportJob, hands: Hands): Promise<Result<ExportResult, JobFault>> {
  const text = exportTexts(job.locale);
  const unfinished = `${job.target}.part`;
  const books = openBooks(job.salesDb);
  try {
    const file = openSync(unfinished, "w", 0o600);
    let rowCount = 0;
    try {
      writeSync(file, byteOrderMark + csvLine(columns.map((column) => ({ text: text(column) }))));
      for (let after = 0; ;) {
        const rows = books.findings(job.day, after, rowsAtOnce);
        if (rows.length === 0) break;
        writeSync(file, rows.map((row) => csvLine(cellsOf(row, books, text))).join(""));
        rowCount += rows.length;
        after = rows.at(-1)?.position ?? after;
        await hands.pause(0);
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

function cellsOf(row: StoredFinding, books: Books, text: (key: ExportKey) => string): readonly CsvCell[] {
  const { kind, action, group, act } = row;
  const hereFen = bookedHere(row);
  const thereFen = bookedThere(row);
  const words = (value: string | null): CsvCell => ({ text: value ?? "" });
  return [
    ...[words(row.day), words(text(`group.${group}`)), words(text(`kind.${kind}`)), words(meaningOf(row, text))],
    ...[words(row.time), words(row.saleId === null ? null : books.saleNumber(row.saleId))],
    ...[words(row.outTradeNo), words(row.outRefundNo)],
    ...[{ amountFen: thereFen }, { amountFen: hereFen }, { amountFen: (thereFen ?? 0) - (hereFen ?? 0) }],
    words(text(`csv.state.${row.state}`)),
    words(act === null ? (action === "none" ? null : text(`action.${action}`)) : act.detail),
    words(act?.byName ?? null),
    words(act === null ? null : new Date(act.atMs).toISOString()),
  ];
}

/** Every pair that core's rules make has its sentence; one that is new says nothing rather than something wrong. */
function meaningOf({ kind, action }: StoredFinding, text: (key: ExportKey) => string): string {
  return text(`means.${kind}.${action}` as ExportKey) ?? ""; // a key of another pair has no text
}
