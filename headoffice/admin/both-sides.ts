import type { DaySide } from "#contract/wire/agreement.ts";
import type { Sql } from "../store/sql.ts";
import type { TwoSides } from "./compare-days.ts";

export interface Keyed {
  readonly store_code: string;
  readonly terminal_id: string;
}
type DayRow = Keyed & DaySide;
type ToldRow = DayRow & { readonly toldMs: number };

export const keyOf = ({ store_code, terminal_id }: Keyed): string => `${store_code}-${terminal_id}`;

const facts = [
  ...["sale_count", "sales_fen", "cash_fen", "wechat_fen", "static_code_fen", "refund_count", "refund_fen"],
  "last_sale_hash",
];
const dayColumns = `a.store_code, a.terminal_id, a.business_date AS "businessDate", a.sale_count AS "saleCount",
  a.sales_fen AS "salesFen", a.cash_fen AS "cashFen", a.wechat_fen AS "wechatFen",
  a.static_code_fen AS "staticCodeFen", a.refund_count AS "refundCount", a.refund_fen AS "refundFen",
  a.last_sale_hash AS "lastSaleHash"`;
/** Days of one till that are read at once: more than its shop has been open. */
const mostDaysOfOne = 20_000;
/** Days of all tills that differ: on a good day each till has one, which is being sold on. */
const mostDiffering = 100_000;

/** One till's days on both sides, all of them. */
export async function readDays(sql: Sql, storeCode: string, terminalId: string): Promise<TwoSides> {
  const of = [storeCode, terminalId, mostDaysOfOne];
  const where = "WHERE a.store_code = ? AND a.terminal_id = ? ORDER BY a.business_date DESC LIMIT ?";
  const [office, till, received] = await Promise.all([
    sql.rows<DayRow>(`SELECT ${dayColumns} FROM day_totals a ${where}`, of),
    sql.rows<ToldRow>(`SELECT ${dayColumns}, a.told_ms AS "toldMs" FROM till_days a ${where}`, of),
    lastReceived(sql, { store_code: storeCode, terminal_id: terminalId }),
  ]);
  const toldMs = till.length === 0 ? null : Math.max(...till.map((day) => day.toldMs));
  return { till, office, toldMs, lastReceivedMs: received[0]?.ms ?? null };
}

/**
 * Both sides of every till since a business date, without the days on which they are the same: ten thousand tills have
 * seven hundred thousand days in five weeks, of which hardly one is news.
 */
export async function readDifferences(sql: Sql, since: string): Promise<(till: Keyed) => TwoSides> {
  const [till, office, told, newest, received] = await Promise.all([
    differing(sql, "till_days", "day_totals", since),
    differing(sql, "day_totals", "till_days", since),
    sql.rows<Keyed & { oldest: string; newest: string; ms: number }>(
      `SELECT store_code, terminal_id, MIN(business_date) AS oldest, MAX(business_date) AS newest, MAX(told_ms) AS ms
       FROM till_days WHERE business_date >= ? GROUP BY store_code, terminal_id`,
      [since],
    ),
    sql.rows<Keyed & { newest: string }>(
      `SELECT store_code, terminal_id, MAX(business_date) AS newest FROM day_totals WHERE business_date >= ?
       GROUP BY store_code, terminal_id`,
      [since],
    ),
    lastReceived(sql),
  ]);
  const sides = { till: Map.groupBy(till, keyOf), office: Map.groupBy(office, keyOf) };
  const byKey = <Row extends Keyed>(rows: readonly Row[]) => new Map(rows.map((row) => [keyOf(row), row]));
  const [toldOf, newestOf, receivedOf] = [byKey(told), byKey(newest), byKey(received)];
  return (one) => {
    const key = keyOf(one);
    const said = toldOf.get(key);
    const here = newestOf.get(key)?.newest ?? "";
    const there = said?.newest ?? "";
    return {
      ...{ till: sides.till.get(key) ?? [], office: sides.office.get(key) ?? [] },
      ...{ toldMs: said?.ms ?? null, lastReceivedMs: receivedOf.get(key)?.ms ?? null },
      span: { oldestTold: said?.oldest ?? "9999", newest: here > there ? here : there },
    };
  };
}

function differing(sql: Sql, table: string, other: string, since: string): Promise<readonly DayRow[]> {
  const same = ["store_code", "terminal_id", "business_date", ...facts].map((name) => `b.${name} = a.${name}`);
  return sql.rows<DayRow>(
    `SELECT ${dayColumns} FROM ${table} a WHERE a.business_date >= ?
     AND NOT EXISTS (SELECT 1 FROM ${other} b WHERE ${same.join(" AND ")})
     ORDER BY a.business_date DESC LIMIT ?`,
    [since, mostDiffering],
  );
}

/** When each till's newest batch came: the last entry by the batch's own count, which has an index. */
function lastReceived(sql: Sql, only?: Keyed) {
  const one = only === undefined ? "" : "WHERE t.store_code = ? AND t.terminal_id = ?";
  return sql.rows<Keyed & { ms: number }>(
    `SELECT e.store_code, e.terminal_id, MAX(e.received_ms) AS ms FROM terminals t
     JOIN journal_events e ON e.store_code = t.store_code AND e.terminal_id = t.terminal_id AND e.batch = t.batch_count
     ${one} GROUP BY e.store_code, e.terminal_id`,
    only === undefined ? [] : [only.store_code, only.terminal_id],
  );
}
