import type { FeedPage } from "#contract/wire/feed.ts";

/** Whether a page is the one that was asked for: rows in order, none twice, none beyond the checkpoint they come with. */
export function isNext({ rows, through, head }: FeedPage, after: number): boolean {
  if (through < after || head < through) return false;
  let rev = after;
  for (const row of rows) {
    if (row.rev <= rev || row.rev > through) return false;
    rev = row.rev;
  }
  return rows.length > 0 || through === after || through === head;
}
