import type Database from "better-sqlite3";
import type { Cursor, DayRange, EventKind, Page, Pick, ReportEvent, ReportSale } from "#contract/reports/report.ts";
import { reportEvents } from "./report-events.ts";

/** Sales looked at in one statement, and how long a page goes on looking; milliseconds. A frame or two, never more. */
const chunk = 500;
const pageMs = 25;

/** What stands behind a number: the sales, refunds and voids of a range, newest first. */
export interface ReportLists {
  sales(range: DayRange, pick: Pick, after: Cursor | null, limit: number): Page<ReportSale>;
  events(range: DayRange, kind: EventKind, pick: Pick, after: Cursor | null, limit: number): Page<ReportEvent>;
}

interface SaleRow {
  readonly sale_id: string;
  readonly sale_number: string;
  readonly business_date: string;
  readonly completed_at: string;
  readonly cashier_name: string;
  readonly line_count: number;
  readonly gross_fen: number;
  readonly discount_fen: number;
  readonly total_fen: number;
  readonly kinds: string;
}

/** Whether a sale is one of those meant; `$key` is what of. */
const matches: Readonly<Record<Pick["by"], string>> = {
  all: "1",
  discounted: "discount_fen > 0",
  hour: "substr(completed_at, 12, 2) = $key",
  cashier: "cashier_id = $key",
  tender: "EXISTS (SELECT 1 FROM tenders WHERE tenders.number = sales.number AND kind = $key)",
  category:
    "EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.number = sales.number AND coalesce(category_id, '') = $key)",
  item: "EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.number = sales.number AND coalesce(sku, '') = $key)",
  tax: `EXISTS (SELECT 1 FROM json_each((SELECT CAST(body AS TEXT) FROM journal WHERE position = journal_position), '$.lines')
      WHERE value ->> '$.taxClass' = $key)`,
};

export function reportLists(db: Database.Database): ReportLists {
  const daysDown = db.prepare<[string, string], string>(
    "SELECT business_date FROM day_totals WHERE business_date BETWEEN ? AND ? AND sale_count > 0 ORDER BY business_date DESC",
  );
  daysDown.pluck();
  const soldOn = db
    .prepare<[string, string, string], number>(
      "SELECT sale_count FROM report_totals WHERE dimension = ? AND business_date = ? AND key = ?",
    )
    .pluck();
  const one = db.prepare<[number], SaleRow>(`
    SELECT sale_id, sale_number, business_date, completed_at, cashier_name, line_count, gross_fen, discount_fen, total_fen,
      (SELECT group_concat(kind) FROM tenders WHERE tenders.number = sales.number) AS kinds
    FROM sales WHERE number = ?`);
  const looks = new Map<string, ReturnType<typeof prepareLook>>();
  function prepareLook(by: Pick["by"]) {
    const text = `
      SELECT number, ${matches[by]} AS isMeant FROM sales WHERE business_date = $day AND number < $before
      ORDER BY number DESC LIMIT ${chunk}`;
    return db.prepare<[object], { readonly number: number; readonly isMeant: 0 | 1 }>(text);
  }

  function sales(range: DayRange, pick: Pick, after: Cursor | null, limit: number): Page<ReportSale> {
    const look = looks.get(pick.by) ?? prepareLook(pick.by);
    looks.set(pick.by, look);
    const key = "key" in pick ? { key: pick.key } : {};
    const beganMs = performance.now();
    const rows: ReportSale[] = [];
    const lastDay = after === null ? range.to : after.day;
    for (const day of daysDown.all(range.from, lastDay)) {
      let before = after?.day === day ? after.number : Number.MAX_SAFE_INTEGER;
      // A day on which nothing was sold of it is passed over by its sum.
      const mayBe = !("key" in pick) || (soldOn.get(pick.by, day, pick.key) ?? 0) > 0;
      for (let isOver = !mayBe; !isOver;) {
        const found = look.all({ day, before, ...key });
        for (const { number, isMeant } of found) {
          before = number;
          if (isMeant !== 1) continue;
          const row = one.get(number);
          if (row !== undefined) rows.push(saleOf(row));
          if (rows.length === limit) return { rows, next: { day, number } };
        }
        isOver = found.length < chunk;
        if (!isOver && performance.now() - beganMs > pageMs) return { rows, next: { day, number: before } };
      }
      if (performance.now() - beganMs > pageMs) return { rows, next: { day, number: 0 } };
    }
    return { rows, next: null };
  }

  return { sales, events: reportEvents(db) };
}

function saleOf(row: SaleRow): ReportSale {
  return {
    ...{ saleId: row.sale_id, saleNumber: row.sale_number, businessDate: row.business_date },
    ...{ completedAt: row.completed_at, cashierName: row.cashier_name, lineCount: row.line_count },
    ...{ grossFen: row.gross_fen, discountFen: row.discount_fen, totalFen: row.total_fen },
    tenderKinds: (["cash", "wechat", "static-code"] as const).filter((kind) => row.kinds.split(",").includes(kind)),
  };
}
