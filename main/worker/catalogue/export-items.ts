import { errorCode } from "#core/error-code.ts";
import type { ExportItemsJob } from "#contract/worker/catalog-messages.ts";
import type { ExportResult, JobFault } from "#contract/worker/messages.ts";
import type { Category } from "#core/catalog/item.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { openCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { CatalogBrowser, ItemRecord } from "#main/till/ports/catalog-desk.ts";
import { writeSheet } from "#tables/write-sheet.ts";
import { byteOrderMark, csvLine } from "../csv.ts";
import type { Hands } from "../workbench.ts";
import { catalogueTexts } from "./import-texts.ts";
import { cellsOfItem, exportedFields } from "./item-cells.ts";
import { writeWhole } from "./write-whole.ts";

const rowsAtOnce = 500;
/** A sheet is made in memory as a whole, some two kilobytes a row. */
const mostSheetRows = 100_000;

/** Writes every item as a list that can be imported again. The file appears when it is whole. */
export async function exportItems(job: ExportItemsJob, hands: Hands): Promise<Result<ExportResult, JobFault>> {
  const opened = openCatalogStore({ path: job.catalogDb });
  if (!opened.ok) return fail({ kind: "catalog-closed", detail: opened.fault.kind });
  const { browser, itemCount, close } = opened.value;
  try {
    const count = itemCount();
    if (job.format === "xlsx" && count > mostSheetRows) return fail({ kind: "too-many-items", most: mostSheetRows });
    const write = job.format === "csv" ? writeCsv : writeXlsx;
    return ok({ rowCount: await write(job, browser, count, hands) });
  } catch (cause) {
    const code = errorCode(cause);
    if (!/^E[A-Z]+$/.test(code)) throw cause;
    return fail({ kind: "cannot-write", code });
  } finally {
    close();
  }
}

type Write = (job: ExportItemsJob, browser: CatalogBrowser, count: number, hands: Hands) => Promise<number>;

const writeCsv: Write = async (job, browser, count, hands) => {
  const text = catalogueTexts(job.locale);
  const categories = categoriesById(browser.categories());
  let done = 0;
  await writeWhole(job.target, async (write) => {
    write(byteOrderMark + csvLine(exportedFields.map((field) => ({ text: text(`heading.${field}`) }))));
    for await (const records of inPieces(browser)) {
      const lines = records.map((record) => {
        const { priceFen, ...words } = cellsOfItem(record, categories, text);
        return csvLine(
          exportedFields.map((field) =>
            field === "price" ? { amountFen: priceFen } : { text: withMark(words[field]) },
          ),
        );
      });
      write(lines.join(""));
      done += records.length;
      await hands.pause(done / Math.max(count, 1));
    }
  });
  return done;
};

/** Texts that begin with an apostrophe get another, which is taken away when the list is read: the first is the sheet's. */
function withMark(text: string): string {
  return /^'['=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
}

const writeXlsx: Write = async (job, browser, count, hands) => {
  const text = catalogueTexts(job.locale);
  const categories = categoriesById(browser.categories());
  const rows: string[][] = [];
  for await (const records of inPieces(browser)) {
    for (const record of records) {
      const { priceFen, ...words } = cellsOfItem(record, categories, text);
      rows.push(exportedFields.map((field) => (field === "price" ? yuan(priceFen) : asText(words[field]))));
    }
    await hands.pause(0.8 * (rows.length / Math.max(count, 1)));
  }
  const header = exportedFields.map((field) => text(`heading.${field}`));
  await writeSheet(job.target, { name: text("title"), header, rows, amounts: [exportedFields.indexOf("price")] });
  return rows.length;
};

/** A sheet knows what is text; an import does not, so what looks like a formula has its apostrophe here too. */
function asText(text: string): string {
  return /^['=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function yuan(priceFen: number): string {
  const digits = String(priceFen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function categoriesById(categories: readonly Category[]): ReadonlyMap<string, Category> {
  return new Map(categories.map((category) => [category.id, category]));
}

/** All items by their numbers. What changes meanwhile is in or not, each item as a whole. */
async function* inPieces(browser: CatalogBrowser): AsyncGenerator<readonly ItemRecord[]> {
  for (let after = ""; ;) {
    const records = browser.recordsAfter(after, rowsAtOnce);
    if (records.length === 0) return;
    yield records;
    after = records.at(-1)?.item.sku ?? after;
  }
}
