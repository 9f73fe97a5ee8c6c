import {
  codePart,
  foldText,
  headSign,
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

/** Which lists of the index are read, and what is made of them. */
export type Term =
  | { readonly kind: "word"; readonly word: string }
  /** Every word that begins with these letters. */
  | { readonly kind: "range"; readonly start: string }
  | { readonly kind: "all"; readonly terms: readonly Term[] }
  | { readonly kind: "any"; readonly terms: readonly Term[] };

/** What somebody asks for. */
export interface Question {
  /** All of it, letters and digits only. */
  readonly whole: string;
  readonly chinese: readonly string[];
  readonly latin: readonly string[];
  /** It may be one, or the beginning of one: digits, and no Chinese. */
  readonly isOneCode: boolean;
  /** Terms of the index, the best kind of answer first; each finds at least the items it is about. */
  readonly tiers: readonly Term[];
}

/** Longest text that is searched for, and most words of it: more cannot be typed on purpose. */
const longestQuery = 60;
const mostWords = 6;

/** Null where there is no letter and no digit in it. */
export function questionOf(text: string): Question | null {
  const folded = foldText(text.slice(0, longestQuery));
  const { chinese, latin } = runsOf(folded);
  if (chinese.length + latin.length === 0) return null;
  const whole = squash(folded);
  const isOneCode = chinese.length === 0 && hasDigit.test(whole);
  const anywhere = all([...chinese.map(chineseTerm), ...latin.map(latinTerm)].slice(0, mostWords));
  const tiers = [headTerm(whole, isOneCode), anywhere];
  if (whole.length <= wholeLetters) tiers.unshift(word(`${wholeSign}${whole}`));
  return { whole, chinese, latin, isOneCode, tiers };
}

const hasDigit = /\p{N}/u;

function headTerm(whole: string, isOneCode: boolean): Term {
  if (whole.length <= shortest) return word(`${headSign}${whole}`);
  const start = `${headSign}${whole.slice(0, spokenLetters)}`;
  const head = whole.length < spokenLetters ? range(start) : word(start);
  // Of a code fewer characters are kept.
  return isOneCode ? any([head, word(`${headSign}${whole.slice(0, codePart)}`)]) : head;
}

function chineseTerm(run: string): Term {
  return all(wordsOfRun(run).map(word));
}

/** A Latin run is the beginning of a word, of a pinyin or of any part of a code; `500ml` may be written apart. */
function latinTerm(run: string): Term {
  const asOne = [beginningTerm(run)];
  const [first, ...more] = partsOfCode(run);
  if (first !== undefined && more.length > 0) asOne.push(all([first, ...more].map(word)));
  const [, ...parts] = partsOfWord(run);
  if (parts.length > 0) asOne.push(all(parts.map(beginningTerm)));
  return any(asOne);
}

function beginningTerm(run: string): Term {
  if (run.length <= shortest) return word(run);
  if (run.length <= spokenLetters) return range(run);
  return any([range(run), all([word(run.slice(0, spokenLetters)), nextSyllable(run)])]);
}

/** No syllable is longer. */
const longestSyllable = 6;

/**
 * Of a pinyin the first letters are kept, from every syllable on. Where the second syllable of a longer one begins nobody
 * has said, but it does within six letters: of these six beginnings one is a word of the item, and the others of few.
 */
function nextSyllable(run: string): Term {
  const starts = Array.from({ length: Math.min(longestSyllable, run.length - 1) }, (_, index) => index + 1);
  return any(
    starts.map((start) => {
      const rest = run.slice(start, start + spokenLetters);
      return rest.length > shortest && rest.length < spokenLetters ? range(rest) : word(rest);
    }),
  );
}

function word(text: string): Term {
  return { kind: "word", word: text };
}

function range(start: string): Term {
  return { kind: "range", start };
}

function all(terms: readonly Term[]): Term {
  const [only, ...more] = terms;
  return only !== undefined && more.length === 0 ? only : { kind: "all", terms };
}

function any(terms: readonly Term[]): Term {
  const [only, ...more] = terms;
  return only !== undefined && more.length === 0 ? only : { kind: "any", terms };
}
