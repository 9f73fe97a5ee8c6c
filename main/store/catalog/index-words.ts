import { pinyin, polyphonic } from "pinyin-pro";
import { foldText, partsOfCode, partsOfWord, runsOf, squash, wordsOfRun } from "./search-words.ts";

/** What one item is found by, as words of the index's columns. */
export interface IndexWords {
  readonly head: string;
  readonly zh: string;
  readonly word: string;
  readonly py: string;
  readonly code: string;
}

/** Readings of one name that are indexed: the likeliest and a few with one character read differently (乐 le, yue). */
const mostReadings = 6;

export function indexWords(item: {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Normalised. */
  readonly barcodes: readonly string[];
}): IndexWords {
  const zh = foldText(item.nameZh);
  const en = foldText(item.nameEn);
  const { chinese, latin } = runsOf(zh);
  const codes = [item.sku, ...item.barcodes].map((code) => squash(foldText(code)));
  const spoken = spokenOf(chinese.join(""));
  const words = [...latin, ...runsOf(en).latin].flatMap(partsOfWord);
  return {
    head: joined([squash(zh), squash(en), ...spoken.wholes, ...codes]),
    zh: joined(chinese.flatMap(charactersAndPairs)),
    word: joined(words),
    py: spoken.py,
    code: joined(codes.flatMap(partsOfCode)),
  };
}

function charactersAndPairs(run: string): readonly string[] {
  const characters = [...run];
  return characters.length === 1 ? characters : [...characters, ...wordsOfRun(run)];
}

interface Spoken {
  /** Initials and full pinyin of the whole, in each reading. */
  readonly wholes: readonly string[];
  /** The same from every syllable on, as the index has them. */
  readonly py: string;
}

/** Goods in many sizes share their Chinese text, and finding its readings is most of the work. About a kilobyte each. */
const mostKept = 20_000;
const kept = new Map<string, Spoken>();

function spokenOf(chinese: string): Spoken {
  const known = kept.get(chinese);
  if (known !== undefined) return known;
  const readings = readingsOf(chinese);
  const spoken = {
    wholes: readings.flatMap((syllables) => [initialsOf(syllables), syllables.join("")]),
    py: joined(readings.flatMap((syllables) => syllables.flatMap((_, start) => spokenFrom(syllables, start)))),
  };
  // The oldest goes: a list is read once, from its beginning to its end.
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(chinese, spoken);
  return spoken;
}

/** Syllables of a Chinese text: as read in context, then with one character in another of its readings. */
function readingsOf(chinese: string): readonly (readonly string[])[] {
  if (chinese === "") return [];
  const likeliest = pinyin(chinese, { toneType: "none", type: "array", v: true });
  const readings = [likeliest];
  const seen = new Set([likeliest.join("")]);
  const perCharacter = polyphonic(chinese, { toneType: "none", type: "array", v: true });
  for (const [place, alternatives] of perCharacter.entries()) {
    for (const alternative of alternatives) {
      const other = likeliest.with(place, alternative);
      if (readings.length >= mostReadings) return readings;
      if (seen.has(other.join(""))) continue;
      seen.add(other.join(""));
      readings.push(other);
    }
  }
  return readings;
}

function spokenFrom(syllables: readonly string[], start: number): readonly string[] {
  const rest = syllables.slice(start);
  return [initialsOf(rest), rest.join("")];
}

function initialsOf(syllables: readonly string[]): string {
  return syllables.map((syllable) => syllable.slice(0, 1)).join("");
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].filter((word) => word !== "").join(" ");
}
