/**
 * Columns of the base cell a text takes on paper: ASCII and the half-width forms one, combining marks and everything
 * unprintable none, every other character two. Two also for what Unicode calls ambiguous or neutral (× … é Ж): a
 * GB 18030 printer draws every character outside ASCII in a double cell, and counting too much never cuts a price off.
 */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

/** Columns of one code point: 0, 1 or 2. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x7f) return 1;
  // Ideographs: all of a Chinese text but its signs, and nothing that the expression below would find.
  if (point >= 0x4e00 && point <= 0x9fff) return 2;
  if (takesNoColumn.test(character)) return 0;
  return isHalfWidthForm(point) ? 1 : 2;
}

/**
 * The text as it may reach a printer: control and format characters gone (an item named with ESC p must not open the
 * drawer, a direction mark must not turn a price around), U+00A5 as U+FFE5 (the only yen sign GB 18030 printers share),
 * every blank an ASCII one, letters composed with their accents. Line feeds stay and mean a new line.
 */
export function printable(text: string): string {
  if (isPlain.test(text)) return text;
  return (
    text
      .replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, "\n")
      .replaceAll(/\t|(?!\u3000)\p{Zs}/gu, " ")
      .replaceAll(/(?!\n)\p{Cc}|\p{Cf}|\p{Variation_Selector}/gu, "")
      .replaceAll(/\p{Cs}/gu, "?") // half a surrogate pair: text cut in the middle of a character
      .replaceAll("\u00A5", "\uFFE5")
      // Last: a letter and its accent may have had a mark of no width between them.
      .normalize("NFC")
  );
}

/** ASCII, ideographs and full-width forms: most of what stands on a paper, and nothing to be changed in it. */
const isPlain = /^[\n\x20-\x7E\u3001\u3002\u4E00-\u9FFF\uFF01-\uFF5E\uFFE5]*$/u;

const takesNoColumn = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/u;

/** Half-width katakana and hangul, half-width arrows and signs, the half-width won sign. */
function isHalfWidthForm(point: number): boolean {
  return point === 0x20a9 || (point >= 0xff61 && point <= 0xffdc) || (point >= 0xffe8 && point <= 0xffee);
}
