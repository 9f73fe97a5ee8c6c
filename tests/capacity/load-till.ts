import { type FeedScope, feedPageSchema } from "#contract/wire/feed.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import { assert, ok } from "#core/result.ts";
import type { Mark } from "#core/sync/upload.ts";
import { createSync } from "#main/sync/create-sync.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import type { CatalogIntake } from "#main/till/ports/catalog-feed.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { EnrolledTill } from "./enrol-fleet.ts";
import { openLoadJournal } from "./load-journal.ts";

/** One of thousands: the product's own synchronisation (timetable, sender, signatures) over stores in memory. */
export interface LoadTill {
  readonly place: TerminalName;
  start(): void;
  stop(): Promise<void>;
  sell(count: number): void;
  saleCount(): number;
  waiting(): number;
  /** How far head office has said that it holds its journal. */
  acked(): Mark;
  /** Both sides had the same day when they last compared, with nothing waiting. Milliseconds since 1970. */
  agreedAtMs(): number | null;
  /** By what head office refused or how it was not reached. */
  readonly troubles: ReadonlyMap<string, number>;
}

export interface LoadTillDeps {
  readonly url: URL;
  readonly ask: AskRaw;
  readonly businessDate: string;
  /** How many times faster than a clock its timetable runs; answers take what they take. */
  readonly speed: number;
}

export async function openLoadTill(enrolled: EnrolledTill, deps: LoadTillDeps): Promise<LoadTill> {
  const { place, office, feedHead, ...key } = enrolled;
  const { url, ask, businessDate, speed } = deps;
  const journal = openLoadJournal(place, businessDate);
  const troubles = new Map<string, number>();
  const revs: Record<FeedScope, number> = { ...feedHead };
  let agreedAtMs: number | null = null;
  let compared: ReturnType<SyncStore["comparedDays"]> = [];

  const store: SyncStore = {
    office: () => office,
    noteEnrolled: () => assert(false, "these tills were enrolled beforehand"),
    alarm: () => null,
    noteAlarmSeen: () => {},
    lastAgreedAtMs: () => agreedAtMs,
    daySides: () => [journal.day()],
    keepAgreement(days, atMs, areAgreed) {
      compared = days;
      if (areAgreed) agreedAtMs = atMs;
    },
    comparedDays: () => compared,
    feedRev: (scope) => revs[scope],
    applyFeed(scope, _rows, through) {
      revs[scope] = through;
    },
    officeSettings: () => new Map(),
    shopTills: () => [],
    keepShopTills: () => {},
  };
  const catalog: CatalogIntake = {
    after: () => revs.catalog,
    async take({ json }) {
      const page = feedPageSchema.parse(JSON.parse(Buffer.from(json).toString("utf8")));
      revs.catalog = page.through;
      return { kind: "taken", hasMore: page.through < page.head, hasRows: page.rows.length > 0 };
    },
    beginSnapshot: async () => assert(false, "a catalogue in memory has what head office has"),
    settleDuePrices: async () => {},
    stop: () => {},
  };
  const clock: Clock = {
    now: Date.now,
    after(ms, callback) {
      const timer = setTimeout(callback, ms / speed);
      return () => clearTimeout(timer);
    },
  };
  const count = (what: string) => troubles.set(what, (troubles.get(what) ?? 0) + 1);
  const log = {
    info: () => {},
    warn: (_what: string, facts: Record<string, unknown> = {}) => count(String(facts["fault"] ?? facts["detail"])),
    error: (_what: string, facts: Record<string, unknown> = {}) =>
      count(facts["cause"] instanceof Error ? facts["cause"].message : "error"),
    child: () => log,
  };
  const sync = await createSync({
    ...{ url, terminal: place, outbox: journal.outbox, store, catalog, clock, log, ask },
    keys: {
      read: async () => ok({ ...key, guard: "account" }),
      make: async () => ({ ...key, guard: "account" }),
    },
    waiting: journal.waiting,
    steadyMs: () => performance.now() * speed,
    random: Math.random,
    onChange: () => {},
  });
  return {
    ...{ place, troubles },
    start: () => sync.start(),
    stop: () => sync.stop(),
    sell(sales) {
      journal.sell(sales);
      sync.noteJournal();
    },
    saleCount: journal.saleCount,
    ...{ waiting: journal.waiting, acked: journal.acked },
    agreedAtMs: () => agreedAtMs,
  };
}
