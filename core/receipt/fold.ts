import { assert } from "#core/result.ts";
import { characterWidth, displayWidth } from "./width.ts";

/**
 * The text in lines of at most `columns` (≥ 2): broken at spaces, before and after every double-width character, and
 * inside a word only when it fills a line alone. Line feeds break too, and blank lines stay. At least one line; no line
 * ends in a space. Expects text that went through `printable`.
 */
export function fold(text: string, columns: number): readonly string[] {
  assert(columns >= 2, "a line holds at least one double-width character");
  return text.split("\n").flatMap((paragraph) => foldParagraph(paragraph, columns));
}

function foldParagraph(paragraph: string, columns: number): readonly string[] {
  // Most of a receipt's lines: nothing is broken where everything fits, and no piece need be looked at.
  if (displayWidth(paragraph) <= columns) return [paragraph.trimEnd()];
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const breakLine = () => {
    lines.push(line.trimEnd());
    line = "";
    used = 0;
  };
  for (const piece of piecesOf(paragraph)) {
    const width = displayWidth(piece);
    if (used > 0 && used + width > columns && (width <= columns || piece.startsWith(" "))) breakLine();
    if (piece.startsWith(" ") && line === "" && lines.length > 0) continue; // the blank the line was broken at
    for (const character of piece) {
      if (used + characterWidth(character) > columns) breakLine();
      line += character;
      used += characterWidth(character);
    }
  }
  if (line.trimEnd() !== "" || lines.length === 0) breakLine();
  return lines;
}

/** Runs of blanks, words of one-column characters, and double-width characters one by one, marks with their base. */
function piecesOf(paragraph: string): readonly string[] {
  const pieces: string[] = [];
  let lastKind = "";
  for (const character of paragraph) {
    const width = characterWidth(character);
    const kind = width === 2 ? "wide" : character === " " ? "blank" : "word";
    const joins = pieces.length > 0 && (width === 0 || (kind === lastKind && kind !== "wide"));
    if (joins) pieces[pieces.length - 1] += character;
    else pieces.push(character);
    if (!joins) lastKind = kind;
  }
  return pieces;
}
