import { pinyin, polyphonic } from "pinyin-pro";
import { foldText, partsOfWord, runsOf, squash, wordsOfRun } from "./search-words.ts";

/** What one item is found by, as words of the index's columns. */
export interface IndexWords {
  readonly head: string;
  readonly zh: string;
  readonly word: string;
  readonly py: string;
  readonly code: string;
}

/** Shortest part from inside a code that is worth finding; a beginning may be shorter. */
const shortestCodePart = 4;

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
  const readings = readingsOf(chinese.join(""));
  const words = [...latin, ...runsOf(en).latin].flatMap(partsOfWord);
  const wholes = readings.flatMap((syllables) => [initialsOf(syllables), syllables.join("")]);
  return {
    head: joined([squash(zh), squash(en), ...wholes, ...codes]),
    zh: joined(chinese.flatMap(charactersAndPairs)),
    word: joined(words),
    py: joined(readings.flatMap((syllables) => syllables.flatMap((_, start) => spokenFrom(syllables, start)))),
    code: joined(codes.flatMap(partsOfCode)),
  };
}

function charactersAndPairs(run: string): readonly string[] {
  const characters = [...run];
  return characters.length === 1 ? characters : [...characters, ...wordsOfRun(run)];
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

function partsOfCode(code: string): readonly string[] {
  const parts = [code];
  for (let start = 1; start + shortestCodePart <= code.length; start += 1) parts.push(code.slice(start));
  return parts;
}

function joined(words: readonly string[]): string {
  return [...new Set(words)].filter((word) => word !== "").join(" ");
}
