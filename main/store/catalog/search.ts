import type Database from "better-sqlite3";
import type { Item } from "#core/catalog/item.ts";
import { itemColumns, type ItemRow } from "./item-row.ts";
import { foldText, partsOfCode, partsOfWord, runsOf, squash, wordsOfRun } from "./search-words.ts";

/**
 * Candidates looked at per question. Sorting every hit of a common word costs 55–90 ms at a million items, so the index
 * stops here and the best of these are chosen in code.
 */
const candidateLimit = 200;

/** Longest text that is searched for, and most words of it: more cannot be typed on purpose. */
const longestQuery = 60;
const mostWords = 6;

/** Best first: the whole name or code, then what begins with the text, then what has it anywhere. */
export function search(
  db: Database.Database,
  itemOf: (row: ItemRow) => Item,
): (text: string, limit: number) => readonly Item[] {
  const find = db.prepare<[string, number], ItemRow & { readonly item_id: number }>(
    `SELECT item_id, ${itemColumns} FROM search JOIN items ON item_id = search.rowid WHERE search MATCH ? LIMIT ?`,
  );

  const codesOf = db.prepare<[number], string>("SELECT barcode FROM barcodes WHERE item_id = ?").pluck();

  return (text, limit) => {
    const folded = foldText(text.slice(0, longestQuery));
    const { chinese, latin } = runsOf(folded);
    if (chinese.length + latin.length === 0) return [];
    const whole = squash(folded);
    const anywhere = [...chinese.map(chineseQuestion), ...latin.map(latinQuestion)].slice(0, mostWords);
    const tiers = [
      () => find.all(`head : "${whole}"`, candidateLimit),
      () => find.all(`head : "${whole}"*`, candidateLimit),
      () =>
        find
          .all(anywhere.join(" AND "), candidateLimit)
          .filter((row) => hasRuns(row, chinese) && hasCodes(row, latin, codesOf)),
    ];
    const best = new Map<number, Item>();
    for (const tier of tiers) {
      if (best.size >= limit) break;
      for (const row of tier().toSorted(byWorth)) if (!best.has(row.item_id)) best.set(row.item_id, itemOf(row));
    }
    return [...best.values()].slice(0, limit);
  };
}

function chineseQuestion(run: string): string {
  return `{zh} : (${wordsOfRun(run)
    .map((word) => `"${word}"`)
    .join(" AND ")})`;
}

/** A Latin run is the beginning of a word, of a pinyin or of any part of a code; `500ml` may be written apart. */
function latinQuestion(run: string): string {
  const asOne = `({word py code} : "${run}"*${insideCode(run)})`;
  const [, ...parts] = partsOfWord(run);
  if (parts.length === 0) return asOne;
  const apart = parts.map((part) => `{word py code} : "${part}"*`).join(" AND ");
  return `(${asOne} OR (${apart}))`;
}

/** A part of a code is all its parts of four; in files from before it was the beginning of one word. */
function insideCode(run: string): string {
  const [first, ...more] = partsOfCode(run);
  if (first === undefined || more.length === 0) return "";
  return ` OR {code} : (${[first, ...more].map((part) => `"${part}"`).join(" AND ")})`;
}

const hasDigit = /\p{N}/u;

/** Parts of a code may stand apart in it: where a run has digits, name or code must have it whole, or each of its parts. */
function hasCodes(
  row: ItemRow & { readonly item_id: number },
  latin: readonly string[],
  codesOf: { all(itemId: number): readonly string[] },
): boolean {
  const doubtful = latin.filter((run) => partsOfCode(run).length > 1 && hasDigit.test(run));
  if (doubtful.length === 0) return true;
  const names = [row.name_zh, row.name_en].map((name) => squash(foldText(name)));
  const texts = [...names, ...[row.sku, ...codesOf.all(row.item_id)].map((code) => squash(foldText(code)))];
  const has = (part: string): boolean => texts.some((text) => text.includes(part));
  // `kele500` is pinyin and a number: letters may be found by sound.
  const hasApart = ([, ...parts]: readonly string[]): boolean =>
    parts.length > 0 && parts.every((part) => !hasDigit.test(part) || has(part));
  return doubtful.every((run) => has(run) || hasApart(partsOfWord(run)));
}

/** Pairs of neighbours may stand apart in a name: only a name that has each run whole is an answer. */
function hasRuns(row: ItemRow, chinese: readonly string[]): boolean {
  const name = foldText(row.name_zh);
  return chinese.every((run) => name.includes(run));
}

/** Favourites first, then the shorter name: the plain thing before its variants. */
function byWorth(a: ItemRow, b: ItemRow): number {
  return (
    b.is_favourite - a.is_favourite ||
    a.name_zh.length - b.name_zh.length ||
    (a.sku < b.sku ? -1 : Number(a.sku > b.sku))
  );
}
