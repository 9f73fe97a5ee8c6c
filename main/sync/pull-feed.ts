import type { FeedPage, FeedScope } from "#contract/wire/feed.ts";
import { isNext } from "#main/catalog-writer/is-next.ts";
import type { CatalogIntake } from "#main/till/ports/catalog-feed.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

export interface FeedDeps {
  readonly client: Pick<OfficeClient, "feed" | "catalogPage">;
  readonly catalog: CatalogIntake;
  readonly store: SyncStore;
}

/** One page asked for and applied. */
export interface PulledPage {
  readonly answer: OfficeAnswer<unknown>;
  /** There is more, or the catalogue begins again. */
  readonly hasMore: boolean;
  readonly hasChanged: boolean;
  /** Head office's part was well, and ours was not: why. */
  readonly notKept?: string;
}

/**
 * One page of a feed, from the checkpoint on, applied with its own. A page whose signature or shape is not right never
 * gets here; one of another scope, or that goes backwards, is not understood and changes nothing.
 */
export async function pullFeed(deps: FeedDeps, scope: FeedScope): Promise<PulledPage> {
  if (scope === "catalog") return pullCatalog(deps);
  const { client, store } = deps;
  const after = store.feedRev(scope);
  const answer = await client.feed(scope, after);
  if (isTooOld(answer)) {
    store.applyFeed(scope, [], 0, false);
    return { answer, hasMore: true, hasChanged: false };
  }
  if (answer.kind !== "ok") return { answer, hasMore: false, hasChanged: false };
  const page: FeedPage = answer.value;
  if (page.scope !== scope || !isNext(page, after)) return misfit(`a page of ${scope} that does not follow`);
  // A page without rows is the end, whatever its head says: asking again would bring the same.
  const isEnd = page.through >= page.head || page.rows.length === 0;
  const hasChanged = page.rows.length > 0;
  if (hasChanged || page.through !== after) store.applyFeed(scope, page.rows, page.through, after === 0 && isEnd);
  return { answer, hasMore: !isEnd, hasChanged };
}

/** Read and written beside this thread; what is asked for next may still be under way there. */
async function pullCatalog({ client, catalog }: FeedDeps): Promise<PulledPage> {
  const after = catalog.after();
  const answer = await client.catalogPage(after);
  if (isTooOld(answer)) {
    await catalog.beginSnapshot();
    return { answer, hasMore: true, hasChanged: false };
  }
  if (answer.kind !== "ok") return { answer, hasMore: false, hasChanged: false };
  const taken = await catalog.take({ after, json: answer.value });
  if (taken.kind === "misfit") return misfit(taken.detail);
  if (taken.kind === "failed") return { answer, hasMore: false, hasChanged: false, notKept: taken.detail };
  return { answer, hasMore: taken.hasMore, hasChanged: taken.hasRows };
}

function isTooOld(answer: OfficeAnswer<unknown>): boolean {
  return answer.kind === "refused" && answer.fault.kind === "feed-too-old";
}

function misfit(detail: string): PulledPage {
  const answer = { kind: "not-understood", isWrongOffice: false, detail } as const;
  return { answer, hasMore: false, hasChanged: false };
}
