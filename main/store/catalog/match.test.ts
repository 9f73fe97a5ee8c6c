import fc from "fast-check";
import { expect, it } from "vitest";
import { type Asked, type Match, matchOf } from "./match.ts";
import { questionOf, type Question } from "./question.ts";
import { initialsOf, readingsOf } from "./readings.ts";
import { foldText, partsOfCode, partsOfWord, runsOf, squash } from "./search-words.ts";

/** What an item is to a question, with nothing left out because it could be known sooner. */
function theLongWay({ whole, chinese, latin }: Question, item: Asked): Match | null {
  const sound = item.sound ?? "";
  const [zh, en] = [foldText(item.nameZh), foldText(item.nameEn)];
  const names = [squash(zh), squash(en)];
  const codes = [item.sku, ...item.barcodes()].map((code) => squash(foldText(code)));
  const isCode = chinese.length === 0 && /\p{N}/u.test(whole);
  const spoken = readingsOf(sound).flatMap((syllables) => [initialsOf(syllables), syllables.join("")]);
  const heads = [...names, ...(chinese.length > 0 || isCode ? [] : spoken), ...(isCode ? codes : [])];
  if (heads.includes(whole)) return "whole";
  if (heads.some((head) => head.startsWith(whole))) return "head";
  if (!chinese.every((run) => zh.includes(run))) return null;
  const words = [...runsOf(zh).latin, ...runsOf(en).latin].flatMap(partsOfWord);
  const inCode = (run: string): boolean =>
    codes.some((code) =>
      run.length >= 4 ? code.includes(run) : partsOfCode(code).some((part) => part.startsWith(run)),
    );
  const begins = (run: string): boolean =>
    words.some((word) => word.startsWith(run)) || isSpoken(sound, run) || inCode(run);
  const isThere = (run: string): boolean => {
    const [, ...parts] = partsOfWord(run);
    return begins(run) || (parts.length > 0 && (parts.every(begins) || names.some((name) => name.includes(run))));
  };
  return latin.every(isThere) ? "anywhere" : null;
}

/** By every way to read the rest of the name from each syllable on. */
function isSpoken(sound: string, text: string): boolean {
  const places = sound === "" ? [] : sound.split(" ").map((place) => place.split(","));
  return places.some((_, start) => {
    let ways: readonly (readonly [full: string, initials: string])[] = [["", ""]];
    for (const readings of places.slice(start))
      ways = ways.flatMap(([full, initials]) => readings.map((r) => [full + r, initials + r.slice(0, 1)] as const));
    return ways.some((way) => way.some((spoken) => spoken.startsWith(text)));
  });
}

const name = fc.string({ unit: fc.constantFrom(..."ke可乐le5 0m-·éＫ𰻝"), maxLength: 9 });
const syllable = fc.constantFrom("ke", "le", "le,yue", "mo,k", "ou");
const sound = fc.option(fc.array(syllable, { maxLength: 4 }).map((all) => all.join(" ")));
const code = fc.string({ unit: fc.constantFrom(..."056k"), minLength: 1, maxLength: 8 });
const asked = fc.record({ sku: code, nameZh: name, nameEn: name, sound, codes: fc.array(code, { maxLength: 2 }) });
const text = fc.oneof(name, fc.string({ unit: fc.constantFrom(..."kleyuo50 "), maxLength: 6 }));

it("judges an item as the long way would", () => {
  const seen = new Set<Match | null>();
  fc.assert(
    fc.property(asked, text, ({ codes, ...item }, words) => {
      const question = questionOf(words);
      if (question === null) return;
      const match = matchOf(question, { ...item, barcodes: () => codes });
      seen.add(match);
      expect(match).toBe(theLongWay(question, { ...item, barcodes: () => codes }));
    }),
    { numRuns: 2_000 },
  );
  expect(seen).toEqual(new Set<Match | null>(["whole", "head", "anywhere", null]));
});
