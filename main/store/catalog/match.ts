import { hasDigit, type Question } from "./question.ts";
import { foldText, partsOfCode, partsOfWord, runsOf, squash } from "./search-words.ts";
import { initialsOf, readingsOf } from "./readings.ts";

/** How well an item answers: all of it, its beginning, or anything in it. */
export type Match = "whole" | "head" | "anywhere";

/** An item as it is now, whatever the index says of it. */
export interface Asked {
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Null where nobody has made it yet: then it is found by everything else. */
  readonly sound: string | null;
  /** Its codes; read when a question needs them. */
  readonly barcodes: () => readonly string[];
}

/** What an item is to a question; null for no answer to it. */
export function matchOf(question: Question, item: Asked): Match | null {
  const { whole, chinese, latin } = question;
  const zh = foldText(item.nameZh);
  const en = foldText(item.nameEn);
  const names = [squash(zh), squash(en)];
  let codes: readonly string[] | null = null;
  const codesOf = (): readonly string[] =>
    (codes ??= [item.sku, ...item.barcodes()].map((code) => squash(foldText(code))));
  const isCode = chinese.length === 0 && hasDigit.test(whole);
  const spoken = chinese.length > 0 || isCode ? [] : headsOf(item.sound ?? "");
  const heads = [...names, ...spoken, ...(isCode ? codesOf() : [])];
  if (heads.includes(whole)) return "whole";
  if (heads.some((head) => head.startsWith(whole))) return "head";
  if (!chinese.every((run) => zh.includes(run))) return null;
  if (latin.length === 0) return "anywhere";
  const words = [...runsOf(zh).latin, ...runsOf(en).latin].flatMap(partsOfWord);
  const begins = (run: string): boolean =>
    words.some((word) => word.startsWith(run)) || isSpoken(item.sound ?? "", run) || inCode(run, codesOf());
  const isThere = (run: string): boolean => {
    if (begins(run)) return true;
    const [, ...parts] = partsOfWord(run);
    if (parts.length === 0) return false;
    // `kele500` is pinyin and a number. A run of both is also right where a name has it across its own words.
    return parts.every(begins) || names.some((name) => name.includes(run));
  };
  return latin.every(isThere) ? "anywhere" : null;
}

/** A code has it anywhere; of what is shorter than its parts, at the beginning of one of them. */
function inCode(run: string, codes: readonly string[]): boolean {
  return codes.some(
    (code) => code.includes(run) && (run.length >= 4 || partsOfCode(code).some((p) => p.startsWith(run))),
  );
}

/** Initials and full pinyin of all of it, in each reading. */
function headsOf(sound: string): readonly string[] {
  return readingsOf(sound).flatMap((syllables) => [initialsOf(syllables), syllables.join("")]);
}

/** Whether initials or full pinyin from some syllable on begin with the text, each syllable in whichever of its readings. */
export function isSpoken(sound: string, text: string): boolean {
  if (sound === "") return false;
  const places = sound.split(" ").map((place) => place.split(","));
  return places.some((_, start) => isFull(places, start, text) || isInitials(places, start, text));
}

function isFull(places: readonly (readonly string[])[], at: number, rest: string): boolean {
  if (rest === "") return true;
  const readings = places[at];
  if (readings === undefined) return false;
  return readings.some(
    (syllable) =>
      syllable.startsWith(rest) || (rest.startsWith(syllable) && isFull(places, at + 1, rest.slice(syllable.length))),
  );
}

function isInitials(places: readonly (readonly string[])[], start: number, text: string): boolean {
  if (start + text.length > places.length) return false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (places[start + at]?.some((syllable) => syllable.slice(0, 1) === letter) !== true) return false;
  }
  return true;
}
