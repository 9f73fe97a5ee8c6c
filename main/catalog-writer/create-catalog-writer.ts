import {
  mostPageBytes,
  type WireFeedPage,
  type WriterEvent,
  writerEvent,
  type WriterRequest,
} from "#contract/catalog-writer/messages.ts";
import { feedPageSchema } from "#contract/wire/feed.ts";
import type { CatalogIntake, TakenPage } from "#main/till/ports/catalog-feed.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { SpawnWriter, WriterProcess } from "./writer-process.ts";

export interface CatalogWriterParts {
  /** The file, as main reads it. */
  readonly catalog: {
    readonly path: string;
    rev(): number;
    /** When the next price begins; Infinity for none. */
    nextPriceMs(): number;
    /** The file has changed. */
    lookAgain(): void;
  };
  readonly spawn: SpawnWriter;
  readonly clock: Clock;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
  readonly limits?: Partial<WriterLimits>;
}

/** Milliseconds. */
export interface WriterLimits {
  /** Without a sign of life while something is asked of it: merging the index of a million names takes seconds. */
  readonly silentMs: number;
  /** Without work; then it is ended and its memory is the till's again. */
  readonly idleMs: number;
}

const writerLimits: WriterLimits = { silentMs: 60_000, idleMs: 30_000 };

type Read = Extract<WriterEvent, { kind: "read" | "misfit" | "failed" }>;
type Done = Extract<WriterEvent, { kind: "done" | "failed" }>;
type Ask = Exclude<WriterRequest, { kind: "close" }> extends infer A ? (A extends unknown ? Omit<A, "id"> : never) : never;

interface Asked {
  readonly read: PromiseWithResolvers<Read>;
  readonly done: PromiseWithResolvers<Done>;
}

/** A page without rows is shorter; only such a one is looked at here. */
const mostEmptyPageBytes = 512;

/** The catalogue's intake by a process of its own, which is there only while there is work. */
export function createCatalogWriter(parts: CatalogWriterParts): CatalogIntake {
  const limits = { ...writerLimits, ...parts.limits };
  const { catalog, clock } = parts;
  const asked = new Map<number, Asked>();
  let child: WriterProcess | null = null;
  let ids = 0;
  let cancelWatch = (): void => {};
  let isStopped = false;
  /** Read and perhaps not yet written; null where the file says it all. */
  let ahead: number | null = null;
  let pageBefore: Promise<Done> | null = null;
  /** The end of the feed as it was last found right. */
  let whole: { readonly rev: number; readonly liveCount: number } | null = null;

  function ask(what: Ask): { readonly read: Promise<Read>; readonly done: Promise<Done> } {
    const id = (ids += 1);
    const mine: Asked = { read: Promise.withResolvers<Read>(), done: Promise.withResolvers<Done>() };
    asked.set(id, mine);
    if (isStopped) endAll("the till is closing");
    else {
      child ??= start();
      child.postMessage({ ...what, id });
      watch();
    }
    return { read: mine.read.promise, done: mine.done.promise };
  }

  function start(): WriterProcess {
    const started = parts.spawn(catalog.path);
    started.onMessage((message) => {
      const parsed = writerEvent.safeParse(message);
      if (!parsed.success) return parts.log("the catalogue's writer said something else", {});
      if (parsed.data.kind !== "ready") hear(parsed.data);
      watch();
    });
    started.onExit((reason) => {
      if (child !== started) return;
      child = null;
      if (asked.size > 0) parts.log("the catalogue's writer ended", { reason });
      endAll(reason);
    });
    return started;
  }

  function hear(event: Exclude<WriterEvent, { kind: "ready" }>): void {
    const mine = asked.get(event.id);
    if (mine === undefined || event.kind === "busy") return;
    if (event.kind !== "done") mine.read.resolve(event);
    if (event.kind === "read") return;
    asked.delete(event.id);
    if (event.kind === "done") catalog.lookAgain();
    mine.done.resolve(event.kind === "misfit" ? { ...event, kind: "failed" } : event);
  }

  /** It says something while it works, and is ended when it has nothing to do. */
  function watch(): void {
    cancelWatch();
    const running = child;
    if (running === null) return;
    cancelWatch =
      asked.size > 0
        ? clock.after(limits.silentMs, () => running.kill())
        : clock.after(limits.idleMs, () => {
            child = null;
            running.postMessage({ kind: "close" });
          });
  }

  function endAll(detail: string): void {
    for (const [id, { read, done }] of asked) {
      read.resolve({ kind: "failed", id, detail });
      done.resolve({ kind: "failed", id, detail });
    }
    asked.clear();
    ahead = null;
  }

  async function take(page: WireFeedPage): Promise<TakenPage> {
    if (page.json.length > mostPageBytes) return { kind: "misfit", detail: "a page beyond its limit" };
    if (isNothingNew(page, whole)) return { kind: "taken", hasMore: false, hasRows: false };
    const mine = ask({ kind: "page", ...page });
    const read = await mine.read;
    if (read.kind !== "read") return given(read);
    const { through, hasRows, liveCount } = read;
    const before = pageBefore;
    pageBefore = mine.done;
    void mine.done.then((done) => {
      if (done.kind === "failed" || ahead === through) ahead = null;
    });
    ahead = through;
    // At the end all of it is in the file; before it, one page is written while the next is fetched.
    const written = await (read.isEnd ? mine.done : (before ?? null));
    if (written?.kind === "failed") return given(written);
    if (!read.isEnd) return { kind: "taken", hasMore: true, hasRows };
    const hasMore = written?.beginsAgain === true;
    whole = hasMore ? null : { rev: through, liveCount };
    return { kind: "taken", hasMore, hasRows };
  }

  function given({ kind, detail }: Extract<Read, { detail: string }>): TakenPage {
    ahead = null;
    pageBefore = null;
    return { kind, detail };
  }

  /** Done, or tried: what was not done is found undone the next time. */
  async function tell(kind: "begin-snapshot" | "settle-prices"): Promise<void> {
    const done = await ask({ kind }).done;
    if (done.kind === "failed") parts.log("the catalogue's writer", { kind, detail: done.detail });
  }

  return {
    after: () => ahead ?? catalog.rev(),
    take,
    async beginSnapshot() {
      await tell("begin-snapshot");
      [ahead, whole] = [null, null];
    },
    async settleDuePrices() {
      if (clock.now() >= catalog.nextPriceMs()) await tell("settle-prices");
    },
    stop() {
      isStopped = true;
      cancelWatch();
      child?.kill();
      child = null;
      endAll("the till is closing");
    },
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
