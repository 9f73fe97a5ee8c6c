/*
 * The bills' own kind of CSV, 1.10 of the facts: UTF-8 with a byte order mark, CRLF, every data cell behind a backtick,
 * commas between, and no quoting whatsoever: a comma in a product name stands there as it is.
 */

/** @param summary header and values of the last two lines */
export function billFile(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  summary: { readonly header: readonly string[]; readonly values: readonly string[] },
): Buffer {
  const lines = [header.join(","), ...rows.map(dataLine), summary.header.join(","), dataLine(summary.values)];
  return Buffer.from(`\ufeff${lines.map((line) => `${line}\r\n`).join("")}`);
}

function dataLine(cells: readonly string[]): string {
  // A line break inside a cell would be another row; the gateway blanks it.
  return cells.map((cell) => `\`${cell.replaceAll(/[\r\n]/g, " ")}`).join(",");
}
