/** What is in a package, as its name says it. */
export interface NetContent {
  /** Thousandths of a gram or a millilitre, of everything in the package together. */
  readonly thousandths: number;
  readonly measure: "g" | "ml";
}

/** Below, "5G" is more often a telephone than five grams; above, it is no package a shelf holds. Grams or millilitres. */
const least = 10;
const most = 100_000;
/** Pieces in one package: a crate of small bottles. */
const mostPieces = 100;

/** A number, its unit, and how many of it: `330ml`, `1.5 L`, `6×330ml`, `250g*12袋`. Longer words before shorter ones. */
const content =
  /(?<![a-z\d.])(?:(\d{1,3})\s*[x×*]\s*)?(\d{1,5})(?:\.(\d{1,3}))?\s*(毫升|升|千克|公斤|克|kg|ml|g|l)(?![a-z])(?:\s*[x×*]\s*(\d{1,3}))?/giu;

/** Grams or millilitres in one of each. */
const inOne: ReadonlyMap<string, readonly [measure: "g" | "ml", count: number]> = new Map<string, ["g" | "ml", number]>(
  [
    ["克", ["g", 1]],
    ["g", ["g", 1]],
    ["千克", ["g", 1_000]],
    ["公斤", ["g", 1_000]],
    ["kg", ["g", 1_000]],
    ["毫升", ["ml", 1]],
    ["ml", ["ml", 1]],
    ["升", ["ml", 1_000]],
    ["l", ["ml", 1_000]],
  ],
);

/**
 * Reads the net content out of an item's name. Null where the name says none, or more than one: a wrong price by the
 * litre is worse than none.
 */
export function netContentOf(name: string): NetContent | null {
  const found = [...name.normalize("NFKC").toLowerCase().matchAll(content)];
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  const [, before, whole = "", fraction = "", unit = "", behind] = only;
  if (before !== undefined && behind !== undefined) return null;
  const pieces = Number(before ?? behind ?? "1");
  const [measure, count] = inOne.get(unit) ?? ["g", 0];
  // By its digits: three behind the point are thousandths.
  const thousandths = Number(`${whole}${fraction.padEnd(3, "0")}`) * count * pieces;
  const isPackage = pieces >= 1 && pieces <= mostPieces;
  const isLikely = thousandths >= least * 1_000 && thousandths <= most * 1_000;
  return isPackage && isLikely ? { thousandths, measure } : null;
}
