import { fail, ok, type Result } from "#core/result.ts";
import type { Sql } from "../store/sql.ts";
import { type Keyed, keyOf, readDifferences } from "./both-sides.ts";
import { agreementOf, type TwoSides } from "./compare-days.ts";
import { noteDeed } from "./deeds.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { countOpenReviews } from "./reviews.ts";
import type { MachineAnswer, ShopAnswer, ShopsAnswer, TerminalAnswer } from "./shapes.ts";

/** Shops and tills that one overview shows; beyond it the service needs another kind of overview. */
const mostShops = 5_000;
const mostTerminals = 20_000;
/** Days that are compared for the overview, per till. */
const daysBack = 35;
const dayMs = 86_400_000;

interface TerminalRow {
  readonly store_code: string;
  readonly terminal_id: string;
  readonly state: "active" | "revoked";
  readonly enrolled_ms: number;
  readonly last_seen_ms: number;
  readonly role: Terminal["role"];
}
type InvitedRow = Keyed & Pick<TerminalRow, "role">;
type EpochRow = Keyed & { readonly epoch: string; readonly ordinal: number; readonly seq: number };

/** Every shop with its tills: who was last seen when, how far each is held and whether both sides agree. */
export async function listShops(sql: Sql, nowMs: number): Promise<ShopsAnswer> {
  const since = new Date(nowMs - daysBack * dayMs).toISOString().slice(0, 10);
  const [shops, terminals, invited, epochs, sidesOf, days, items, readers, openReviews] = await Promise.all([
    sql.rows<{ store_code: string; name_zh: string; name_en: string }>(
      "SELECT store_code, name_zh, name_en FROM shops ORDER BY store_code LIMIT ?",
      [mostShops],
    ),
    sql.rows<TerminalRow>(
      `SELECT store_code, terminal_id, state, enrolled_ms, last_seen_ms, role FROM terminals
         ORDER BY store_code, terminal_id LIMIT ?`,
      [mostTerminals],
    ),
    sql.rows<InvitedRow>(
      `SELECT store_code, terminal_id, role FROM enrolment_codes
         WHERE used_by_key IS NULL AND expires_ms > ? LIMIT ?`,
      [nowMs, mostTerminals],
    ),
    sql.rows<EpochRow>("SELECT store_code, terminal_id, epoch, ordinal, seq FROM epochs ORDER BY ordinal"),
    readDifferences(sql, since),
    newestDays(sql, since),
    itemCounts(sql),
    catalogueReaders(sql),
    countOpenReviews(sql),
  ]);

  const facts = { epochs: grouped(epochs), sidesOf, readers: grouped(readers) };
  const known = new Set(terminals.map(keyOf));
  const machines = [...terminals, ...invited.filter((one) => !known.has(keyOf(one)))].sort((a, b) =>
    a.terminal_id < b.terminal_id ? -1 : 1,
  );
  const byShop = Map.groupBy(machines, ({ store_code, role }) => `${store_code} ${role}`);
  return {
    shops: shops.map(({ store_code, name_zh, name_en }): ShopAnswer => ({
      ...{ storeCode: store_code, nameZh: name_zh, nameEn: name_en },
      terminals: (byShop.get(`${store_code} till`) ?? []).map((one) => terminalAnswer(one, facts)),
      relays: (byShop.get(`${store_code} relay`) ?? []).map(machineAnswer),
      day: days.get(store_code) ?? null,
      itemCount: items.get(store_code) ?? 0,
    })),
    ...{ nowMs, openReviews },
  };
}

interface Facts {
  readonly epochs: ReadonlyMap<string, readonly EpochRow[]>;
  readonly sidesOf: (till: Keyed) => TwoSides;
  readonly readers: ReadonlyMap<string, readonly (Keyed & { readonly at: number; readonly head: number })[]>;
}

function machineAnswer(row: InvitedRow | TerminalRow): MachineAnswer {
  return {
    terminalId: row.terminal_id,
    state: "state" in row ? row.state : "invited",
    lastSeenMs: "state" in row ? row.last_seen_ms : null,
    enrolledMs: "state" in row ? row.enrolled_ms : null,
  };
}

function terminalAnswer(row: InvitedRow | TerminalRow, facts: Facts): TerminalAnswer {
  const key = keyOf(row);
  const epochs = facts.epochs.get(key) ?? [];
  const newest = epochs.at(-1);
  const [reader] = facts.readers.get(key) ?? [];
  return {
    ...machineAnswer(row),
    position: newest === undefined ? null : { epoch: newest.epoch, seq: newest.seq },
    epochCount: epochs.length,
    agreement: agreementOf(facts.sidesOf(row)),
    catalogue: reader === undefined ? null : { at: reader.at, head: reader.head },
  };
}

const grouped = <Row extends Keyed>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> =>
  Map.groupBy(rows, keyOf);

/** The newest business day of each shop, all its tills together. */
async function newestDays(sql: Sql, since: string) {
  const rows = await sql.rows<{ store_code: string; businessDate: string; saleCount: number; salesFen: number }>(
    `SELECT d.store_code, d.business_date AS "businessDate", SUM(d.sale_count) AS "saleCount",
       SUM(d.sales_fen) AS "salesFen"
     FROM (SELECT store_code, MAX(business_date) AS newest FROM day_totals WHERE business_date >= ? GROUP BY store_code) n
     JOIN day_totals d ON d.store_code = n.store_code AND d.business_date = n.newest
     GROUP BY d.store_code, d.business_date`,
    [since],
  );
  return new Map(rows.map(({ store_code, ...day }) => [store_code, day]));
}

/** What is live and no category: the count that is kept, not a walk over millions of goods. */
async function itemCounts(sql: Sql) {
  const rows = await sql.rows<{ store_code: string; count: number }>(
    `SELECT c.store_code, c.live - (SELECT COUNT(*) FROM feed_rows r WHERE r.store_code = c.store_code
       AND r.scope = c.scope AND r.kind = 'category' AND r.value IS NOT NULL) AS count
     FROM feed_counts c WHERE c.scope = 'catalog'`,
  );
  return new Map(rows.map(({ store_code, count }) => [store_code, count]));
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
