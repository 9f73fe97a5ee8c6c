import { assert } from "#core/result.ts";
import { adjustingKinds } from "#core/stock/stock-move.ts";
import type { StockTake } from "#core/stock/stock-take.ts";
import type { CountedItem, StockStore, StoredTake, TakeBooking, TakeState } from "#main/till/ports/stock-store.ts";
import type { Journal } from "../journal.ts";
import type { SalesDatabase } from "../sales-database.ts";
import { levelOf, type LevelRow } from "./stock-levels.ts";

interface TakeRow {
  readonly place: number;
  readonly state: TakeState;
  readonly body: string;
  readonly booking: string | null;
  readonly parts: number;
  readonly counted_items: number;
}

interface CountRow {
  readonly sku: string;
  readonly counted_milli: number;
  readonly sum_milli: number;
  readonly first_sum_milli: number;
  readonly position: number;
  readonly counted_at: string;
  readonly counted_by_name: string;
  readonly is_booked: number;
  readonly book_milli: number | null;
  readonly difference_milli: number | null;
  readonly is_known: number;
  readonly adjusted_milli: number;
  readonly was_delivered: number;
}

type Takes = Pick<
  StockStore,
  | "stockTakes"
  | "stockTake"
  | "beginTake"
  | "countItem"
  | "forgetCount"
  | "countOf"
  | "counts"
  | "lastCounts"
  | "notCounted"
  | "beginBooking"
  | "bookCounts"
  | "dropTake"
>;

/** 盘点: each count is on disk as it is made, with what the books said in that moment. */
export function stockTakes({ db, change }: SalesDatabase, journal: Journal): Takes {
  const sql = statements(db);

  function stateOf(takeId: string): TakeState | null {
    return sql.take.get(takeId)?.state ?? null;
  }

  return {
    stockTakes: (limit) => sql.list.all(limit).map(takeOf),
    stockTake(takeId) {
      const row = sql.take.get(takeId);
      return row === undefined ? null : takeOf(row);
    },
    beginTake(take, entry) {
      change(() => {
        if (sql.begin.run(take.takeId, JSON.stringify(take)).changes === 1) journal.append(entry);
      });
    },
    countItem(takeId, sku, countedMilli, { isMore, at, byName }) {
      change(() => {
        assert(stateOf(takeId) === "open", `take ${takeId} is open`);
        const sum = sql.sum.get(sku) ?? 0;
        const end = sql.end.get() ?? 0;
        const turn = sql.nextTurn.get(takeId) ?? 1;
        const statement = isMore ? sql.countMore : sql.count;
        statement.run(takeId, sku, countedMilli, sum, sum, end, turn, at, byName);
      });
    },
    forgetCount(takeId, sku) {
      change(() => {
        assert(stateOf(takeId) === "open", `take ${takeId} is open`);
        sql.forget.run(takeId, sku);
      });
    },
    countOf(takeId, sku) {
      const row = sql.countOf.get(takeId, sku);
      return row === undefined ? null : countOf(row);
    },
    counts: (takeId, afterSku, limit) => sql.counts.all(takeId, afterSku, limit).map(countOf),
    lastCounts: (takeId, limit) => sql.lastCounts.all(takeId, limit).map(countOf),
    notCounted: (takeId, afterSku, limit) =>
      sql.notCounted.all(afterSku, takeId, limit).flatMap((row) => levelOf(row) ?? []),
    ...bookings({ db, change }, journal, sql),
    dropTake(takeId, entry) {
      change(() => {
        assert(stateOf(takeId) === "open", `take ${takeId} is open`);
        sql.setState.run("dropped", takeId);
        journal.append(entry);
      });
    },
  };
}

/** From the word that books a take to its last line; sales are committed between its parts. */
function bookings(
  { change }: SalesDatabase,
  journal: Journal,
  sql: ReturnType<typeof statements>,
): Pick<Takes, "beginBooking" | "bookCounts"> {
  return {
    beginBooking(takeId, booking) {
      change(() => {
        assert(sql.take.get(takeId)?.state === "open", `take ${takeId} is open`);
        sql.beginBooking.run(JSON.stringify(booking), takeId);
      });
    },
    bookCounts(takeId, limit, build) {
      return change(() => {
        const row = sql.take.get(takeId);
        assert(row !== undefined, `take ${takeId} exists`);
        if (row.state !== "booking") return false;
        // One more than is booked, to know whether it is the last part.
        const rows = sql.toBook.all(takeId, limit + 1).map(countOf);
        const items = rows.slice(0, limit);
        const isLast = rows.length <= limit;
        // Written by `beginBooking` alone.
        const booking = { ...(JSON.parse(row.booking ?? "{}") as Omit<TakeBooking, "isDone">), isDone: isLast };
        if (items.length > 0) {
          const body = build(items, booking, row.parts + 1, isLast);
          assert(body.lines.length === items.length, "every counted item is a line");
          journal.append({ kind: "stock-taken", body });
          for (const { sku, bookMilli, differenceMilli } of body.lines)
            sql.markBooked.run(bookMilli, differenceMilli, takeId, sku);
          sql.addPart.run(takeId);
        }
        if (isLast) sql.setState.run("booked", takeId);
        return !isLast;
      });
    },
  };
}

function takeOf({ place, state, body, counted_items }: TakeRow): StoredTake {
  // Written by `beginTake` alone.
  return { place, state, take: JSON.parse(body) as StockTake, countedItems: counted_items };
}

function countOf(row: CountRow): CountedItem {
  return {
    count: {
      sku: row.sku,
      countedMilli: row.counted_milli,
      sumAtCountMilli: row.sum_milli,
      sumAtFirstMilli: row.first_sum_milli,
      position: row.position,
      countedAt: row.counted_at,
      countedByName: row.counted_by_name,
    },
    isKnown: row.is_known === 1,
    adjustedMilli: row.adjusted_milli,
    wasDelivered: row.was_delivered === 1,
    booked: row.difference_milli === null ? null : { bookMilli: row.book_milli, differenceMilli: row.difference_milli },
  };
}

function statements(db: SalesDatabase["db"]) {
  const takes = `SELECT place, state, body, booking, parts,
    (SELECT count(*) FROM stock_counts WHERE stock_counts.take_id = stock_takes.take_id) AS counted_items FROM stock_takes`;
  const kinds = adjustingKinds.map((kind) => `'${kind}'`).join(", ");
  const since = "FROM stock_moves WHERE stock_moves.sku = one.sku AND stock_moves.position > one.position";
  const counts = `
    SELECT one.*, coalesce((SELECT is_known FROM stock_levels WHERE stock_levels.sku = one.sku), 0) AS is_known,
      coalesce((SELECT sum(quantity_milli) ${since} AND kind IN (${kinds})), 0) AS adjusted_milli,
      EXISTS (SELECT 1 ${since} AND kind IN ('received', 'receipt-reversed')) AS was_delivered
    FROM stock_counts AS one WHERE take_id = ?`;
  const insert = `
    INSERT INTO stock_counts (take_id, sku, counted_milli, sum_milli, first_sum_milli, position, turn, counted_at,
      counted_by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (take_id, sku) DO UPDATE SET sum_milli = excluded.sum_milli, position = excluded.position,
      turn = excluded.turn, counted_at = excluded.counted_at, counted_by_name = excluded.counted_by_name`;
  return {
    list: db.prepare<[number], TakeRow>(`${takes} ORDER BY place DESC LIMIT ?`),
    take: db.prepare<[string], TakeRow>(`${takes} WHERE take_id = ?`),
    begin: db.prepare(
      "INSERT INTO stock_takes (take_id, state, body) VALUES (?, 'open', ?) ON CONFLICT (take_id) DO NOTHING",
    ),
    sum: db.prepare<[string], number>("SELECT level_milli FROM stock_levels WHERE sku = ?").pluck(),
    end: db.prepare<[], number | null>("SELECT max(position) FROM journal").pluck(),
    nextTurn: db
      .prepare<[string], number>("SELECT coalesce(max(turn), 0) + 1 FROM stock_counts WHERE take_id = ?")
      .pluck(),
    count: db.prepare(`${insert}, counted_milli = excluded.counted_milli, first_sum_milli = excluded.first_sum_milli`),
    countMore: db.prepare(`${insert}, counted_milli = counted_milli + excluded.counted_milli`),
    forget: db.prepare("DELETE FROM stock_counts WHERE take_id = ? AND sku = ?"),
    countOf: db.prepare<[string, string], CountRow>(`${counts} AND sku = ?`),
    counts: db.prepare<[string, string, number], CountRow>(`${counts} AND sku > ? ORDER BY sku LIMIT ?`),
    lastCounts: db.prepare<[string, number], CountRow>(`${counts} ORDER BY turn DESC LIMIT ?`),
    toBook: db.prepare<[string, number], CountRow>(`${counts} AND is_booked = 0 ORDER BY sku LIMIT ?`),
    notCounted: db.prepare<[string, string, number], LevelRow>(`
      SELECT sku, level_milli, is_known, is_stocked, reorder_milli FROM stock_levels AS level
      WHERE sku > ? AND is_known = 1 AND is_stocked = 1 AND level_milli <> 0
        AND NOT EXISTS (SELECT 1 FROM stock_counts WHERE take_id = ? AND stock_counts.sku = level.sku)
      ORDER BY sku LIMIT ?`),
    beginBooking: db.prepare("UPDATE stock_takes SET state = 'booking', booking = ? WHERE take_id = ?"),
    setState: db.prepare("UPDATE stock_takes SET state = ? WHERE take_id = ?"),
    addPart: db.prepare("UPDATE stock_takes SET parts = parts + 1 WHERE take_id = ?"),
    markBooked: db.prepare(`
      UPDATE stock_counts SET is_booked = 1, book_milli = ?, difference_milli = ? WHERE take_id = ? AND sku = ?`),
  };
}
