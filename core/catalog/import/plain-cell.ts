/**
 * The text of a cell without the marks that spreadsheets need: an apostrophe before what would be taken for a formula, and
 * `="0123"`, by which exports keep the digits of a number. `isMarked`: it was written so that it cannot be a formula.
 */
export function plainCell(cell: string): { readonly text: string; readonly isMarked: boolean } {
  const quoted = /^="([^"]*)"$/.exec(cell);
  if (quoted !== null) return { text: (quoted[1] ?? "").trim(), isMarked: true };
  return /^'['=+\-@＝＋－＠]/u.test(cell) ? { text: cell.slice(1), isMarked: true } : { text: cell, isMarked: false };
}

/** What a spreadsheet would run instead of showing it. Source: OWASP, CSV injection. */
export function isFormula(text: string): boolean {
  return /^[=+\-@＝＋－＠]/u.test(text);
}

/** A date that a spreadsheet made of a number or a name, such as `2024/1/5` or `5-Jan`. */
export function isDate(text: string): boolean {
  return /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}-[A-Z][a-z]{2}(?:-\d{2,4})?|\d{1,2}月\d{1,2}日)(?:[ T].*)?$/.test(
    text,
  );
}

/** A long number that a spreadsheet has shortened: its last digits are gone. */
export function isExponent(text: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(text);
}
