import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { ImportJob, ImportResult } from "#contract/worker/catalog-messages.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { type ColumnMap, mapColumns, missingColumns } from "#core/catalog/import/columns.ts";
import { headOf, type JudgedRow, judgeRows, rowsAgain, type TableHead } from "#core/catalog/import/judge-rows.ts";
import type { ImportRow, RowFault, RowRules } from "#core/catalog/import/read-row.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { openCatalogStore, type OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { readTable, type Table, type TableLimits } from "#tables/read-table.ts";
import type { Hands } from "../workbench.ts";
import { writeImportReport } from "./import-report.ts";
import { openIndexThread } from "./index-thread.ts";
import { isSameItem, itemOfRow } from "./item-of-row.ts";
import { listJudge, type ListVerdict } from "./judge-list.ts";
import { categoryNames, type ListCategories, listCategories } from "./list-categories.ts";
import { listSurvey, type Survey } from "./list-survey.ts";

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

/** Lists of goods, one after the other. */
export interface ListImporter {
  /**
   * Reads a list, judges it row by row and against the catalogue, and takes it in where the job says so: in one transaction,
   * so that whoever looks, and whatever ends this process, finds all of it or nothing.
   */
  run(job: ImportJob, hands: Hands): Promise<Result<ImportResult, JobFault>>;
  /** Closes the catalogue that a look keeps open. */
  close(): void;
}

/** What was found of the list that was checked last, and the catalogue it was found beside. */
interface LastLook {
  readonly of: string;
  readonly store: OpenCatalogStore;
  /** Of the catalogue when it was looked at. */
  readonly version: number;
  readonly looked: Awaited<ReturnType<typeof look>>;
}

/** A list that was checked is not judged once more when it is taken in, unless somebody has written to the catalogue since. */
export function listImporter(): ListImporter {
  let last: LastLook | null = null;

  function forget(): void {
    last?.store.close();
    last = null;
  }

  async function lookedAt(job: ImportJob, hands: Hands, list: List): Promise<Result<LastLook, JobFault>> {
    const of = JSON.stringify([job.catalogDb, list.sha256, list.columns, job.newCategories]);
    if (last?.of === of && last.version === last.store.editing.version() && job.report === null) return ok(last);
    forget();
    const opened = openCatalogStore({ path: job.catalogDb, isWriter: true });
    if (!opened.ok) return fail({ kind: "catalog-closed", detail: opened.fault.kind });
    const store = opened.value;
    try {
      last = await store.editing.atOneMoment(async () => {
        const looked = await look(job, hands, list, store);
        return { of, store, looked, version: store.editing.version() };
      });
      return ok(last);
    } catch (cause) {
      store.close();
      throw cause;
    }
  }

  return {
    async run(job, hands) {
      const list = await readList(job, hands);
      if (!list.ok) return list;
      if ("refusal" in list.value) return ok({ ...nothingYet, ...list.value });
      const found = await lookedAt(job, hands, list.value);
      if (!found.ok) return found;
      try {
        return ok({ ...list.value.begun, ...(await takeIn(job, hands, list.value, found.value)) });
      } finally {
        if (job.mode !== "check") forget();
      }
    },
    close: forget,
  };
}

interface List {
  readonly sha256: string;
  readonly begun: Beginning;
  readonly rows: Table["rows"];
  readonly head: TableHead;
  readonly columns: ColumnMap;
}

/** The rows of the file and what its columns are, or why there are none. */
async function readList(
  job: ImportJob,
  hands: Hands,
): Promise<Result<List | (Beginning & Pick<ImportResult, "refusal">), JobFault>> {
  const bytes = readWithin(job.file, listLimits.bytes);
  if (!bytes.ok) return bytes;
  const sha256 = createHash("sha256").update(bytes.value).digest("hex");
  if (job.sha256 !== null && job.sha256 !== sha256) return fail({ kind: "file-changed" });
  const unread: Beginning = { sha256, format: null, encoding: null, delimiter: null, header: [], columns: {} };
  const read = await readTable(bytes.value, listLimits);
  if (!read.ok) return ok({ ...unread, refusal: { kind: read.fault } });
  await hands.pause(0);

  const { format, encoding, delimiter, rows } = read.value;
  const head = headOf(rows()) ?? { index: 0, cells: [] };
  const columns = job.columns ?? mapColumns(head.cells);
  const begun: Beginning = { sha256, format, encoding, delimiter, header: [...head.cells], columns };
  const missing = missingColumns(columns);
  if (missing.length > 0) return ok({ ...begun, refusal: { kind: "columns-missing", missing: [...missing] } });
  return ok({ sha256, begun, rows, head, columns });
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

async function takeIn(
  job: ImportJob,
  hands: Hands,
  { rows, head, columns }: List,
  { store, looked }: LastLook,
): Promise<Omit<ImportResult, keyof Beginning>> {
  const { rowCount, verdict, sorted, found } = looked;
  const result = { ...nothingYet, ...found, rows: rowCount, wrong: verdict.badCount };
  if (job.mode === "check") return result;
  if (job.mode === "all" && verdict.badCount > 0) return { ...result, refusal: { kind: "bad-rows" } };
  const right = (): Iterable<ImportRow> => rowsAgain(rows(), head, columns, (row) => !verdict.isBad(row));
  if (found.added + found.changed > 0) await write(job, hands, { right, verdict, store, sorted, found });
  return { ...result, isApplied: true };
}

/** What the list says of itself and beside the catalogue. */
async function look(job: ImportJob, hands: Hands, { rows, head, columns }: List, { browser }: OpenCatalogStore) {
  const categories = browser.categories();
  const taxClasses = await browser.taxClasses(() => hands.pause(0));
  const rules: RowRules = {
    taxClasses: new Set([...usualTaxClasses, ...taxClasses.map((name) => name.toLowerCase())]),
    categories: job.newCategories === "refuse" ? categoryNames(categories) : null,
  };
  const judged = (): Iterable<JudgedRow> => judgeRows(rows(), head, columns, rules);
  const judge = listJudge(browser);
  let sorted = listCategories(categories);
  let survey = listSurvey(browser, sorted, () => []);
  let rowCount = 0;
  for (const row of judged()) {
    judge.see(row);
    survey.see(row);
    if ((rowCount += 1) % rowsAtOnce === 0) await hands.pause(0.4 * (rowCount / (rowCount + 100_000)));
  }
  const verdict = judge.end();
  if (verdict.isAnyLate) {
    // Some rows were counted as right that are not: all are counted again, knowing it.
    sorted = listCategories(categories);
    survey = listSurvey(browser, sorted, verdict.faultsOf);
    let seen = 0;
    for (const row of judged()) {
      survey.see(row);
      if ((seen += 1) % rowsAtOnce === 0) await hands.pause(0.4 + 0.1 * (seen / rowCount));
    }
  }
  if (job.report !== null) await writeImportReport(job.report, faultsIn(judged(), verdict), job.locale);
  return { rowCount, verdict, sorted, found: survey.end() };
}

function* faultsIn(judged: Iterable<JudgedRow>, verdict: ListVerdict): Generator<RowFault> {
  for (const one of judged) yield* one.kind === "bad" ? one.faults : verdict.faultsOf(one.row.row);
}

interface Writing {
  /** The rows that can be taken. */
  readonly right: () => Iterable<ImportRow>;
  readonly verdict: ListVerdict;
  readonly sorted: ListCategories;
  readonly store: OpenCatalogStore;
  readonly found: Survey;
}

/** Everything that is new or other than before, its categories and the note for the journal, in one step. */
async function write(job: ImportJob, hands: Hands, { right, verdict, store, sorted, found }: Writing): Promise<void> {
  const { browser, editing } = store;
  const { added, changed: altered, pricesChanged, unchanged, newCategories } = found;
  const changes = added + altered;
  let seen = 0;
  let written = 0;
  function* changed() {
    for (const row of right()) {
      // Most of a list may be as it was: a sign of life all the same.
      if ((seen += 1) % rowsAtOnce === 0) hands.check(0.5 + 0.5 * Math.min(written / changes, 1));
      const before = browser.record(row.sku);
      const after = itemOfRow(row, before, sorted.idOf(row.category, before?.item.categoryId ?? null));
      if (before === null || !isSameItem(before, after)) yield { item: after.item, barcodes: after.codes };
    }
  }
  const thread = openIndexThread();
  try {
    await editing.inOneStep(async (step) => {
      if (sorted.made().length > 0) step.replaceCategories(sorted.all());
      await step.writeList(changed(), {
        build: thread.build,
        async pause(done) {
          written = done;
          await hands.pause(0.5 + 0.5 * Math.min(done / changes, 1));
        },
      });
      // The last sign of life before the commit, which waits for the disk.
      hands.check(1);
      step.note({
        kind: "catalog-imported",
        body: {
          ...{ cashierId: job.cashierId, sha256: job.sha256, mode: job.mode, added, changed: altered, pricesChanged },
          ...{ unchanged, wrong: verdict.badCount, newCategories },
        },
      });
    });
  } finally {
    thread.end();
  }
  editing.emptyLog();
}
