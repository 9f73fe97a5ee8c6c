import { setImmediate } from "node:timers/promises";
import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { restAfter, walPagesOfStep } from "./disk-steps.ts";
import type { IndexPart, UnindexedItem } from "./index-part.ts";
import { looksThrough } from "./unindexed.ts";

/** Items in one part. More make fewer rows of each word; this many and their words are some 100 MB while it is made. */
export const mostInPart = 32_768;
/** Rows of the index in one transaction: some 10 ms, while the rest of the till only reads. */
const wordsAtOnce = 2_000;
/** The same of a delta: each word lies on a page of its own among those of all goods. */
const wordsOfStep = 40;
/** A question reads a row of each part a word is in; beyond this many the index is made anew. */
const mostParts = 160;

/** Items that are to be one part, and up to where the index then goes. */
export interface Unindexed {
  readonly items: readonly UnindexedItem[];
  readonly through: number;
  /** The newest mark among `renamed` that these items answer. */
  readonly mark: number;
  /** Few, and others are indexed: the till sells meanwhile, and no sale is to wait for the disk. */
  readonly isDelta: boolean;
}

/** Makes a part of items: beside this thread where there are many. */
export type BuildPart = (items: readonly UnindexedItem[]) => Promise<IndexPart>;

/** The index of words in catalog.db, for whoever fills it. */
export interface WordIndex {
  /** Items that stand in no part yet, or under an old name; at most `most` are counted. */
  waiting(most: number): number;
  /** The next items in need of a part, behind those that are on their way; null where there are none. */
  next(onTheirWay: Unindexed | null): Unindexed | null;
  /** Puts a part in, in short transactions. What is written of a part that was cut off does no harm, and is written again. */
  put(taken: Unindexed, part: IndexPart): Promise<void>;
  /**
   * The next part, counted as in from now on: for whoever puts it in before the transaction ends that is open, and writes
   * more items meanwhile. Null where nothing waits.
   */
  claim(): ClaimedPart | null;
  /** Puts it in, pausing now and then. */
  putClaimed(claimed: ClaimedPart, part: IndexPart, pause: () => Promise<void>): Promise<void>;
}

/** Items that are to be one part, and its number. */
export interface ClaimedPart {
  readonly items: readonly UnindexedItem[];
  readonly part: number;
}

export function wordIndex(db: Database.Database): WordIndex {
  const sql = statements(db);

  function state(): { readonly through: number; readonly next_part: number } {
    const row = sql.state.get();
    assert(row !== undefined, "word_index has its one row");
    return row;
  }

  /** Empty again, in one step: what was indexed waits like everything else. */
  const clear = db.transaction(() => {
    sql.clearLists.run();
    sql.clearRenamed.run();
    sql.begin.run();
  });

  const putSomeWords = ({ words, lists, ends }: IndexPart, from: number, part: number, count = wordsAtOnce): void => {
    for (let at = from; at < Math.min(from + count, words.length); at += 1)
      sql.putList.run(words[at], part, lists.subarray(ends[at - 1] ?? 0, ends[at]));
  };
  const putWords = db.transaction(putSomeWords);
  const putSounds = db.transaction((sounds: IndexPart["sounds"]) => {
    for (const { itemId, sound } of sounds) sql.putSound.run(sound, itemId);
  });
  const finish = db.transaction((through: number, mark: number) => {
    sql.finish.run(through);
    sql.dropRenamed.run(mark);
  });

  const next: WordIndex["next"] = (onTheirWay) => {
    if (onTheirWay === null && state().next_part > mostParts) clear.immediate();
    const { through, mark } = onTheirWay ?? { ...state(), mark: 0 };
    const renamed = sql.renamed.all(mark, mostInPart);
    const fresh = sql.fresh.all(through, mostInPart - renamed.length);
    const rows = [...renamed, ...fresh];
    if (rows.length === 0) return null;
    return {
      // Renamed ones have lower ids than new ones, and come in any order.
      items: rows.map(itemOf).toSorted((a, b) => a.itemId - b.itemId),
      through: fresh.at(-1)?.item_id ?? through,
      mark: renamed.at(-1)?.mark ?? mark,
      isDelta: onTheirWay === null && through > 0 && rows.length < mostInPart,
    };
  };

  return {
    next,
    waiting(most) {
      const { through } = state();
      return (sql.countNew.get(through, most) ?? 0) + (sql.countRenamed.get(most) ?? 0);
    },
    async put({ through, mark, isDelta }, built) {
      const { words, sounds } = built;
      const { next_part: part } = state();
      const step = isDelta ? wordsOfStep : wordsAtOnce;
      if (isDelta) db.pragma(`wal_autocheckpoint = ${walPagesOfStep}`);
      for (let from = 0; from < words.length; from += step) {
        const beganMs = performance.now();
        putWords.immediate(built, from, part, step);
        await (isDelta ? restAfter(beganMs) : setImmediate());
      }
      for (let from = 0; from < sounds.length; from += wordsAtOnce) {
        putSounds.immediate(sounds.slice(from, from + wordsAtOnce));
        await setImmediate();
      }
      finish.immediate(through, mark);
    },
    ...claiming(sql, next, putSomeWords),
  };
}

/** Parts within a transaction that somebody else ends. */
function claiming(
  sql: ReturnType<typeof statements>,
  next: WordIndex["next"],
  putSomeWords: (built: IndexPart, from: number, part: number) => void,
): Pick<WordIndex, "claim" | "putClaimed"> {
  return {
    claim() {
      const taken = next(null);
      const part = sql.state.get()?.next_part;
      if (taken === null || part === undefined) return null;
      sql.finish.run(taken.through);
      sql.dropRenamed.run(taken.mark);
      return { items: taken.items, part };
    },
    async putClaimed({ part }, built, pause) {
      for (let from = 0; from < built.words.length; from += wordsAtOnce) {
        putSomeWords(built, from, part);
        await pause();
      }
      for (const [at, { itemId, sound }] of built.sounds.entries()) {
        sql.putSound.run(sound, itemId);
        if ((at + 1) % wordsAtOnce === 0) await pause();
      }
    },
  };
}

function itemOf(row: FoundRow): UnindexedItem {
  return {
    ...{ itemId: row.item_id, sku: row.sku, nameZh: row.name_zh, nameEn: row.name_en, sound: row.sound },
    barcodes: row.barcodes === null ? [] : row.barcodes.split(between),
  };
}

/**
 * Indexes what waits, part after part, unless it is so little that every question looks through it anyway. Nobody else may
 * write items meanwhile: where `mayGoOn` says no, it ends after a part, and is to be asked again.
 */
export async function indexWaiting(
  index: WordIndex,
  build: BuildPart,
  mayGoOn = (): boolean => true,
): Promise<"whole" | "goes-on"> {
  if (index.waiting(looksThrough) < looksThrough) return "whole";
  const begin = (onTheirWay: Unindexed | null) => {
    const taken = index.next(onTheirWay);
    if (taken === null) return null;
    const built = build(taken.items);
    // It may fail while the one before it is written; it is heard of when its turn comes.
    built.catch(() => {});
    return { taken, built };
  };
  // One is built while the one before it is written.
  for (let ahead = begin(null); ahead !== null;) {
    const { taken, built } = ahead;
    const part = await built;
    ahead = mayGoOn() ? begin(taken) : null;
    await index.put(taken, part);
  }
  return index.waiting(1) === 0 ? "whole" : "goes-on";
}

interface FoundRow {
  readonly item_id: number;
  readonly sku: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly sound: string | null;
  readonly barcodes: string | null;
  readonly mark: number;
}

/** No code has a line feed: `normalizeBarcode` and the schemas see to it. */
const between = "\n";

function statements(db: Database.Database) {
  const columns = `item_id, sku, name_zh, name_en, sound,
    (SELECT group_concat(barcode, char(10)) FROM barcodes WHERE barcodes.item_id = items.item_id) AS barcodes`;
  return {
    state: db.prepare<[], { through: number; next_part: number }>("SELECT through, next_part FROM word_index"),
    begin: db.prepare("UPDATE word_index SET through = 0, next_part = 1"),
    finish: db.prepare("UPDATE word_index SET through = ?, next_part = next_part + 1"),
    clearLists: db.prepare("DELETE FROM word_lists"),
    clearRenamed: db.prepare("DELETE FROM renamed"),
    dropRenamed: db.prepare("DELETE FROM renamed WHERE mark <= ?"),
    putList: db.prepare("INSERT OR REPLACE INTO word_lists (word, part, ids) VALUES (?, ?, ?)"),
    putSound: db.prepare("UPDATE items SET sound = ? WHERE item_id = ? AND sound IS NULL"),
    countNew: db
      .prepare<[number, number], number>("SELECT count(*) FROM (SELECT 1 FROM items WHERE item_id > ? LIMIT ?)")
      .pluck(),
    countRenamed: db.prepare<[number], number>("SELECT count(*) FROM (SELECT 1 FROM renamed LIMIT ?)").pluck(),
    fresh: db.prepare<[number, number], FoundRow>(
      `SELECT ${columns}, 0 AS mark FROM items WHERE item_id > ? ORDER BY item_id LIMIT ?`,
    ),
    renamed: db.prepare<[number, number], FoundRow>(
      `SELECT ${columns}, mark FROM renamed JOIN items USING (item_id) WHERE mark > ? ORDER BY mark LIMIT ?`,
    ),
  };
}
