import { writeFileSync } from "node:fs";
import { byteOrderMark, csvLine } from "#main/worker/csv.ts";
import { writeWhole } from "#main/worker/write-whole.ts";

/** A figure a spreadsheet may count with, below 0 too; what is longer is a name made of digits. */
const figure = /^-?\d{1,10}(?:\.\d{1,3})?$/;

/** Rows as CSV for a spreadsheet: a few thousand at most, which is a millisecond. False where the disk refuses. */
export async function saveTable(path: string, rows: readonly (readonly string[])[]): Promise<boolean> {
  const lines = rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`);
  const written = await writeWhole(path, async (file) => writeFileSync(file, byteOrderMark + lines.join("")));
  return written.ok;
}

function cellOf(text: string): string {
  return figure.test(text) ? text : csvLine([{ text }]).trimEnd();
}
