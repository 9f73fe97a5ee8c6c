import type { DaySide } from "#contract/wire/agreement.ts";
import type { Office } from "../office.ts";
import { places, type Sql } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { noHash } from "./stored-entries.ts";

interface DayRow {
  readonly business_date: string;
  readonly sale_count: number;
  readonly sales_fen: number;
  readonly cash_fen: number;
  readonly wechat_fen: number;
  readonly static_code_fen: number;
  readonly refund_count: number;
  readonly refund_fen: number;
  readonly last_sale_hash: string;
}

const sums = [
  "sale_count",
  "sales_fen",
  "cash_fen",
  "wechat_fen",
  "static_code_fen",
  "refund_count",
  "refund_fen",
  "last_sale_hash",
] as const;

/** What the till says of its days, kept beside ours. */
export async function keepTillDays(
  { sql, clock }: Pick<Office, "sql" | "clock">,
  { storeCode, terminalId }: TerminalPlace,
  days: readonly DaySide[],
): Promise<void> {
  if (days.length === 0) return;
  const toldMs = clock.now();
  const changed = [...sums, "told_ms"].map((column) => `${column} = excluded.${column}`);
  const into = {
    table: "till_days",
    columns: ["store_code", "terminal_id", "business_date", ...sums, "told_ms"],
    tail: `ON CONFLICT (store_code, terminal_id, business_date) DO UPDATE SET ${changed.join(", ")}`,
  };
  const rows = days.map((day) => [
    ...[storeCode, terminalId, day.businessDate, day.saleCount, day.salesFen, day.cashFen, day.wechatFen],
    ...[day.staticCodeFen, day.refundCount, day.refundFen, day.lastSaleHash, toldMs],
  ]);
  await sql.transaction((tx) => tx.insert(into, rows));
}

/** What head office has for these days of one till, in the order asked; zeros where there is nothing. */
export async function officeDays(
  sql: Sql,
  { storeCode, terminalId }: TerminalPlace,
  businessDates: readonly string[],
): Promise<readonly DaySide[]> {
  if (businessDates.length === 0) return [];
  const rows = await sql.rows<DayRow>(
    `SELECT business_date, ${sums.join(", ")} FROM day_totals
     WHERE store_code = ? AND terminal_id = ? AND business_date IN (${places(businessDates)})`,
    [storeCode, terminalId, ...businessDates],
  );
  const byDate = new Map(rows.map((row) => [row.business_date, sideOf(row)]));
  return businessDates.map((businessDate) => byDate.get(businessDate) ?? { ...nothing, businessDate });
}

/** A day on both sides, as the office's page shows it. */
export interface ComparedDay extends TerminalPlace {
  /** null: the till has not said yet. */
  readonly till: DaySide | null;
  /** null: no entry of that day is here. */
  readonly office: DaySide | null;
  readonly isAgreed: boolean;
}

/** Days of all tills of a shop from one business date to another, both included. */
export async function comparedDays(
  sql: Sql,
  storeCode: string,
  [from, to]: readonly [from: string, to: string],
): Promise<readonly ComparedDay[]> {
  const side = (table: "till_days" | "day_totals") =>
    sql.rows<DayRow & { terminal_id: string }>(
      `SELECT terminal_id, business_date, ${sums.join(", ")} FROM ${table}
       WHERE store_code = ? AND business_date BETWEEN ? AND ? ORDER BY business_date, terminal_id`,
      [storeCode, from, to],
    );
  const [tills, offices] = await Promise.all([side("till_days"), side("day_totals")]);
  const days = new Map<string, { terminalId: string; till: DaySide | null; office: DaySide | null }>();
  const keyOf = (row: DayRow & { terminal_id: string }) => `${row.business_date} ${row.terminal_id}`;
  for (const row of tills) days.set(keyOf(row), { terminalId: row.terminal_id, till: sideOf(row), office: null });
  for (const row of offices) {
    const till = days.get(keyOf(row))?.till ?? null;
    days.set(keyOf(row), { terminalId: row.terminal_id, till, office: sideOf(row) });
  }
  return [...days.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, day]) => ({ storeCode, ...day, isAgreed: isSame(day.till, day.office) }));
}

/** A till that has not said is not agreed with; a day it calls empty is agreed where nothing of it is here. */
function isSame(till: DaySide | null, office: DaySide | null): boolean {
  if (till === null) return false;
  const here = office ?? { ...nothing, businessDate: till.businessDate };
  return (Object.keys(here) as (keyof DaySide)[]) // the keys of a day of ours
    .every((key) => till[key] === here[key]);
}

const nothing = {
  ...{ saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticCodeFen: 0, refundCount: 0, refundFen: 0 },
  lastSaleHash: noHash,
} satisfies Omit<DaySide, "businessDate">;

function sideOf(row: DayRow): DaySide {
  return {
    businessDate: row.business_date,
    saleCount: row.sale_count,
    salesFen: row.sales_fen,
    cashFen: row.cash_fen,
    wechatFen: row.wechat_fen,
    staticCodeFen: row.static_code_fen,
    refundCount: row.refund_count,
    refundFen: row.refund_fen,
    lastSaleHash: row.last_sale_hash,
  };
}
