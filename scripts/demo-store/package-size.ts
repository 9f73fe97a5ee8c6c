/** What one size of a catalogue line says: its words in both languages and how big a carton it can fill. */
export type PackageSize = {
  readonly zh: string;
  readonly en: string;
  readonly isWeighed: boolean;
  /** Two-litre bottles and shrink-wrapped dozens are not sold in cartons of 24. */
  readonly carton: "any" | "small" | "none";
};

const NOTHING: PackageSize = { zh: "", en: "", isWeighed: false, carton: "any" };
const WEIGHED: PackageSize = { zh: "", en: "", isWeighed: true, carton: "none" };

/** Measures keep their symbol in both languages. */
const MEASURES = new Set(["ml", "L", "g", "kg", "m"]);

/** Counting words, and containers after a measure (`330ml罐`). Singular and plural. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  个: ["pc", "pcs"],
  件: ["pc", "pcs"],
  份: ["portion", "portions"],
  只: ["pc", "pcs"],
  支: ["pc", "pcs"],
  枚: ["pc", "pcs"],
  条: ["pc", "pcs"],
  块: ["pc", "pcs"],
  粒: ["pc", "pcs"],
  颗: ["pc", "pcs"],
  片: ["pc", "pcs"],
  把: ["pc", "pcs"],
  本: ["book", "books"],
  张: ["sheet", "sheets"],
  抽: ["sheet", "sheets"],
  包: ["pack", "packs"],
  双: ["pair", "pairs"],
  双盘: ["double coil", "double coils"],
  套: ["set", "sets"],
  副: ["deck", "decks"],
  节: ["cell", "cells"],
  卷: ["roll", "rolls"],
  色: ["colour", "colours"],
  杯: ["cup", "cups"],
  罐: ["can", "cans"],
  瓶: ["bottle", "bottles"],
  袋: ["bag", "bags"],
  桶: ["tub", "tubs"],
  碗: ["bowl", "bowls"],
  盒: ["box", "boxes"],
  排: ["bar", "bars"],
};

/** The containers an English label names after a measure; `40g袋` is plain `40 g`, and length matters on a receipt. */
const SAID_IN_ENGLISH = new Set(["can", "bottle", "cup", "tub"]);

const SIZE =
  /^(?<amount>\d+(?:\.\d+)?)(?<measure>ml|L|kg|g|m)?(?<word>\p{Script=Han}*)(?:×(?<times>\d+)(?<outer>\p{Script=Han}+))?$/u;

/** Above this many millilitres or grams a carton holds six. */
const LARGE_PACKAGE = 700;

/**
 * Reads `500ml`, `330ml罐`, `250ml×12盒`, `12片`, `-` (no size) or `称重` (sold by weight).
 * Throws on anything else: the catalogue is ours, so a size that cannot be read is a slip of the pen.
 */
export function readPackageSize(text: string): PackageSize {
  if (text === "-") return NOTHING;
  if (text === "称重") return WEIGHED;
  const { amount, measure, word, times, outer } = SIZE.exec(text)?.groups ?? {};
  if (amount === undefined || (measure === undefined && !word)) throw new Error(`cannot read the size "${text}"`);
  if (outer !== undefined) counted(outer, Number(times));
  const single = englishSize(amount, measure, word ?? "");
  return {
    zh: text,
    en: times === undefined ? single : `${times} × ${single}`,
    isWeighed: false,
    carton: times !== undefined ? "none" : isLarge(amount, measure) ? "small" : "any",
  };
}

function englishSize(amount: string, measure: string | undefined, word: string): string {
  if (measure === undefined) return `${amount} ${counted(word, Number(amount))}`;
  if (!MEASURES.has(measure)) throw new Error(`unknown measure "${measure}"`);
  const noun = word === "" ? "" : counted(word, 1);
  return SAID_IN_ENGLISH.has(noun) ? `${amount} ${measure} ${noun}` : `${amount} ${measure}`;
}

function counted(word: string, count: number): string {
  const forms = WORDS[word];
  if (forms === undefined) throw new Error(`unknown counting word "${word}"`);
  return count === 1 ? forms[0] : forms[1];
}

function isLarge(amount: string, measure: string | undefined): boolean {
  if (measure === "L" || measure === "kg") return true;
  return (measure === "ml" || measure === "g") && Number(amount) > LARGE_PACKAGE;
}
