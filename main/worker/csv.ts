/** A cell of a spreadsheet: words as somebody may have typed them, an amount of ours in fen, or digits of ours as they stand. */
export type CsvCell = { readonly text: string } | { readonly amountFen: number | null } | { readonly plain: string };

/** What a file begins with so that Excel takes it for UTF-8. */
export const byteOrderMark = "\uFEFF";

/**
 * One line of CSV for a spreadsheet, with its end. Words are never taken for a formula: what begins like one gets an
 * apostrophe. Numbers that are names, such as a payment number of digits alone, get a tab, which a spreadsheet does not
 * show and which keeps their last digits. Source: OWASP, CSV injection; RFC 4180 for the quotes.
 */
export function csvLine(cells: readonly CsvCell[], separator: "," | ";" | "\t" | "|" = ","): string {
  return `${cells.map((cell) => quoted(valueOf(cell))).join(separator)}\r\n`;
}

function valueOf(cell: CsvCell): string {
  if ("text" in cell) {
    if (/^[=+\-@\t\r\n＝＋－＠]/u.test(cell.text)) return `'${cell.text}`;
    return /^\d+(?:\.\d+)?(?:E\d+)?$/iu.test(cell.text) && cell.text.length > 11 ? `\t${cell.text}` : cell.text;
  }
  if ("plain" in cell) return cell.plain;
  if (cell.amountFen === null) return "";
  const digits = String(Math.abs(cell.amountFen)).padStart(3, "0");
  return `${cell.amountFen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function quoted(value: string): string {
  return /[",;|\r\n\t]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
