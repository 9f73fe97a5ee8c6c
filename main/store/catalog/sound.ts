import { pinyin, polyphonic } from "pinyin-pro";
import { foldText, runsOf } from "./search-words.ts";

/** Readings of one name beside the likeliest, each with one character read differently (乐 le, yue). */
const mostOthers = 5;

/** Goods in many sizes share their Chinese text, and finding its readings is most of the work. About 100 bytes each. */
const mostKept = 20_000;
const kept = new Map<string, string>();

/**
 * How the Chinese part of a name is spoken: a syllable for each character with a blank between, and its other readings
 * behind a comma, as `ke kou ke le,yue`. Empty where there is none. Made once and kept in the file: whoever searches
 * compares with it and needs no dictionary.
 */
export function soundOf(nameZh: string): string {
  const chinese = runsOf(foldText(nameZh)).chinese.join("");
  const known = kept.get(chinese);
  if (known !== undefined) return known;
  const sound = spoken(chinese);
  // The oldest goes: a list is read once, from its beginning to its end.
  const [oldest] = kept.keys();
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
  kept.set(chinese, sound);
  return sound;
}

function spoken(chinese: string): string {
  if (chinese === "") return "";
  const likeliest = pinyin(chinese, { toneType: "none", type: "array", v: true });
  const others = polyphonic(chinese, { toneType: "none", type: "array", v: true });
  let left = mostOthers;
  return likeliest
    .map((syllable, place) => {
      const more = (others[place] ?? []).filter(
        (other, index, all) => other !== syllable && all.indexOf(other) === index,
      );
      const taken = more.slice(0, left);
      left -= taken.length;
      return [syllable, ...taken].join(",");
    })
    .join(" ");
}
