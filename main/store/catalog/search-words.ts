/** One spelling for both sides of a search: width and case folded (`ＫＥＬＥ` is `kele`). */
export function foldText(text: string): string {
  return (isAscii.test(text) ? text : text.normalize("NFKC")).toLowerCase();
}

/** Most codes and English names: nothing in them has another width. */
const isAscii = /^[ -~]*$/;

/** Letters and digits only, without gaps: how whole names are compared. */
export function squash(folded: string): string {
  return folded.replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** Runs of Chinese characters, and runs of everything else a word is made of. */
export function runsOf(folded: string): { readonly chinese: readonly string[]; readonly latin: readonly string[] } {
  return {
    chinese: folded.match(/\p{Script=Han}+/gu) ?? [],
    latin: folded.match(/(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [],
  };
}

/** `500ml` as people type it: whole, and as `500` and `ml`. */
export function partsOfWord(word: string): readonly string[] {
  const parts = word.match(/\p{N}+|\p{L}+/gu) ?? [];
  return parts.length > 1 ? [word, ...parts] : [word];
}

/** Shortest part from inside a code that is worth finding; a beginning may be shorter. */
export const codePart = 4;

/**
 * Every part of four characters of a code, or all of a shorter one. Parts of four are few in number whatever the codes are:
 * the rests of each code from every digit on would be a million words of their own, and half the work of the index.
 */
export function partsOfCode(code: string): readonly string[] {
  const characters = [...code];
  if (characters.length <= codePart) return [code];
  return characters.slice(codePart - 1).map((_, start) => characters.slice(start, start + codePart).join(""));
}

/** The words a run of Chinese characters must have: itself when it is one character, else all its pairs. */
export function wordsOfRun(run: string): readonly string[] {
  const characters = [...run];
  return characters.length === 1 ? characters : characters.slice(1).map((next, index) => `${characters[index]}${next}`);
}

/** What begins with one to three letters is found under exactly these; beyond, a range of words is read. */
export const shortest = 3;
/** Letters of a pinyin or a beginning that are kept: two syllables are few in number, whole names are as many as the goods. */
export const spokenLetters = 6;
/** Letters of a Latin word that are kept. */
export const latinLetters = 24;
/** A whole name, pinyin or code up to this length has a word of its own. */
export const wholeLetters = 8;

/** Words that only beginnings, or only wholes, are found under: no letter and no digit is either sign. */
export const headSign = "^";
export const wholeSign = "=";
