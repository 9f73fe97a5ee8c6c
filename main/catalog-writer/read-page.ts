import { type FeedPage, feedPageSchema } from "#contract/wire/feed.ts";
import type { WireFeedPage } from "#contract/catalog-writer/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { type FeedRowWithSound, soundsOf } from "#main/store/catalog/feed-sounds.ts";
import { isNext } from "./is-next.ts";

/** What there is to say of a page that was understood. Its rows stay in its bytes. */
export interface JudgedPage extends Omit<FeedPage, "rows" | "scope"> {
  /** Of each row how its item is spoken. */
  readonly sounds: readonly FeedRowWithSound["sound"][];
}

/**
 * Judges a page of the catalogue and finds how its names are spoken. One of another scope, or that goes backwards, does not
 * follow and changes nothing; the fault says what is wrong with it.
 */
export async function judgePage({ after, json }: WireFeedPage): Promise<Result<JudgedPage, string>> {
  const parsed = feedPageSchema.safeParse(jsonOf(json));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not JSON"}`.slice(0, 500));
  }
  const { scope, rows, through, head, liveCount } = parsed.data;
  if (scope !== "catalog" || !isNext(parsed.data, after)) return fail("a page of catalog that does not follow");
  return ok({ sounds: await soundsOf(rows), through, head, liveCount });
}

/**
 * The rows of a page that was judged, for whoever writes them. Parsed once more: thousands of objects take longer from one
 * thread to another.
 */
export function rowsOfPage(json: Uint8Array, { sounds }: JudgedPage): readonly FeedRowWithSound[] {
  const { rows } = jsonOf(json) as FeedPage; // the very bytes that `judgePage` has found to be one
  return rows.map((row, place) => ({ row, sound: sounds[place] ?? null }));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
