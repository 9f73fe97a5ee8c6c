import { type FeedPage, feedPageSchema } from "#contract/wire/feed.ts";
import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type FeedRowWithSound, withSounds } from "#main/store/catalog/feed-sounds.ts";
import { isNext } from "./is-next.ts";

/** A page that was understood, ready to be written. */
export interface ReadPage extends Omit<FeedPage, "rows" | "scope"> {
  readonly rows: readonly FeedRowWithSound[];
}

/**
 * Reads a page of the catalogue and finds how its names are spoken. One of another scope, or that goes backwards,
 * does not follow and changes nothing; the fault says what is wrong with it.
 */
export async function readPage({ after, json }: WireFeedPage): Promise<Result<ReadPage, string>> {
  const parsed = feedPageSchema.safeParse(jsonOf(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not JSON"}`.slice(0, 500));
  }
  const { scope, rows, through, head, liveCount } = parsed.data;
  if (scope !== "catalog" || !isNext(parsed.data, after)) return fail("a page of catalog that does not follow");
  return ok({ rows: await withSounds(rows), through, head, liveCount });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
