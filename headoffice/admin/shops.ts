import type { DaySide } from "#contract/wire/agreement.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Sql } from "../store/sql.ts";
import { agreementOf, type TwoSides } from "./compare-days.ts";
import { noteDeed } from "./deeds.ts";
import { countOpenReviews } from "./reviews.ts";
import type { ShopAnswer, ShopsAnswer, TerminalAnswer } from "./shapes.ts";

/** Shops and tills that one overview shows; beyond it the service needs another kind of overview. */
const mostShops = 1_000;
const mostTerminals = 5_000;
/** Days that are compared for the overview, per till. */
const daysBack = 35;
const dayMs = 86_400_000;

interface TerminalRow {
  readonly store_code: string;
  readonly terminal_id: string;
  readonly state: "active" | "revoked";
  readonly enrolled_ms: number;
  readonly last_seen_ms: number;
}
interface Keyed {
  readonly store_code: string;
  readonly terminal_id: string;
}
type DayRow = Keyed & DaySide & { readonly toldMs: number | null };
type EpochRow = Keyed & { readonly epoch: string; readonly ordinal: number; readonly seq: number };

/** Every shop with its tills: who was last seen when, how far each is held and whether both sides agree. */
export async function listShops(sql: Sql, nowMs: number): Promise<ShopsAnswer> {
  const since = new Date(nowMs - daysBack * dayMs).toISOString().slice(0, 10);
  const [shops, terminals, invited, epochs, received, office, till, days, items, readers, openReviews] =
    await Promise.all([
      sql.rows<{ store_code: string; name_zh: string; name_en: string }>(
        "SELECT store_code, name_zh, name_en FROM shops ORDER BY store_code LIMIT ?",
        [mostShops],
      ),
      sql.rows<TerminalRow>(
        `SELECT store_code, terminal_id, state, enrolled_ms, last_seen_ms FROM terminals
         WHERE role = 'till' ORDER BY store_code, terminal_id LIMIT ?`,
        [mostTerminals],
      ),
      sql.rows<Keyed>(
        `SELECT store_code, terminal_id FROM enrolment_codes
         WHERE used_by_key IS NULL AND role = 'till' AND expires_ms > ? LIMIT ?`,
        [nowMs, mostTerminals],
      ),
      sql.rows<EpochRow>("SELECT store_code, terminal_id, epoch, ordinal, seq FROM epochs ORDER BY ordinal"),
      lastReceived(sql),
      officeDays(sql, since),
      tillDays(sql, since),
      newestDays(sql, since),
      sql.rows<{ store_code: string; count: number }>(
        "SELECT store_code, COUNT(*) AS count FROM feed_rows WHERE scope = 'catalog' AND kind = 'item' AND value IS NOT NULL GROUP BY store_code",
      ),
      catalogueReaders(sql),
      countOpenReviews(sql),
    ]);

  const facts = {
    ...{ epochs: grouped(epochs), office: grouped(office), till: grouped(till) },
    ...{ received: grouped(received), readers: grouped(readers) },
  };
  const known = new Set(terminals.map(keyOf));
  const answers: Keyed[] = [...terminals, ...invited.filter((one) => !known.has(keyOf(one)))];
  const byShop = Map.groupBy(answers, ({ store_code }) => store_code);
  return {
    shops: shops.map(({ store_code, name_zh, name_en }): ShopAnswer => ({
      ...{ storeCode: store_code, nameZh: name_zh, nameEn: name_en },
      terminals: (byShop.get(store_code) ?? [])
        .map((one) => terminalAnswer(one, facts))
        .sort((a, b) => (a.terminalId < b.terminalId ? -1 : 1)),
      day: days.find((day) => day.storeCode === store_code)?.day ?? null,
      itemCount: items.find((item) => item.store_code === store_code)?.count ?? 0,
    })),
    ...{ nowMs, openReviews },
  };
}

interface Facts {
  readonly epochs: ReadonlyMap<string, readonly EpochRow[]>;
  readonly office: ReadonlyMap<string, readonly DayRow[]>;
  readonly till: ReadonlyMap<string, readonly DayRow[]>;
  readonly received: ReadonlyMap<string, readonly (Keyed & { readonly ms: number })[]>;
  readonly readers: ReadonlyMap<string, readonly (Keyed & { readonly at: number; readonly head: number })[]>;
}

function terminalAnswer(row: Keyed | TerminalRow, facts: Facts): TerminalAnswer {
  const key = keyOf(row);
  const epochs = facts.epochs.get(key) ?? [];
  const newest = epochs.at(-1);
  const [reader] = facts.readers.get(key) ?? [];
  return {
    terminalId: row.terminal_id,
    state: "state" in row ? row.state : "invited",
    lastSeenMs: "state" in row ? row.last_seen_ms : null,
    enrolledMs: "state" in row ? row.enrolled_ms : null,
    position: newest === undefined ? null : { epoch: newest.epoch, seq: newest.seq },
    epochCount: epochs.length,
    agreement: agreementOf(sidesOf(key, facts)),
    catalogue: reader === undefined ? null : { at: reader.at, head: reader.head },
  };
}

function sidesOf(key: string, { office, till, received }: Pick<Facts, "office" | "till" | "received">): TwoSides {
  const told = till.get(key) ?? [];
  return {
    ...{ till: told, office: office.get(key) ?? [] },
    toldMs: told.length === 0 ? null : Math.max(...told.map(({ toldMs }) => toldMs ?? 0)),
    lastReceivedMs: received.get(key)?.[0]?.ms ?? null,
  };
}

/** One till's days on both sides, to be compared. */
export async function readDays(sql: Sql, storeCode: string, terminalId: string): Promise<TwoSides> {
  const key = { store_code: storeCode, terminal_id: terminalId };
  const [office, till, received] = await Promise.all([
    officeDays(sql, "", key),
    tillDays(sql, "", key),
    lastReceived(sql, key),
  ]);
  return sidesOf(keyOf(key), { office: grouped(office), till: grouped(till), received: grouped(received) });
}

const keyOf = ({ store_code, terminal_id }: Keyed): string => `${store_code}-${terminal_id}`;
const grouped = <Row extends Keyed>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, keyOf);

const dayColumns = `store_code, terminal_id, business_date AS "businessDate", sale_count AS "saleCount",
  sales_fen AS "salesFen", cash_fen AS "cashFen", wechat_fen AS "wechatFen",
  static_code_fen AS "staticCodeFen", refund_count AS "refundCount", refund_fen AS "refundFen", last_sale_hash AS "lastSaleHash"`;
const mostDays = 400_000;

const officeDays = (sql: Sql, since: string, only?: Keyed) =>
  daysOf(sql, "day_totals", 'NULL AS "toldMs"', since, only);
const tillDays = (sql: Sql, since: string, only?: Keyed) =>
  daysOf(sql, "till_days", 'told_ms AS "toldMs"', since, only);

function daysOf(sql: Sql, table: string, told: string, since: string, only?: Keyed): Promise<readonly DayRow[]> {
  const one = only === undefined ? "" : "AND store_code = ? AND terminal_id = ?";
  return sql.rows<DayRow>(
    `SELECT ${dayColumns}, ${told} FROM ${table} WHERE business_date >= ? ${one} ORDER BY business_date DESC LIMIT ?`,
    [since, ...(only === undefined ? [] : [only.store_code, only.terminal_id]), mostDays],
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

async function newestDays(sql: Sql, since: string) {
  const rows = await sql.rows<{ store_code: string; businessDate: string; saleCount: number; salesFen: number }>(
    `SELECT store_code, business_date AS "businessDate", SUM(sale_count) AS "saleCount", SUM(sales_fen) AS "salesFen"
     FROM day_totals WHERE business_date >= ? GROUP BY store_code, business_date ORDER BY business_date DESC`,
    [since],
  );
  return rows.map(({ store_code, ...day }) => ({ storeCode: store_code, day }));
}

function catalogueReaders(sql: Sql) {
  return sql.rows<Keyed & { at: number; head: number }>(
    `SELECT r.store_code, r.terminal_id, r.asked_after AS at, h.rev AS head FROM feed_readers r
     JOIN feed_heads h ON h.store_code = r.store_code AND h.scope = r.scope WHERE r.scope = 'catalog'`,
  );
}

/** Adds a shop or changes its names. Its code is for ever: it is in every sale's key. */
export async function saveShop(
  sql: Sql,
  by: string,
  shop: { readonly storeCode: string; readonly nameZh: string; readonly nameEn: string; readonly isNew: boolean },
  nowMs: number,
): Promise<Result<void, "conflict" | "not-found" | "too-many">> {
  const { storeCode, nameZh, nameEn, isNew } = shop;
  return sql.transaction(async (tx): Promise<Result<void, "conflict" | "not-found" | "too-many">> => {
    const row = await tx.first<{ count: number }>("SELECT COUNT(*) AS count FROM shops");
    if (isNew && (row?.count ?? 0) >= mostShops) return fail("too-many");
    const changed = isNew
      ? await tx.run(
          "INSERT INTO shops (store_code, name_zh, name_en) VALUES (?, ?, ?) ON CONFLICT (store_code) DO NOTHING",
          [storeCode, nameZh, nameEn],
        )
      : await tx.run("UPDATE shops SET name_zh = ?, name_en = ? WHERE store_code = ?", [nameZh, nameEn, storeCode]);
    if (changed === 0) return fail(isNew ? "conflict" : "not-found");
    await noteDeed(tx, { name: by, deed: "shop-saved", storeCode, detail: `${nameZh} / ${nameEn}` }, nowMs);
    return ok(undefined);
  });
}
