import type { FeedRow } from "#contract/wire/feed.ts";

/** A row of the feed with how its item is spoken; null for all but items that are there. */
export interface FeedRowWithSound {
  readonly row: FeedRow;
  readonly sound: string | null;
}

/** How the name of each row is spoken. Takes as long as writing the rows, so that the one who writes need not. */
export async function soundsOf(rows: readonly FeedRow[]): Promise<readonly FeedRowWithSound["sound"][]> {
  // The dictionary of pinyin is loaded with the first rows.
  const { soundOf } = await import("./sound.ts");
  return rows.map((row) => (row.kind === "item" && row.value !== null ? soundOf(row.value.nameZh) : null));
}
