import type { Locale } from "#contract/config/terminal.ts";
import type { RowFault } from "#core/catalog/import/read-row.ts";
import { byteOrderMark, csvLine } from "../csv.ts";
import { catalogueTexts } from "./import-texts.ts";
import { writeWhole } from "./write-whole.ts";

/** Every fault of a list in the manager's language, for whoever puts it right: row, column, cell, what to do. */
export async function writeImportReport(target: string, faults: Iterable<RowFault>, locale: Locale): Promise<void> {
  const text = catalogueTexts(locale);
  const headings = ["report.row", "report.column", "report.cell", "report.what"] as const;
  await writeWhole(target, async (write) => {
    write(byteOrderMark + csvLine(headings.map((key) => ({ text: text(key) }))));
    for (const { row, field, kind, value } of faults) {
      const words = [String(row), text(`field.${field ?? "row"}`), value, text(`row-fault.${kind}`)];
      write(csvLine(words.map((word) => ({ text: word }))));
    }
  });
}
