import { join } from "node:path";
import type Database from "better-sqlite3";
import { assert } from "#core/result.ts";
import { openConnection } from "#main/store/connection.ts";
import { reportTables } from "#main/store/sales/migrations/0013-reports.ts";
import { assembleSalesStore, salesFile, salesMigrations } from "#main/store/sales/open-sales-store.ts";
import { salesDatabase } from "#main/store/sales/sales-database.ts";
import { sampleTerminalId } from "./sample-sale.ts";

/** Business days the sales are spread over, the last of them this one. */
export const pastDays = 365;
export const lastPastDay = "2026-06-30";
const itemCount = 2_000;

/** The day so many days before the last one. */
export function pastDay(back: number): string {
  return new Date(Date.parse(lastPastDay) - back * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Fills the sales.db of a till that was never started with a year of finished sales: rows by SQL alone, of an epoch that
 * is over, so that its made-up hashes are nobody's chain. Their sums are made as an older file's are, by the migration.
 */
export function writePastSales(dataDir: string, count: number, lastDay = lastPastDay): void {
  const path = join(dataDir, "sales.db");
  const opened = openConnection(path, salesFile);
  assert(opened.ok, "a new sales.db opens");
  const db = opened.value;
  db.pragma("synchronous = OFF");
  db.pragma("foreign_keys = OFF");
  for (const { version, sql } of salesMigrations) if (version < reportTables.version) db.exec(sql);
  db.transaction(() => fill(db, count, lastDay))();
  for (const { version, sql } of salesMigrations) if (version >= reportTables.version) db.exec(sql);
  db.pragma(`application_id = ${salesFile.applicationId}`);
  db.pragma(`user_version = ${salesMigrations.length}`);
  db.prepare("INSERT INTO meta (id, terminal_id, epoch, next_sale_number) VALUES (1, ?, 'now', ?)").run(
    ...[sampleTerminalId, count + 1],
  );
  db.prepare("INSERT INTO sync_positions (epoch) VALUES ('now')").run();
  let ids = 0;
  const newId = (): string => `past-${(ids += 1)}`;
  const store = assembleSalesStore(salesDatabase(db), { terminalId: sampleTerminalId, now: Date.now, newId });
  store.appendJournal({ kind: "epoch-opened", body: { previous: "past" } });
  store.close();
}

/** Sale n of the year: three lines, paid in cash, one in seven to the printed code as well. */
function fill(db: Database.Database, count: number, lastDay: string): void {
  // Numbers 1 to `count` with their day (0 is the first) and hour, from which all else follows.
  db.exec(`
    CREATE TEMP TABLE past AS
      WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < ${count})
      SELECT number, date('${lastDay}', (((number - 1) * ${pastDays}) / ${count} - ${pastDays - 1}) || ' days') AS day,
        printf('%02d', 8 + (number * 7919) % 14) AS hour, 300 + (number * 31) % 900 AS price
      FROM n;
    INSERT INTO shifts (shift_id, opened_at, opened_by, opened_by_name, business_date, float_fen, closed_at, closed_by,
        counted_cash_fen, difference_fen)
      VALUES ('past', '2025-07-01T08:00:00+08:00', 'c1', '王芳', '2025-07-01', 0, '2026-06-30T22:00:00+08:00', 'c1', 0, 0);
    INSERT INTO journal (position, seq, epoch, kind, v, at_wall, at_mono, body, prev, hash)
      SELECT number, number, 'past', 'sale-completed', 1, day || 'T00:00:00.000Z', 0,
        CAST('{"lines":[{"lineNumber":1,"taxClass":"general"},{"lineNumber":2,"taxClass":"general"},'
          || '{"lineNumber":3,"taxClass":"' || iif(number % 40 = 0, 'reduced', 'general') || '"}],"more":"'
          || hex(zeroblob(400)) || '"}' AS BLOB), zeroblob(32), zeroblob(32) FROM past;
    INSERT INTO sales (number, sale_id, sale_number, shift_id, cashier_id, cashier_name, completed_at, business_date,
        line_count, gross_fen, discount_fen, total_fen, change_fen, journal_position, print_job_id)
      SELECT number, 'past-' || number, '${sampleTerminalId}-' || printf('%06d', number), 'past', 'c' || (number % 5),
        '王芳', day || 'T' || hour || ':15:00+08:00', day, 3, 3 * price + 100, iif(number % 9 = 0, 100, 0),
        3 * price + 100 - iif(number % 9 = 0, 100, 0), 0, number, 'paper' FROM past;
    INSERT INTO sale_lines (number, line_number, sku, name_zh, name_en, category_id, unit, unit_price_fen, quantity_milli,
        gross_fen, discount_fen, net_fen)
      SELECT number, line, 'SKU' || printf('%05d', (number * line * 7919 + line) % ${itemCount}), '商品', 'Item',
        'category-' || ((number * line * 7919 + line) % 15), 'piece', price, 1000,
        price + iif(line = 3, 100, 0), iif(line = 3 AND number % 9 = 0, 100, 0),
        price + iif(line = 3 AND number % 9 <> 0, 100, 0)
      FROM past, (SELECT 1 AS line UNION ALL SELECT 2 UNION ALL SELECT 3);
    INSERT INTO tenders (number, tender_id, kind, amount_fen, received_fen, change_fen)
      SELECT number, 'cash-' || number, 'cash', 3 * price - iif(number % 9 = 0, 100, 0) + iif(number % 7 = 0, 0, 100),
        3 * price - iif(number % 9 = 0, 100, 0) + iif(number % 7 = 0, 0, 100), 0 FROM past;
    INSERT INTO tenders (number, tender_id, kind, amount_fen)
      SELECT number, 'code-' || number, 'static-code', 100 FROM past WHERE number % 7 = 0;
    INSERT INTO day_totals (business_date, sale_count, sales_fen, cash_fen, wechat_fen, static_code_fen, discount_fen)
      SELECT business_date, count(*), sum(total_fen), sum(total_fen - iif(number % 7 = 0, 100, 0)), 0,
        sum(iif(number % 7 = 0, 100, 0)), sum(discount_fen) FROM sales GROUP BY business_date;
    DROP TABLE past;`);
}
