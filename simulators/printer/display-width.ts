/**
 * Columns a person counts for a text: East Asian wide and fullwidth characters two, combining marks none, all others
 * one. Ambiguous characters (× · — “) count one, as they stand between Latin letters.
 * Source: Unicode Standard Annex 11; the ranges are its W and F ones a receipt can hold.
 */
export function displayWidth(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character);
  return columns;
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  return wideRanges.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], // Hangul Jamo
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x2e80, 0x303e], // CJK radicals, 、。〈〉
  [0x3041, 0x33ff], // Kana, Bopomofo, enclosed CJK, square units
  [0x3400, 0x4dbf], // CJK extension A
  [0x4e00, 0x9fff], // CJK
  [0xa000, 0xa4cf], // Yi
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff], // CJK compatibility
  [0xfe10, 0xfe19], // vertical forms
  [0xfe30, 0xfe6b], // CJK compatibility and small forms
  [0xff01, 0xff60], // fullwidth forms, ￥ is among the next
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f], // pictographs
  [0x1f680, 0x1f6fc],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd], // CJK extensions B and later
];
