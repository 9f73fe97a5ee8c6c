import type { FeedScope } from "#contract/wire/feed.ts";
import type { Sql, Tx } from "./sql.ts";

/**
 * The next `count` revs of a shop's feed, of which the last is given back. Takes the counter row's lock until the transaction ends, so revs become visible in the
 * order they were given: a sequence or a clock would let a reader's cursor pass a row that commits late.
 */
export async function nextRev(tx: Tx, storeCode: string, scope: FeedScope, count = 1): Promise<number> {
  const row = await tx.first<{ rev: number }>(
    `INSERT INTO feed_heads (store_code, scope, rev) VALUES (?, ?, ?)
     ON CONFLICT (store_code, scope) DO UPDATE SET rev = feed_heads.rev + excluded.rev RETURNING rev`,
    [storeCode, scope, count],
  );
  if (row === undefined) throw new Error("an upsert returns its row");
  return row.rev;
}

/** The newest rev of each of a shop's feeds; 0 where nothing was ever written. */
export async function feedHeads(
  sql: Pick<Sql, "rows">,
  storeCode: string,
): Promise<Readonly<Record<FeedScope, number>>> {
  const rows = await sql.rows<{ scope: FeedScope; rev: number }>(
    "SELECT scope, rev FROM feed_heads WHERE store_code = ?",
    [storeCode],
  );
  const heads = { catalog: 0, people: 0, settings: 0 };
  for (const { scope, rev } of rows) heads[scope] = rev;
  return heads;
}
