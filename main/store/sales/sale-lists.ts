import { fen } from "#core/money/fen.ts";
import type { SalesStore, SaleSummary } from "#main/till/ports/sales-store.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** One sale as a list shows it. */
export interface SummaryRow {
  readonly sale_id: string;
  readonly sale_number: string;
  readonly completed_at: string;
  readonly cashier_name: string;
  readonly line_count: number;
  readonly total_fen: number;
  readonly has_cash: 0 | 1;
  readonly has_wechat: 0 | 1;
  readonly has_static_code: 0 | 1;
}

/** What every list of sales selects. */
export const summaryColumns = `
  SELECT sale_id, sale_number, completed_at, cashier_name, line_count, total_fen,
    EXISTS (SELECT 1 FROM tenders WHERE tenders.number = sales.number AND kind = 'cash') AS has_cash,
    EXISTS (SELECT 1 FROM tenders WHERE tenders.number = sales.number AND kind = 'wechat') AS has_wechat,
    EXISTS (SELECT 1 FROM tenders WHERE tenders.number = sales.number AND kind = 'static-code') AS has_static_code
  FROM sales`;

/** Lists of finished sales, newest first, read from rows alone: no journal body is parsed for a list. */
export function saleLists({ db }: SalesDatabase): Pick<SalesStore, "salesOfDay" | "lastSales" | "saleNumberOf"> {
  const columns = summaryColumns;
  const ofDay = db.prepare<[string, number], SummaryRow>(
    `${columns} WHERE business_date = ? ORDER BY number DESC LIMIT ?`,
  );
  const ofDayBefore = db.prepare<[string, string, number], SummaryRow>(`
    ${columns} WHERE business_date = ? AND number < (SELECT number FROM sales WHERE sale_number = ?)
    ORDER BY number DESC LIMIT ?`);
  const last = db.prepare<[number], SummaryRow>(`${columns} ORDER BY number DESC LIMIT ?`);

  const numberOf = db.prepare<[string], string>("SELECT sale_number FROM sales WHERE sale_id = ?").pluck();

  return {
    saleNumberOf: (saleId) => numberOf.get(saleId) ?? null,
    salesOfDay(businessDate, limit, beforeSaleNumber) {
      const rows =
        beforeSaleNumber === null
          ? ofDay.all(businessDate, limit)
          : ofDayBefore.all(businessDate, beforeSaleNumber, limit);
      return rows.map(summaryOf);
    },
    lastSales(limit) {
      return last.all(limit).map(summaryOf);
    },
  };
}

export function summaryOf(row: SummaryRow): SaleSummary {
  return {
    saleId: row.sale_id,
    saleNumber: row.sale_number,
    completedAt: row.completed_at,
    cashierName: row.cashier_name,
    lineCount: row.line_count,
    totalFen: fen(row.total_fen),
    tenderKinds: [
      ...(row.has_cash === 1 ? (["cash"] as const) : []),
      ...(row.has_wechat === 1 ? (["wechat"] as const) : []),
      ...(row.has_static_code === 1 ? (["static-code"] as const) : []),
    ],
  };
}
