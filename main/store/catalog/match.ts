import type { Question } from "./question.ts";
import { foldText, partsOfCode, partsOfWord, runsOf, squash } from "./search-words.ts";

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
  const { whole, chinese, latin, isOneCode } = question;
  const zh = foldText(item.nameZh);
  const en = foldText(item.nameEn);
  const sound = item.sound ?? "";
  let codes: readonly string[] | null = null;
  const codesOf = (): readonly string[] =>
    (codes ??= [item.sku, ...item.barcodes()].map((code) => squash(foldText(code))));
  let head = better(headOf(zh, whole), headOf(en, whole));
  if (head !== "whole" && isOneCode) head = better(head, bestHead(codesOf(), whole));
  else if (head !== "whole" && chinese.length === 0) head = better(head, spokenHead(sound, whole));
  if (head !== null) return head;
  if (!chinese.every((run) => zh.includes(run))) return null;
  if (latin.length === 0) return "anywhere";
  const begins = (run: string): boolean =>
    beginsWord(zh, run) || beginsWord(en, run) || isSpoken(sound, run) || inCode(run, codesOf());
  const isThere = (run: string): boolean => {
    if (begins(run)) return true;
    const [, ...parts] = partsOfWord(run);
    if (parts.length === 0) return false;
    // `kele500` is pinyin and a number. A run of both is also right where a name has it across its own words.
    return parts.every(begins) || [zh, en].some((name) => squash(name).includes(run));
  };
  return latin.every(isThere) ? "anywhere" : null;
}

/** A code has it anywhere; of what is shorter than its parts, at the beginning of one of them. */
function inCode(run: string, codes: readonly string[]): boolean {
  return codes.some(
    (code) => code.includes(run) && (run.length >= 4 || partsOfCode(code).some((p) => p.startsWith(run))),
  );
}

type Head = Exclude<Match, "anywhere">;

function better(a: Head | null, b: Head | null): Head | null {
  return a === "whole" || b === null ? a : b;
}

/**
 * Whether the letters and digits of a text begin with these, or are these. Most texts that do not are known by their first
 * letter, before anything is taken out of them.
 */
function headOf(folded: string, whole: string): Head | null {
  if (folded.startsWith(whole)) return hasLetter.test(folded.slice(whole.length)) ? "head" : "whole";
  if (isPlainLetter(folded.charCodeAt(0)) && folded.charCodeAt(0) !== whole.charCodeAt(0)) return null;
  return bestHead([squash(folded)], whole);
}

const hasLetter = /[\p{L}\p{N}]/u;

/** Letters and digits that most names begin with; of any other character nothing is said. */
function isPlainLetter(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

function bestHead(squashed: readonly string[], whole: string): Head | null {
  if (squashed.includes(whole)) return "whole";
  return squashed.some((head) => head.startsWith(whole)) ? "head" : null;
}

/**
 * Of initials and full pinyin of all of it: in the likeliest reading, and in each with one syllable read differently
 * (readings.ts). Nothing is written out, for a thousand names are asked in one search.
 */
function spokenHead(sound: string, whole: string): Head | null {
  const letter = whole.slice(0, 1);
  const [first = ""] = sound.split(" ", 1);
  if (!first.startsWith(letter) && !first.includes(`,${letter}`)) return null;
  const places = placesOf(sound);
  return better(initialsHead(places, whole), fullHead(places, whole));
}

function initialsHead(places: Places, whole: string): Head | null {
  if (whole.length > places.length) return null;
  let isOther = false;
  for (let at = 0; at < whole.length; at += 1) {
    const [likeliest, ...others] = places[at] ?? [];
    if (likeliest?.[0] === whole[at]) continue;
    if (isOther || !others.some((other) => other[0] === whole[at])) return null;
    isOther = true;
  }
  return whole.length === places.length ? "whole" : "head";
}

/** @param isOther one syllable before was read differently */
function fullHead(places: Places, rest: string, at = 0, isOther = false): Head | null {
  if (rest === "") return at === places.length ? "whole" : "head";
  let best: Head | null = null;
  const [likeliest = "", ...others] = places[at] ?? [];
  if (likeliest === "") return null;
  for (const [index, syllable] of [likeliest, ...(isOther ? [] : others)].entries()) {
    if (rest.startsWith(syllable)) {
      best = better(best, fullHead(places, rest.slice(syllable.length), at + 1, isOther || index > 0));
    } else if (syllable.startsWith(rest)) best = better(best, "head");
  }
  return best;
}

/** The readings of each syllable, the likeliest first. */
type Places = readonly (readonly string[])[];

function placesOf(sound: string): Places {
  return sound.split(" ").map((place) => place.split(","));
}

/** Whether a word of the text, or a part of one (`500` of `500ml`), begins with these. */
function beginsWord(folded: string, run: string): boolean {
  let at = folded.indexOf(run);
  if (at === -1) return false;
  // Behind a blank or a sign a word begins, whatever else the text is made of.
  for (; at !== -1; at = folded.indexOf(run, at + 1)) if (at === 0 || isGap(folded.charCodeAt(at - 1))) return true;
  return runsOf(folded)
    .latin.flatMap(partsOfWord)
    .some((word) => word.startsWith(run));
}

/** A character of ASCII that is neither letter nor digit, as texts are folded. */
function isGap(unit: number): boolean {
  return unit < 0x30 || (unit > 0x39 && unit < 0x61) || (unit > 0x7a && unit < 0x80);
}

/** Whether initials or full pinyin from some syllable on begin with the text, each syllable in whichever of its readings. */
export function isSpoken(sound: string, text: string): boolean {
  // A syllable, or another reading of one, begins with its first letter.
  const letter = text.slice(0, 1);
  if (!sound.startsWith(letter) && !sound.includes(` ${letter}`) && !sound.includes(`,${letter}`)) return false;
  if (sound === "") return false;
  const places = placesOf(sound);
  return places.some((_, start) => isFull(places, start, text) || isInitials(places, start, text));
}

function isFull(places: Places, at: number, rest: string): boolean {
  if (rest === "") return true;
  const readings = places[at];
  if (readings === undefined) return false;
  return readings.some(
    (syllable) =>
      syllable.startsWith(rest) || (rest.startsWith(syllable) && isFull(places, at + 1, rest.slice(syllable.length))),
  );
}

function isInitials(places: Places, start: number, text: string): boolean {
  if (start + text.length > places.length) return false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (places[start + at]?.some((syllable) => syllable[0] === letter) !== true) return false;
  }
  return true;
}
