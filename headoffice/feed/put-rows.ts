import { setImmediate } from "node:timers/promises";
import { assert } from "#core/result.ts";
import type { FeedScope } from "#contract/wire/feed.ts";
import { nextRev } from "../store/feed-heads.ts";
import { places, type SqlRow, type Tx } from "../store/sql.ts";
import { scopeOf, searchTextOf, type FeedChange } from "./feed-change.ts";

/** Rows looked up or written in one statement. Between two of them the event loop gets its turn, so that tills are heard. */
const rowsAtOnce = 500;
/** Longest a row's value may be as JSON: 64 barcodes and 16 prices are about 8,000 characters. */
const mostValueCharacters = 32_000;
const dayMs = 86_400_000;
/** A till that was away for less than this is told what went; one that was away longer takes a snapshot. */
export const tombstoneDays = 90;
/** Tombstones taken away with one change: a large clean-up is spread over many. */
const mostPruned = 500;

/**
 * Writes rows of one shop's feed and gives each that really changed its rev, all in the caller's transaction. The feed's
 * row in feed_counts is locked first, so that two writers come one after the other and what is read here is still so
 * when it is written.
 * @param progress told of the rows dealt with, again from the beginning where the transaction is tried again
 * @returns how many rows changed; the others were like this already
 */
export async function putRows(
  tx: Tx,
  storeCode: string,
  changes: readonly FeedChange[],
  nowMs: number,
  progress: (handled: number) => void = () => {},
): Promise<number> {
  const [first] = changes;
  if (first === undefined) return 0;
  const scope = scopeOf(first.kind);
  assert(
    changes.every(({ kind }) => scopeOf(kind) === scope),
    "changes of one scope",
  );
  await tx.run(
    `INSERT INTO feed_counts (store_code, scope, live, pruned_rev) VALUES (?, ?, 0, 0)
     ON CONFLICT (store_code, scope) DO UPDATE SET live = feed_counts.live`,
    [storeCode, scope],
  );
  let changed = 0;
  let live = 0;
  for (let from = 0; from < changes.length; from += rowsAtOnce) {
    const chunk = changes.slice(from, from + rowsAtOnce);
    const made = await putChunk(tx, { storeCode, scope, nowMs }, chunk);
    changed += made.changed;
    live += made.live;
    progress(from + chunk.length);
    await setImmediate();
  }
  if (live !== 0)
    await tx.run("UPDATE feed_counts SET live = live + ? WHERE store_code = ? AND scope = ?", [live, storeCode, scope]);
  await pruneTombstones(tx, storeCode, scope, nowMs - tombstoneDays * dayMs);
  return changed;
}

interface Place {
  readonly storeCode: string;
  readonly scope: FeedScope;
  readonly nowMs: number;
}

async function putChunk(tx: Tx, { storeCode, scope, nowMs }: Place, changes: readonly FeedChange[]) {
  const before = await valuesNow(tx, storeCode, scope, changes);
  const differing = changes
    .map((change) => ({ change, key: keyOf(change), json: change.value && JSON.stringify(change.value) }))
    // A row that never was needs no tombstone.
    .filter(({ key, json }) => (before.get(key) ?? null) !== json);
  if (differing.length === 0) return { changed: 0, live: 0 };
  const last = await nextRev(tx, storeCode, scope, differing.length);
  const rows = differing.map(({ change, json }, index): SqlRow => {
    assert((json?.length ?? 0) <= mostValueCharacters, "a feed value within its limit");
    const rev = last - differing.length + 1 + index;
    return [storeCode, scope, change.kind, change.id, rev, json, searchTextOf(change), nowMs];
  });
  await tx.insert(
    {
      table: "feed_rows",
      columns: ["store_code", "scope", "kind", "id", "rev", "value", "search", "changed_ms"],
      tail: `ON CONFLICT (store_code, scope, kind, id) DO UPDATE
        SET rev = excluded.rev, value = excluded.value, search = excluded.search, changed_ms = excluded.changed_ms`,
    },
    rows,
  );
  const came = differing.filter(({ key, json }) => json !== null && (before.get(key) ?? null) === null).length;
  const went = differing.filter(({ json }) => json === null).length;
  return { changed: differing.length, live: came - went };
}

const keyOf = ({ kind, id }: Pick<FeedChange, "kind" | "id">): string => `${kind} ${id}`;

async function valuesNow(tx: Tx, storeCode: string, scope: FeedScope, changes: readonly FeedChange[]) {
  // One text for any number of ids keeps the prepared statements few: the last id fills what is left over.
  const size = changes.length === 1 ? 1 : rowsAtOnce;
  const ids = Array.from({ length: size }, (_, index) => changes[Math.min(index, changes.length - 1)]?.id ?? "");
  // The key begins with the kind: named, each id is one look into it.
  const kinds = [...new Set(changes.map(({ kind }) => kind))];
  const [one = "", other = one] = kinds;
  assert(kinds.length <= 2, "a scope of at most two kinds");
  const rows = await tx.rows<{ kind: FeedChange["kind"]; id: string; value: string | null }>(
    `SELECT kind, id, value FROM feed_rows
     WHERE store_code = ? AND scope = ? AND kind IN (?, ?) AND id IN (${places(ids)})`,
    [storeCode, scope, one, other, ...ids],
  );
  return new Map(rows.map((row) => [keyOf(row), row.value]));
}

/** Takes old tombstones away and remembers the newest of them: a till that has not read that far starts again. */
async function pruneTombstones(tx: Tx, storeCode: string, scope: FeedScope, beforeMs: number): Promise<void> {
  const gone = await tx.rows<{ rev: number }>(
    `DELETE FROM feed_rows WHERE store_code = ? AND scope = ? AND rev IN (
       SELECT rev FROM feed_rows WHERE store_code = ? AND scope = ? AND value IS NULL AND changed_ms < ?
       ORDER BY changed_ms LIMIT ?) RETURNING rev`,
    [storeCode, scope, storeCode, scope, beforeMs, mostPruned],
  );
  if (gone.length === 0) return;
  const newest = Math.max(...gone.map(({ rev }) => rev));
  await tx.run(
    `UPDATE feed_counts SET pruned_rev = CASE WHEN pruned_rev < ? THEN ? ELSE pruned_rev END
     WHERE store_code = ? AND scope = ?`,
    [newest, newest, storeCode, scope],
  );
}
