import type { Sql, SqlValue } from "../store/sql.ts";
import type { SaleAnswer, SaleRowAnswer, SalesAnswer } from "./shapes.ts";
import type { RefundAnswer, SaleLineAnswer, TenderAnswer } from "./shapes.ts";

export interface SalesAsk {
  readonly store?: string | undefined;
  readonly terminal?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Lines, tenders and refunds of one sale that are shown; no till makes more. */
const mostParts = 1_000;

const rowColumns = `store_code AS "storeCode", terminal_id AS "terminalId", sale_id AS "saleId",
  sale_number AS "saleNumber", cashier_name AS "cashierName", completed_at AS "completedAt",
  business_date AS "businessDate", line_count AS "lineCount", total_fen AS "totalFen"`;

/** A page of sales, newest first. Paged by the key of the last one shown, so that new sales move no page. */
export async function listSales(sql: Sql, ask: SalesAsk): Promise<SalesAnswer> {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: readonly SqlValue[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (ask.store !== undefined) where("store_code = ?", ask.store);
  if (ask.terminal !== undefined) where("terminal_id = ?", ask.terminal);
  if (ask.from !== undefined) where("business_date >= ?", ask.from);
  if (ask.to !== undefined) where("business_date <= ?", ask.to);
  const before = keyOf(ask.before);
  if (before !== null) where("(business_date, completed_at, sale_id) < (?, ?, ?)", ...before);
  const sales = await sql.rows<SaleRowAnswer>(
    `SELECT ${rowColumns} FROM sales ${conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`}
     ORDER BY business_date DESC, completed_at DESC, sale_id DESC LIMIT ?`,
    [...values, ask.limit],
  );
  const last = sales.length === ask.limit ? sales.at(-1) : undefined;
  return { sales, next: last === undefined ? null : `${last.businessDate}~${last.completedAt}~${last.saleId}` };
}

/** `before` as `listSales` gave it; anything else is no page and begins at the newest. */
function keyOf(before: string | undefined): readonly [string, string, string] | null {
  const [date, time, id, more] = before?.split("~") ?? [];
  return date === undefined || time === undefined || id === undefined || more !== undefined ? null : [date, time, id];
}

/** One sale with all that belongs to it; null where there is none. */
export async function readSale(sql: Sql, key: readonly [string, string, string]): Promise<SaleAnswer | null> {
  const [storeCode, terminalId] = key;
  const sale = await sql.first<
    Omit<SaleAnswer, "lines" | "tenders" | "refunds" | "entry"> & { epoch: string; seq: number }
  >(
    `SELECT ${rowColumns}, gross_fen AS "grossFen", discount_fen AS "discountFen", change_fen AS "changeFen", epoch, seq
     FROM sales WHERE store_code = ? AND terminal_id = ? AND sale_id = ?`,
    key,
  );
  if (sale === undefined) return null;
  const { epoch, seq, ...facts } = sale;
  const [lines, tenders, refunds, entry] = await Promise.all([
    sql.rows<SaleLineAnswer>(
      `SELECT line_number AS "lineNumber", sku, name_zh AS "nameZh", name_en AS "nameEn", unit,
         unit_price_fen AS "unitPriceFen", quantity_milli AS "quantityMilli", discount_fen AS "discountFen",
         net_fen AS "netFen"
       FROM sale_lines WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY line_number LIMIT ?`,
      [...key, mostParts],
    ),
    sql.rows<TenderAnswer>(
      `SELECT kind, amount_fen AS "amountFen", received_fen AS "receivedFen", change_fen AS "changeFen",
         transaction_id AS "transactionId", taking
       FROM tenders WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY tender_id LIMIT ?`,
      [...key, mostParts],
    ),
    sql.rows<RefundAnswer>(
      `SELECT refund_no AS "refundNo", amount_fen AS "amountFen", state, requested_at AS "requestedAt", reason
       FROM refunds WHERE store_code = ? AND terminal_id = ? AND sale_id = ? ORDER BY requested_at LIMIT ?`,
      [...key, mostParts],
    ),
    sql.first<{ hash: string }>(
      "SELECT hash FROM journal_events WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq = ?",
      [storeCode, terminalId, epoch, seq],
    ),
  ]);
  return { ...facts, lines, tenders, refunds, entry: entry === undefined ? null : { epoch, seq, hash: entry.hash } };
}
