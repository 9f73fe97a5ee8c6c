import {
  type WireFeedPage,
  type WriterEvent,
  writerRequest,
  type WriterRequest,
} from "#contract/catalog-writer/messages.ts";
import type { Result } from "#core/result.ts";
import type { CatalogFeed } from "#main/store/catalog/feed.ts";
import type { ImportBatch } from "#main/store/catalog/import-items.ts";
import { type BuildPart, indexWaiting, type WordIndex } from "#main/store/catalog/word-index.ts";
import type { ReadingThread } from "./reading-thread.ts";
import { type JudgedPage, rowsOfPage } from "./read-page.ts";

export interface PageDesk {
  /** Takes a message of main's; one that is none is passed over. */
  hear(message: unknown): "close" | "goes-on";
}

export interface DeskParts {
  readonly feed: CatalogFeed;
  readonly words: WordIndex;
  readonly importBatch: ImportBatch;
  readonly readRows: ReadingThread["readRows"];
  /** Makes a part of the index, beside the writing. */
  readonly build: BuildPart;
  /** Pages are judged one after the other, and beside the writing. */
  readonly judge: (page: WireFeedPage) => Promise<Result<JudgedPage, string>>;
  readonly send: (event: WriterEvent) => void;
}

/** How often main hears that work goes on. Milliseconds. */
const tellEveryMs = 500;

type Ask = Exclude<WriterRequest, { kind: "close" }>;

/** Writes what it is told in the order it hears it; a page is read while the one before it is still written. */
export function createPageDesk({ feed, words, importBatch, build, judge, readRows, send }: DeskParts): PageDesk {
  let last: Promise<void> = Promise.resolve();
  /** Asked for and not yet done. */
  let asked = 0;

  function begin(ask: Ask): void {
    const judging = ask.kind === "page" ? judgeNow(ask) : null;
    const importing = ask.kind === "import" ? readRows(ask.json) : null;
    // It is heard of when its turn comes.
    importing?.catch(() => {});
    asked += 1;
    last = last.then(() => inTurn(ask, judging, importing)).finally(() => (asked -= 1));
  }

  async function judgeNow(ask: Extract<Ask, { kind: "page" }>): Promise<JudgedPage | null> {
    const { id, after, json } = ask;
    try {
      const judged = await judge({ after, json });
      if (!judged.ok) {
        send({ kind: "misfit", id, detail: judged.fault });
        return null;
      }
      const { sounds, through, liveCount } = judged.value;
      send({ kind: "read", id, through, liveCount, hasRows: sounds.length > 0, isEnd: isEnd(judged.value) });
      return judged.value;
    } catch (cause) {
      send({ kind: "failed", id, detail: wordsOf(cause) });
      return null;
    }
  }

  async function inTurn(
    ask: Ask,
    judging: Promise<JudgedPage | null> | null,
    importing: ReturnType<ReadingThread["readRows"]> | null,
  ): Promise<void> {
    const { id } = ask;
    const beat = setInterval(() => send({ kind: "busy", id }), tellEveryMs);
    try {
      const judged = await judging;
      if (ask.kind === "begin-snapshot") feed.beginSnapshot();
      else if (ask.kind === "settle-prices") await feed.settleDuePrices();
      else if (ask.kind === "import") {
        const rows = await importing;
        if (rows?.ok !== true) return send({ kind: "failed", id, detail: rows?.fault ?? "no rows" });
        return send({ kind: "done", id, beginsAgain: false, moved: [...importBatch(rows.value)] });
      } else if (ask.kind === "index") {
        // Whatever else is asked for comes first: an index that is not whole says so, a price that is old does not.
        const reached = await indexWaiting(words, build, () => asked === 1);
        return send({ kind: "done", id, beginsAgain: reached === "goes-on" });
      } else if (judged === null) return;
      else if (ask.after !== feed.rev()) return send({ kind: "failed", id, detail: "the page before is not there" });
      else return send({ kind: "done", id, beginsAgain: await write(feed, judged, ask) });
      send({ kind: "done", id, beginsAgain: false });
    } catch (cause) {
      send({ kind: "failed", id, detail: wordsOf(cause) });
    } finally {
      clearInterval(beat);
    }
  }

  return {
    hear(message) {
      const parsed = writerRequest.safeParse(message);
      if (!parsed.success) return "goes-on";
      if (parsed.data.kind === "close") return "close";
      begin(parsed.data);
      return "goes-on";
    },
  };
}

/** A page without rows is the end, whatever its head says: asking again would bring the same. */
function isEnd({ sounds, through, head }: JudgedPage): boolean {
  return through >= head || sounds.length === 0;
}

/** True where the catalogue has to be fetched again from the beginning. */
async function write(feed: CatalogFeed, judged: JudgedPage, { after, json }: WireFeedPage): Promise<boolean> {
  const { sounds, through, liveCount } = judged;
  if (sounds.length > 0 || through !== after) await feed.apply(rowsOfPage(json, judged), through);
  return isEnd(judged) && !(await isWhole(feed, liveCount));
}

/** At the end of a feed the catalogue is what head office has, or it is fetched again from the beginning. */
async function isWhole(feed: CatalogFeed, liveCount: number): Promise<boolean> {
  const wasSnapshot = feed.isSnapshot();
  if (wasSnapshot) await feed.endSnapshot();
  // One that differs right after a snapshot would differ after the next: it is asked for at the usual pace.
  if (wasSnapshot || feed.liveCount() === liveCount) return true;
  feed.beginSnapshot();
  return false;
}

/** The kind of error and SQLite's or the system's code. */
function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return ("code" in cause ? `${cause.name} ${String(cause.code)}` : `${cause.name} ${cause.message}`).slice(0, 500);
}
