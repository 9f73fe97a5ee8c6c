import type { FeedPage, FeedScope } from "#contract/wire/feed.ts";
import type { CatalogFeed } from "#main/till/ports/catalog-feed.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

export interface FeedDeps {
  readonly client: Pick<OfficeClient, "feed">;
  readonly catalog: CatalogFeed;
  readonly store: SyncStore;
}

/** One page asked for and applied. */
export interface PulledPage {
  readonly answer: OfficeAnswer<FeedPage>;
  /** There is more, or the catalogue begins again. */
  readonly hasMore: boolean;
  readonly hasChanged: boolean;
}

/**
 * One page of a feed, from the checkpoint on, applied with its own. A page whose signature or shape is not right never
 * gets here; one of another scope, or that goes backwards, is not understood and changes nothing.
 */
export async function pullFeed(deps: FeedDeps, scope: FeedScope): Promise<PulledPage> {
  const { client, catalog, store } = deps;
  const after = scope === "catalog" ? catalog.rev() : store.feedRev(scope);
  const answer = await client.feed(scope, after);
  if (answer.kind === "refused" && answer.fault.kind === "feed-too-old") return beginAgain(deps, scope, answer);
  if (answer.kind !== "ok") return { answer, hasMore: false, hasChanged: false };
  const page = answer.value;
  if (!isNext(page, scope, after)) return { answer: misfit(scope), hasMore: false, hasChanged: false };
  // A page without rows is the end, whatever its head says: asking again would bring the same.
  const isEnd = page.through >= page.head || page.rows.length === 0;
  const hasMore = !isEnd;
  const hasChanged = page.rows.length > 0;
  if (scope !== "catalog") {
    if (hasChanged || page.through !== after) store.applyFeed(scope, page.rows, page.through, after === 0 && isEnd);
    return { answer, hasMore, hasChanged };
  }
  if (hasChanged || page.through !== after) await catalog.apply(page.rows, page.through);
  if (hasMore) return { answer, hasMore, hasChanged };
  return { answer, hasMore: !(await isWhole(catalog, page.liveCount)), hasChanged };
}

/** At the end of a feed the catalogue is what head office has, or it is fetched again from the beginning. */
async function isWhole(catalog: CatalogFeed, liveCount: number): Promise<boolean> {
  const wasSnapshot = catalog.isSnapshot();
  if (wasSnapshot) await catalog.endSnapshot();
  // One that differs right after a snapshot would differ after the next: it is asked for at the usual pace.
  if (catalog.liveCount() === liveCount || wasSnapshot) return true;
  catalog.beginSnapshot();
  return false;
}

function isNext({ scope, rows, through, head }: FeedPage, asked: FeedScope, after: number): boolean {
  if (scope !== asked || through < after || head < through) return false;
  let rev = after;
  for (const row of rows) {
    // Rows come in order, none twice, and none beyond the checkpoint they come with.
    if (row.rev <= rev || row.rev > through) return false;
    rev = row.rev;
  }
  return rows.length > 0 || through === after || through === head;
}

function beginAgain({ catalog, store }: FeedDeps, scope: FeedScope, answer: OfficeAnswer<FeedPage>): PulledPage {
  if (scope === "catalog") catalog.beginSnapshot();
  else store.applyFeed(scope, [], 0, false);
  return { answer, hasMore: true, hasChanged: false };
}

function misfit(scope: FeedScope): OfficeAnswer<never> {
  return { kind: "not-understood", isWrongOffice: false, detail: `a page of ${scope} that does not follow` };
}
