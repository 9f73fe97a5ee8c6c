import type Database from "better-sqlite3";
import { normalizeBarcode } from "#core/barcode/ean.ts";
import type { Item } from "#core/catalog/item.ts";
import { itemColumns, type ItemRow } from "./item-row.ts";
import { listsOfWords } from "./lists-of-words.ts";
import { type Match, matchOf } from "./match.ts";
import { type Question, questionOf, type Term } from "./question.ts";
import { looksThrough } from "./unindexed.ts";

/** Answers of one kind that are looked for: the best of these are chosen in code, as sorting all costs 55–90 ms. */
const mostAnswers = 200;
/** Items looked at for one kind of answer: the index names some that are none. */
const mostLooks = 1_000;
/** Items read in one statement: half the time of as many statements, and few are read that nobody needs. */
const readAtOnce = 100;

/** What an item is judged by: a thousand of them may be looked at, and of some thirty everything is read. */
type LookedAt = readonly [
  ...[itemId: number, sku: string, nameZh: string, nameEn: string, sound: string | null, isFavourite: number],
  ...[codes?: string | null],
];

/** No code has a line feed: `normalizeBarcode` and the schemas see to it. */
const between = "\n";

const worth: Readonly<Record<Match, number>> = { whole: 0, head: 1, anywhere: 2 };

/** Best first: the whole name or code, then what begins with the text, then what has it anywhere. */
export function search(
  db: Database.Database,
  itemOf: (row: ItemRow) => Item,
): (text: string, limit: number) => readonly Item[] {
  const idsOf = listsOfWords(db);
  const sql = statements(db);

  function answer(question: Question, item: LookedAt): Match | null {
    const [itemId, sku, nameZh, nameEn, sound, , codes] = item;
    const barcodes = () => (codes === undefined ? sql.codesOf.all(itemId) : (codes?.split(between) ?? []));
    return matchOf(question, { sku, nameZh, nameEn, sound, barcodes });
  }

  /** Answers of the index to one of the question's terms. */
  function ofTerm(question: Question, term: Term, found: Map<number, Found>): void {
    // Of something like a code the codes are always looked at: in one go with their items.
    const items = question.isOneCode ? sql.withCodes : sql.items;
    let [answers, looks] = [0, 0];
    for (const ids of idsOf(term)) {
      for (let from = 0; from < ids.length; from += readAtOnce) {
        if (answers >= mostAnswers || looks >= mostLooks) return;
        const some = ids.subarray(from, from + readAtOnce);
        looks += some.length;
        for (const item of items.all(listed(some.filter((id) => !found.has(id))))) {
          const match = answer(question, item);
          if (match === null) continue;
          found.set(item[0], foundOf(item, match));
          answers += 1;
        }
      }
    }
  }

  function ofUnindexed(question: Question, found: Map<number, Found>): void {
    const items = [...sql.fresh.all(looksThrough), ...sql.renamed.all(looksThrough)];
    for (const item of items) {
      const match = answer(question, item);
      if (match !== null) found.set(item[0], foundOf(item, match));
    }
  }

  /** A code typed or read in full is an answer however many begin like it. */
  function ofCode(text: string, found: Map<number, Found>): void {
    for (const item of [...sql.bySku.all(text), ...sql.byBarcode.all(normalizeBarcode(text))])
      found.set(item[0], foundOf(item, "whole"));
  }

  return (text, limit) => {
    const question = questionOf(text);
    if (question === null) return [];
    const found = new Map<number, Found>();
    ofCode(text.trim(), found);
    ofUnindexed(question, found);
    for (const term of question.tiers) {
      if (found.size >= limit && term === question.tiers.at(-1)) break;
      ofTerm(question, term, found);
    }
    return [...found.values()]
      .toSorted(byWorth)
      .slice(0, limit)
      .flatMap(({ itemId }) => sql.whole.all(itemId).map((row) => itemOf(row)));
  };
}

/** As `json_each` takes them. */
function listed(ids: Int32Array): string {
  return `[${ids.join(",")}]`;
}

interface Found {
  readonly itemId: number;
  readonly sku: string;
  readonly nameLength: number;
  readonly isFavourite: number;
  readonly match: Match;
}

function foundOf([itemId, sku, nameZh, , , isFavourite]: LookedAt, match: Match): Found {
  return { itemId, sku, nameLength: nameZh.length, isFavourite, match };
}

/** The better kind of answer, favourites first, then the shorter name: the plain thing before its variants. */
function byWorth(a: Found, b: Found): number {
  return (
    worth[a.match] - worth[b.match] ||
    b.isFavourite - a.isFavourite ||
    a.nameLength - b.nameLength ||
    (a.sku < b.sku ? -1 : Number(a.sku > b.sku))
  );
}

function statements(db: Database.Database) {
  const columns = "item_id, sku, name_zh, name_en, sound, is_favourite";
  const codes = "(SELECT group_concat(barcode, char(10)) FROM barcodes WHERE barcodes.item_id = items.item_id)";
  const looks = <Args extends unknown[]>(from: string, more = "") =>
    db.prepare<Args, LookedAt>(`SELECT ${columns}${more} FROM ${from}`).raw();
  const ofIds = "items WHERE item_id IN (SELECT value FROM json_each(?))";
  return {
    items: looks<[string]>(ofIds),
    withCodes: looks<[string]>(ofIds, `, ${codes}`),
    whole: db.prepare<[number], ItemRow>(`SELECT ${itemColumns} FROM items WHERE item_id = ?`),
    codesOf: db.prepare<[number], string>("SELECT barcode FROM barcodes WHERE item_id = ?").pluck(),
    bySku: looks<[string]>("items WHERE sku = ?"),
    byBarcode: looks<[string]>("barcodes JOIN items USING (item_id) WHERE barcode = ?"),
    fresh: looks<[number]>("items WHERE item_id > (SELECT through FROM word_index) ORDER BY item_id LIMIT ?"),
    renamed: looks<[number]>("renamed JOIN items USING (item_id) ORDER BY mark LIMIT ?"),
  };
}
