import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import {
  type ImportJob,
  type ImportResult,
  mostFaultsShown,
  mostRowsShown,
} from "#contract/worker/catalog-messages.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { type ColumnMap, mapColumns, missingColumns } from "#core/catalog/import/columns.ts";
import { headOf, type JudgedRow, judgeRows, type TableHead } from "#core/catalog/import/judge-rows.ts";
import type { ImportRow, RowFault, RowRules } from "#core/catalog/import/read-row.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { readTable, type Table, type TableLimits } from "#tables/read-table.ts";
import type { Hands } from "../workbench.ts";
import { writeImportReport } from "./import-report.ts";
import { isSameItem, itemOfRow } from "./item-of-row.ts";
import { listJudge, type ListVerdict } from "./judge-list.ts";
import { categoryNames, type ListCategories, listCategories } from "./list-categories.ts";

/** A million rows with long names are some 120 MB; both are in memory once while they are read. */
export const listLimits: TableLimits = { bytes: 192 * 1_048_576, rows: 1_000_000 };
/** Rows between two looks at what main says: some milliseconds. */
const rowsAtOnce = 1_000;
/** Tax classes a list may name besides those the shop has: what its own till writes, and what a list without any gets. */
const usualTaxClasses = ["standard", "general", "food", "exempt"];

/** What is known of the file before its rows are judged. */
type Beginning = Pick<ImportResult, "sha256" | "format" | "encoding" | "delimiter" | "header" | "columns">;

const nothingYet = {
  ...{ refusal: null, rows: 0, added: 0, changed: 0, pricesChanged: 0, unchanged: 0, wrong: 0 },
  ...{ newCategories: [], shown: [], faults: [], isApplied: false },
};

/**
 * Reads a list, judges it row by row and against the catalogue, and takes it in where the job says so: in one transaction,
 * so that whoever looks, and whatever ends this process, finds all of it or nothing.
 */
export async function importList(job: ImportJob, hands: Hands): Promise<Result<ImportResult, JobFault>> {
  const bytes = readWithin(job.file, listLimits.bytes);
  if (!bytes.ok) return bytes;
  const sha256 = createHash("sha256").update(bytes.value).digest("hex");
  if (job.sha256 !== null && job.sha256 !== sha256) return fail({ kind: "file-changed" });
  const unread: Beginning = { sha256, format: null, encoding: null, delimiter: null, header: [], columns: {} };
  const read = await readTable(bytes.value, listLimits);
  if (!read.ok) return ok({ ...unread, ...nothingYet, refusal: { kind: read.fault } });
  await hands.pause(0);

  const { format, encoding, delimiter, rows } = read.value;
  const head = headOf(rows()) ?? { index: 0, cells: [] };
  const columns = job.columns ?? mapColumns(head.cells);
  const begun: Beginning = { sha256, format, encoding, delimiter, header: [...head.cells], columns };
  const missing = missingColumns(columns);
  if (missing.length > 0)
    return ok({ ...begun, ...nothingYet, refusal: { kind: "columns-missing", missing: [...missing] } });

  const opened = openCatalogStore({ path: job.catalogDb, isWriter: true });
  if (!opened.ok) return fail({ kind: "catalog-closed", detail: opened.fault.kind });
  try {
    return ok({ ...begun, ...(await takeIn(job, hands, { rows, head, columns }, opened.value)) });
  } finally {
    opened.value.close();
  }
}

/** One byte more than the limit says as well that it is too large. */
function readWithin(path: string, most: number): Result<Buffer, JobFault> {
  try {
    const file = openSync(path, "r");
    try {
      return ok(fstatSync(file).size > most ? Buffer.alloc(most + 1) : readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    return fail({ kind: "unreadable-file", code });
  }
}

interface List {
  readonly rows: Table["rows"];
  readonly head: TableHead;
  readonly columns: ColumnMap;
}

async function takeIn(
  job: ImportJob,
  hands: Hands,
  { rows, head, columns }: List,
  store: OpenCatalogStore,
): Promise<Omit<ImportResult, keyof Beginning>> {
  const { browser } = store;
  const categories = browser.categories();
  const rules: RowRules = {
    taxClasses: new Set([...usualTaxClasses, ...browser.taxClasses().map((name) => name.toLowerCase())]),
    categories: job.newCategories === "refuse" ? categoryNames(categories) : null,
  };
  const judged = (): Iterable<JudgedRow> => judgeRows(rows(), head, columns, rules);
  const judge = listJudge(browser);
  let rowCount = 0;
  for (const row of judged()) {
    judge.see(row);
    if ((rowCount += 1) % rowsAtOnce === 0) await hands.pause(0.3 * (rowCount / (rowCount + 100_000)));
  }
  const verdict = judge.end();
  const sorted = listCategories(categories);
  const survey = await surveyOf({ judged, verdict, browser, sorted, rowCount }, hands);
  if (job.report !== null) await writeImportReport(job.report, faultsIn(judged(), verdict), job.locale);
  const result = { ...nothingYet, ...survey, rows: rowCount, wrong: verdict.badCount };
  if (job.mode === "check") return result;
  if (job.mode === "all" && verdict.badCount > 0) return { ...result, refusal: { kind: "bad-rows" } };
  const changes = survey.added + survey.changed;
  if (changes > 0) await write(job, hands, { judged, verdict, store, sorted, survey, changes });
  return { ...result, isApplied: true };
}

interface Surveyed {
  readonly judged: () => Iterable<JudgedRow>;
  readonly verdict: ListVerdict;
  readonly browser: OpenCatalogStore["browser"];
  readonly sorted: ListCategories;
  readonly rowCount: number;
}

type Survey = Pick<
  ImportResult,
  "added" | "changed" | "pricesChanged" | "unchanged" | "newCategories" | "shown" | "faults"
>;

/** What the good rows do to the catalogue, counted, the first of them shown; and the first faults of the others. */
async function surveyOf({ judged, verdict, browser, sorted, rowCount }: Surveyed, hands: Hands): Promise<Survey> {
  const counts = { new: 0, changed: 0, unchanged: 0, prices: 0 };
  const shown: ImportResult["shown"] = [];
  const faults: RowFault[] = [];
  let seen = 0;
  for (const one of judged()) {
    if ((seen += 1) % rowsAtOnce === 0) await hands.pause(0.3 + 0.2 * (seen / rowCount));
    const told = faultsOfRow(one, verdict);
    faults.push(...told.slice(0, mostFaultsShown - faults.length));
    if (one.kind === "bad" || told.length > 0) continue;
    const { row } = one;
    const before = browser.record(row.sku);
    const after = itemOfRow(row, before, sorted.idOf(row.category, before?.item.categoryId ?? null));
    const state = before === null ? "new" : isSameItem(before, after) ? "unchanged" : "changed";
    counts[state] += 1;
    const beforeFen = before?.item.priceFen ?? null;
    if (beforeFen !== null && beforeFen !== row.priceFen) counts.prices += 1;
    if (shown.length < mostRowsShown && state !== "unchanged") shown.push({ ...shownOf(row, after), beforeFen, state });
  }
  return {
    ...{ added: counts.new, changed: counts.changed, unchanged: counts.unchanged, pricesChanged: counts.prices },
    ...{ newCategories: [...sorted.made()], shown, faults },
  };
}

function shownOf({ row, category }: ImportRow, { item }: ItemRecord) {
  return { row, category, sku: item.sku, nameZh: item.nameZh, unit: item.unit, priceFen: item.priceFen };
}

function faultsOfRow(one: JudgedRow, verdict: ListVerdict): readonly RowFault[] {
  return one.kind === "bad" ? one.faults : verdict.faultsOf(one.row.row);
}

function* faultsIn(judged: Iterable<JudgedRow>, verdict: ListVerdict): Generator<RowFault> {
  for (const one of judged) yield* faultsOfRow(one, verdict);
}

interface Writing extends Pick<Surveyed, "judged" | "verdict" | "sorted"> {
  readonly store: OpenCatalogStore;
  readonly survey: Survey;
  readonly changes: number;
}

/** Everything that is new or other than before, its categories and the note for the journal, in one step. */
async function write(job: ImportJob, hands: Hands, writing: Writing): Promise<void> {
  const { judged, verdict, store, sorted, survey, changes } = writing;
  const { browser } = store;
  function* changed() {
    for (const one of judged()) {
      if (one.kind === "bad" || verdict.isBad(one.row.row)) continue;
      const before = browser.record(one.row.sku);
      const after = itemOfRow(one.row, before, sorted.idOf(one.row.category, before?.item.categoryId ?? null));
      if (before === null || !isSameItem(before, after)) yield { item: after.item, barcodes: after.codes };
    }
  }
  await store.editing.inOneStep(async (step) => {
    if (sorted.made().length > 0) step.replaceCategories(sorted.all());
    await step.importItems(changed(), (done) => hands.check(0.5 + 0.5 * Math.min(done / changes, 1)));
    const { added, changed: altered, pricesChanged, unchanged, newCategories } = survey;
    step.note({
      kind: "catalog-imported",
      body: {
        ...{ cashierId: job.cashierId, sha256: job.sha256, mode: job.mode, added, changed: altered, pricesChanged },
        ...{ unchanged, wrong: verdict.badCount, newCategories },
      },
    });
  });
}
