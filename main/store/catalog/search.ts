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

interface FoundRow extends ItemRow {
  readonly item_id: number;
  readonly sound: string | null;
}

const worth: Readonly<Record<Match, number>> = { whole: 0, head: 1, anywhere: 2 };

/** Best first: the whole name or code, then what begins with the text, then what has it anywhere. */
export function search(
  db: Database.Database,
  itemOf: (row: ItemRow) => Item,
): (text: string, limit: number) => readonly Item[] {
  const idsOf = listsOfWords(db);
  const sql = statements(db);

  function answer(question: Question, row: FoundRow): Match | null {
    const { sku, name_zh: nameZh, name_en: nameEn, sound } = row;
    return matchOf(question, { sku, nameZh, nameEn, sound, barcodes: () => sql.codesOf.all(row.item_id) });
  }

  /** Answers of the index to one of the question's terms. */
  function ofTerm(question: Question, term: Term, found: Map<number, Found>): void {
    let [answers, looks] = [0, 0];
    for (const ids of idsOf(term)) {
      for (const id of ids) {
        if (answers >= mostAnswers || looks >= mostLooks) return;
        looks += 1;
        if (found.has(id)) continue;
        const row = sql.item.get(id);
        const match = row === undefined ? null : answer(question, row);
        if (row === undefined || match === null) continue;
        found.set(id, { row, match });
        answers += 1;
      }
    }
  }

  function ofUnindexed(question: Question, found: Map<number, Found>): void {
    const rows = [...sql.fresh.all(looksThrough), ...sql.renamed.all(looksThrough)];
    for (const row of rows) {
      const match = answer(question, row);
      if (match !== null) found.set(row.item_id, { row, match });
    }
  }

  /** A code typed or read in full is an answer however many begin like it. */
  function ofCode(text: string, found: Map<number, Found>): void {
    for (const row of [...sql.bySku.all(text), ...sql.byBarcode.all(normalizeBarcode(text))])
      found.set(row.item_id, { row, match: "whole" });
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
      .map(({ row }) => itemOf(row));
  };
}

interface Found {
  readonly row: FoundRow;
  readonly match: Match;
}

/** The better kind of answer, favourites first, then the shorter name: the plain thing before its variants. */
function byWorth({ row: a, match: matchA }: Found, { row: b, match: matchB }: Found): number {
  return (
    worth[matchA] - worth[matchB] ||
    b.is_favourite - a.is_favourite ||
    a.name_zh.length - b.name_zh.length ||
    (a.sku < b.sku ? -1 : Number(a.sku > b.sku))
  );
}

function statements(db: Database.Database) {
  const columns = `item_id, sound, ${itemColumns}`;
  return {
    item: db.prepare<[number], FoundRow>(`SELECT ${columns} FROM items WHERE item_id = ?`),
    codesOf: db.prepare<[number], string>("SELECT barcode FROM barcodes WHERE item_id = ?").pluck(),
    bySku: db.prepare<[string], FoundRow>(`SELECT ${columns} FROM items WHERE sku = ?`),
    byBarcode: db.prepare<[string], FoundRow>(
      `SELECT ${columns} FROM barcodes JOIN items USING (item_id) WHERE barcode = ?`,
    ),
    fresh: db.prepare<[number], FoundRow>(
      `SELECT ${columns} FROM items WHERE item_id > (SELECT through FROM word_index) ORDER BY item_id LIMIT ?`,
    ),
    renamed: db.prepare<[number], FoundRow>(
      `SELECT ${columns} FROM renamed JOIN items USING (item_id) ORDER BY mark LIMIT ?`,
    ),
  };
}
