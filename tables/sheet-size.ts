import { fail, ok, type Result } from "#core/result.ts";

export interface SheetSize {
  readonly rows: number;
  readonly columns: number;
}

/** The beginning of a row or a cell, with the prefix of its namespace or without. */
const tag = /<(?:[^\s<>/:]+:)?(row|c)(?=[\s/>])/g;
const attribute = /\s+([^\s=<>"'/]{1,64})\s*=\s*(?:"([^"<]{0,256})"|'([^'<]{0,256})')/y;
const tagEnd = /\s*\/?>/y;
/** Excel's own: XFD1048576. */
const cellName = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
const rowName = /^[1-9]\d{0,6}$/;

/**
 * How far a sheet's cells reach, by what they call themselves: one cell named XFD1048576 is a table of seventeen thousand
 * million to whoever lays it out. Unreadable where a row or cell is named as Excel names none, or its tag is not whole.
 */
export function sheetSize(xml: Buffer): Result<SheetSize, "unreadable"> {
  // Names are ASCII; a byte is a character, whatever the text is.
  const text = xml.toString("latin1");
  let rows = 0;
  let columns = 0;
  for (const match of text.matchAll(tag)) {
    const name = nameIn(text, match.index + match[0].length);
    if (name === null) return fail("unreadable");
    if (match[1] === "row") {
      if (name !== "" && !rowName.test(name)) return fail("unreadable");
      rows = Math.max(rows + 1, name === "" ? 0 : Number(name));
    } else {
      const [, letters = "", number = ""] = cellName.exec(name) ?? [];
      if (letters === "") return fail("unreadable");
      rows = Math.max(rows, Number(number));
      columns = Math.max(columns, columnNumber(letters));
    }
  }
  return ok({ rows, columns });
}

/** The attribute r of the tag whose attributes begin at `from`; empty where it has none, null where the tag is not whole. */
function nameIn(text: string, from: number): string | null {
  let name = "";
  attribute.lastIndex = from;
  let end = from;
  for (let found = attribute.exec(text); found !== null; found = attribute.exec(text)) {
    const [, key = "", double, single = ""] = found;
    if (key === "r" || key.endsWith(":r")) name = double ?? single;
    end = attribute.lastIndex;
  }
  tagEnd.lastIndex = end;
  return tagEnd.test(text) ? name : null;
}

/** A is 1, Z is 26, AA is 27. */
function columnNumber(letters: string): number {
  let number = 0;
  for (const letter of letters) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}
