import { fail, ok, type Result } from "#core/result.ts";
import { mostFeedRows, type FeedRow, type FeedScope } from "#contract/wire/feed.ts";
import type { Sql } from "../store/sql.ts";

export interface PageAsk {
  readonly storeCode: string;
  readonly terminalId: string;
  readonly scope: FeedScope;
  readonly after: number;
  readonly limit: number;
}

interface PageRow {
  readonly head: number;
  readonly live: number;
  readonly pruned_rev: number;
  readonly kind: FeedRow["kind"] | null;
  readonly id: string;
  readonly rev: number;
  readonly value: string | null;
}

/**
 * The next page after a rev, as the JSON of a `FeedPage`: values lie here as JSON, and a first sync asks for a million of
 * them. Head, count and rows come from one statement, so that they are of one moment: `liveCount`
 * is right for whoever has read up to `head`.
 */
export async function readPage(sql: Sql, ask: PageAsk, nowMs: number): Promise<Result<string, "feed-too-old">> {
  const { storeCode, scope, after, limit } = ask;
  const rows = await sql.rows<PageRow>(
    `SELECT h.rev AS head, c.live, c.pruned_rev, r.kind, r.id, r.rev, r.value
     FROM feed_counts c
     JOIN feed_heads h ON h.store_code = c.store_code AND h.scope = c.scope
     LEFT JOIN feed_rows r ON r.store_code = c.store_code AND r.scope = c.scope AND r.rev > ?
     WHERE c.store_code = ? AND c.scope = ? ORDER BY r.rev LIMIT ?`,
    [after, storeCode, scope, Math.min(limit, mostFeedRows)],
  );
  const [first] = rows;
  const head = first?.head ?? 0;
  // A rev that was never given: the database was put back to an earlier day, and the till holds what it no longer knows.
  if (after > head) return fail("feed-too-old");
  const isKept = await noteReader(sql, ask, { head, prunedRev: first?.pruned_rev ?? 0, nowMs });
  if (!isKept) return fail("feed-too-old");
  const told = rows.filter(({ kind }) => kind !== null);
  const facts = { scope, through: told.at(-1)?.rev ?? after, head, liveCount: first?.live ?? 0 };
  return ok(`{"rows":[${told.map(jsonOf).join(",")}],${JSON.stringify(facts).slice(1)}`);
}

/** The value was written by putRows, from a typed change of this kind; it is parsed by the till. */
function jsonOf({ kind, id, rev, value }: PageRow): string {
  return `${JSON.stringify({ kind, id, rev }).slice(0, -1)},"value":${value ?? "null"}}`;
}

interface FeedFacts {
  readonly head: number;
  readonly prunedRev: number;
  readonly nowMs: number;
}

/**
 * Remembers how far this till is. False where tombstones it has not read are gone: it holds rows that it would never hear
 * about. A till that began from nothing after those were taken away never had such rows, however far it has come.
 */
async function noteReader(sql: Sql, ask: PageAsk, { head, prunedRev, nowMs }: FeedFacts): Promise<boolean> {
  const { storeCode, terminalId, scope, after } = ask;
  const key = [storeCode, terminalId, scope];
  const known = await sql.first<{ snapshot_head: number; asked_after: number }>(
    "SELECT snapshot_head, asked_after FROM feed_readers WHERE store_code = ? AND terminal_id = ? AND scope = ?",
    key,
  );
  const snapshotHead = after === 0 ? head : (known?.snapshot_head ?? 0);
  if (after > 0 && after < prunedRev && snapshotHead < prunedRev) return false;
  // Most asks find nothing new: they cost no write.
  if (known?.asked_after === after && known.snapshot_head === snapshotHead) return true;
  await sql.transaction((tx) =>
    tx.run(
      `INSERT INTO feed_readers (store_code, terminal_id, scope, snapshot_head, asked_after, asked_ms)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (store_code, terminal_id, scope) DO UPDATE
         SET snapshot_head = excluded.snapshot_head, asked_after = excluded.asked_after, asked_ms = excluded.asked_ms`,
      [...key, snapshotHead, after, nowMs],
    ),
  );
  return true;
}
