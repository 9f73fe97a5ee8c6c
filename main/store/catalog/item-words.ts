import {
  codePart,
  foldText,
  headSign,
  latinLetters,
  partsOfCode,
  partsOfWord,
  runsOf,
  shortest,
  spokenLetters,
  squash,
  wholeLetters,
  wholeSign,
  wordsOfRun,
} from "./search-words.ts";
import { initialsOf, readingsOf } from "./readings.ts";

/** What an item is found by. */
export interface FoundBy {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Normalised. */
  readonly barcodes: readonly string[];
  /** Of the Chinese name, as `soundOf` makes it. */
  readonly sound: string;
}

export type PieceKind = "spoken" | "chinese" | "latin" | "code" | "head" | "whole";

/** Takes what an item is made of: a text and what kind it is. Goods share most of these, so their words are made once. */
export type TakePiece = (kind: PieceKind, text: string) => void;

/** The pieces an item's words are made of. A question finds at least the items that have all it asks for. */
export function piecesOf({ sku, nameZh, nameEn, barcodes, sound }: FoundBy, take: TakePiece): void {
  const zh = foldText(nameZh);
  const en = foldText(nameEn);
  const { chinese, latin } = runsOf(zh);
  if (sound !== "") take("spoken", sound);
  for (const run of chinese) take("chinese", run);
  for (const run of latin) take("latin", run);
  for (const run of runsOf(en).latin) take("latin", run);
  for (const text of [sku, ...barcodes]) {
    // A whole code has indexes of its own in the file.
    take("code", squash(foldText(text)));
  }
  for (const name of [squash(zh), squash(en)]) {
    take("head", name.slice(0, spokenLetters));
    if (name.length <= wholeLetters) take("whole", name);
  }
}

/**
 * The words of one piece: each Chinese character and pair of neighbours; the beginnings of Latin words, of pinyin and
 * initials from every syllable on, and of each part of a code; the beginning, and a short whole, of a name or its pinyin.
 */
export const wordsOfPiece: Readonly<Record<PieceKind, (text: string) => Iterable<string>>> = {
  chinese: (run) => new Set([...run, ...wordsOfRun(run)]),
  latin: (run) => new Set(partsOfWord(run).flatMap((part) => beginnings(part, latinLetters))),
  code: (code) => [
    ...partsOfCode(code).flatMap((part) => beginnings(part, codePart)),
    ...beginnings(code, codePart, headSign),
  ],
  head: (head) => beginnings(head, spokenLetters, headSign),
  whole: (name) => [`${wholeSign}${name}`],
  spoken(sound) {
    const words = new Set<string>();
    for (const syllables of readingsOf(sound)) {
      const initials = initialsOf(syllables);
      const whole = syllables.join("");
      let at = 0;
      for (const [start, syllable] of syllables.entries()) {
        addAll(words, beginnings(initials.slice(start), spokenLetters));
        addAll(words, beginnings(whole.slice(at), spokenLetters));
        at += syllable.length;
      }
      for (const text of [initials, whole]) {
        addAll(words, beginnings(text, spokenLetters, headSign));
        if (text.length <= wholeLetters) words.add(`${wholeSign}${text}`);
      }
    }
    return words;
  },
};

/** One to three letters as they are, and as many as are kept. */
export function beginnings(text: string, most: number, sign = ""): readonly string[] {
  const words: string[] = [];
  for (let length = 1; length <= shortest && length <= text.length; length += 1)
    words.push(sign + text.slice(0, length));
  if (text.length > shortest) words.push(sign + text.slice(0, most));
  return words;
}

function addAll(words: Set<string>, more: readonly string[]): void {
  for (const word of more) words.add(word);
}
