import type Database from "better-sqlite3";
import type { ImportRow } from "./import-items.ts";
import { rowWriter } from "./row-writer.ts";
import { looksThrough } from "./unindexed.ts";
import { type BuildPart, type ClaimedPart, mostInPart, wordIndex } from "./word-index.ts";

/** Rows between two pauses: some ms. */
const rowsAtOnce = 500;

export interface ListWork {
  /** Makes a part of the index of words, beside the rows that are written meanwhile. */
  readonly build: BuildPart;
  /** Lets others in; throws what ends the work. */
  pause(rowsDone: number): Promise<void>;
}

/**
 * Writes the rows of a long list and indexes their words, all within the transaction that is open: without steps of its
 * own inside of it, each of which would copy every page it touches. No row may name an item that another one has named.
 */
export type WriteList = (rows: Iterable<ImportRow>, work: ListWork) => Promise<void>;

export function listRows(db: Database.Database): WriteList {
  return async (rows, { build, pause }) => {
    // Loaded when something is imported: the dictionary of pinyin would cost every start a tenth of its time.
    const { soundOf } = await import("./sound.ts");
    const write = rowWriter(db);
    const words = wordIndex(db);
    let done = 0;
    let sinceClaim = 0;
    let ahead: Ahead | null = null;
    const putAhead = async ({ claimed, built }: Ahead): Promise<void> =>
      words.putClaimed(claimed, await built, () => pause(done));

    for (const row of rows) {
      write(row, soundOf(row.item.nameZh));
      done += 1;
      if (done % rowsAtOnce > 0) continue;
      await pause(done);
      sinceClaim += rowsAtOnce;
      if (ahead?.isBuilt() === true) {
        await putAhead(ahead);
        ahead = null;
      }
      if (ahead !== null || sinceClaim < mostInPart) continue;
      sinceClaim = 0;
      if (words.waiting(mostInPart) >= mostInPart) ahead = begin(words.claim(), build);
    }
    for (; ahead !== null || words.waiting(looksThrough) >= looksThrough;) {
      const next = words.waiting(looksThrough) >= looksThrough ? begin(words.claim(), build) : null;
      if (ahead !== null) await putAhead(ahead);
      ahead = next;
    }
  };
}

/** A part that is being built. */
interface Ahead {
  readonly claimed: ClaimedPart;
  readonly built: ReturnType<BuildPart>;
  readonly isBuilt: () => boolean;
}

function begin(claimed: ClaimedPart | null, build: BuildPart): Ahead | null {
  if (claimed === null) return null;
  let isBuilt = false;
  const built = build(claimed.items);
  // One that fails is heard of when its turn comes.
  const settled = (): void => {
    isBuilt = true;
  };
  built.then(settled, settled);
  return { claimed, built, isBuilt: () => isBuilt };
}
