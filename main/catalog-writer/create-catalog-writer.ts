import { mostPageBytes, type WireFeedPage } from "#contract/catalog-writer/messages.ts";
import type { Result } from "#core/result.ts";
import { feedPageSchema } from "#contract/wire/feed.ts";
import type { ImportReport, ImportRow } from "#main/store/catalog/import-items.ts";
import type { CatalogIntake, TakenPage } from "#main/till/ports/catalog-feed.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { type ImportFault, importRows } from "./import-rows.ts";
import { type Done, OpenWriterLine, type Read, type WriterLimits, writerLimits } from "./writer-line.ts";
import type { SpawnWriter } from "./writer-process.ts";

export interface CatalogWriterParts {
  /** The file, as main reads it. */
  readonly catalog: {
    readonly path: string;
    rev(): number;
    /** When the next price begins; Infinity for none. */
    nextPriceMs(): number;
    /** Whether every question finds every item by its name. */
    isIndexed(): boolean;
    /** The file has changed. */
    lookAgain(): void;
  };
  readonly spawn: SpawnWriter;
  readonly clock: Clock;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
  readonly limits?: Partial<WriterLimits>;
}

/** A page without rows is shorter; only such a one is looked at here. */
const mostEmptyPageBytes = 512;

export interface CatalogWriter extends CatalogIntake {
  /** Has items indexed that no question finds by their names yet; at once where there are none. */
  indexWords(): Promise<void>;
  /** Rows that somebody brings by hand; their words follow. */
  importRows(
    rows: Iterable<ImportRow>,
    onProgress: (itemsDone: number) => void,
  ): Promise<Result<ImportReport, ImportFault>>;
}

/** The catalogue's intake by a process of its own. Two pages are there at once: one is written while the next is read. */
export function createCatalogWriter({ catalog, spawn, clock, log, limits }: CatalogWriterParts): CatalogWriter {
  const line = new OpenWriterLine({
    ...{ clock, log, limits: { ...writerLimits, ...limits } },
    spawn: () => spawn(catalog.path),
  });
  const indexWords = wordsMaker(catalog, line, log);
  /** Read and perhaps not yet written; null where the file says it all. */
  let ahead: number | null = null;
  let pageBefore: Promise<Done> | null = null;
  /** The end of the feed as it was last found right. */
  let whole: { readonly rev: number; readonly liveCount: number } | null = null;

  async function take(page: WireFeedPage): Promise<TakenPage> {
    if (page.json.length > mostPageBytes) return { kind: "misfit", detail: "a page beyond its limit" };
    if (isNothingNew(page, whole)) return { kind: "taken", hasMore: false, hasRows: false };
    const mine = line.ask({ kind: "page", ...page });
    const read = await mine.read;
    if (read.kind !== "read") return notTaken(read);
    const { through, hasRows, liveCount } = read;
    const before = pageBefore;
    pageBefore = mine.done;
    ahead = through;
    void mine.done.then((done) => {
      // A till that is closing has closed the file by now.
      if (done.kind === "done") catalog.lookAgain();
      if (done.kind === "failed" || ahead === through) ahead = null;
    });
    // At the end all of it is in the file; before it, one page is written while the next is fetched.
    const written = await (read.isEnd ? mine.done : before);
    if (written?.kind === "failed") return notTaken(written);
    if (!read.isEnd) return { kind: "taken", hasMore: true, hasRows };
    const hasMore = written?.beginsAgain === true;
    whole = hasMore ? null : { rev: through, liveCount };
    if (!hasMore) void indexWords();
    return { kind: "taken", hasMore, hasRows };
  }

  function notTaken({ kind, detail }: Extract<Read, { detail: string }>): TakenPage {
    [ahead, pageBefore] = [null, null];
    return { kind, detail };
  }

  /** Done, or tried: what was not done is found undone the next time. */
  async function tell(kind: "begin-snapshot" | "settle-prices"): Promise<void> {
    const done = await line.ask({ kind }).done;
    if (done.kind === "done") catalog.lookAgain();
    else log("the catalogue's writer", { kind, detail: done.detail });
  }

  return {
    indexWords,
    async importRows(rows, onProgress) {
      const imported = await importRows(line, rows, onProgress);
      void indexWords();
      return imported;
    },
    after: () => ahead ?? catalog.rev(),
    take,
    async beginSnapshot() {
      await tell("begin-snapshot");
      [ahead, whole] = [null, null];
    },
    async settleDuePrices() {
      if (clock.now() >= catalog.nextPriceMs()) await tell("settle-prices");
    },
    stop: () => line.stop(),
  };
}

/** Most answers say that nothing has changed since the file was found to be right: no process is started for them. */
function isNothingNew(
  { after, json }: WireFeedPage,
  whole: { readonly rev: number; readonly liveCount: number } | null,
): boolean {
  if (json.length > mostEmptyPageBytes) return false;
  // An office that has never had any goods, or the file as it was when it was found right.
  const known = whole ?? { rev: 0, liveCount: 0 };
  try {
    const parsed = feedPageSchema.safeParse(JSON.parse(new TextDecoder().decode(json)));
    if (!parsed.success) return false;
    const { scope, rows, through, head, liveCount } = parsed.data;
    const hasNone = scope === "catalog" && rows.length === 0 && through === after && head === after;
    return hasNone && after === known.rev && liveCount === known.liveCount;
  } catch {
    return false;
  }
}

/** Has the writer make the words of names that have none yet, until all have; once at a time. */
function wordsMaker(
  catalog: Pick<CatalogWriterParts["catalog"], "isIndexed">,
  line: Pick<OpenWriterLine, "ask">,
  log: CatalogWriterParts["log"],
): () => Promise<void> {
  let isIndexing = false;
  return async () => {
    if (isIndexing) return;
    isIndexing = true;
    try {
      while (!catalog.isIndexed()) {
        const done = await line.ask({ kind: "index" }).done;
        if (done.kind === "done") continue;
        // The next page, or the next start, asks again.
        return log("the catalogue's writer", { kind: "index", detail: done.detail });
      }
    } finally {
      isIndexing = false;
    }
  };
}
