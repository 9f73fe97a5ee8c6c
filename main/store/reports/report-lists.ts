import type Database from "better-sqlite3";
import type { Cursor, DayRange, EventKind, Page, Pick, ReportEvent, ReportSale } from "#contract/reports/report.ts";
import { voidedFen } from "#core/report/shares.ts";
import type { CartLine } from "#core/cart/cart.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";

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

interface EventRow {
  readonly position: number;
  readonly business_date: string;
  readonly amount_fen: number;
  readonly cashier_name: string;
  readonly body: string;
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

const eventMatches: Readonly<Partial<Record<Pick["by"], string>>> = {
  ...{ hour: "hour = $key", tender: "tender = $key", cashier: "report_events.cashier_id = $key" },
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
      while (mayBe) {
        const found = look.all({ day, before, ...key });
        for (const { number, isMeant } of found) {
          before = number;
          if (isMeant !== 1) continue;
          const row = one.get(number);
          if (row !== undefined) rows.push(saleOf(row));
          if (rows.length === limit) return { rows, next: { day, number } };
        }
        if (found.length < chunk) break;
        if (performance.now() - beganMs > pageMs) return { rows, next: { day, number: before } };
      }
      if (performance.now() - beganMs > pageMs) return { rows, next: { day, number: 0 } };
    }
    return { rows, next: null };
  }

  function events(range: DayRange, kind: EventKind, pick: Pick, after: Cursor | null, limit: number): Page<ReportEvent> {
    const key = "key" in pick ? { key: pick.key } : {};
    // Refunds and voids are few: what is not meant is passed over inside the statement, by its index's rows alone.
    const found = db
      .prepare<[object], EventRow>(`
        SELECT report_events.position, business_date, amount_fen, CAST(body AS TEXT) AS body,
          coalesce((SELECT name FROM cashiers WHERE cashiers.cashier_id = report_events.cashier_id),
            report_events.cashier_id) AS cashier_name
        FROM report_events JOIN journal USING (position)
        WHERE report_events.kind = $kind AND business_date >= $from AND (business_date, report_events.position) < ($day, $before)
          AND ${eventMatches[pick.by] ?? "1"}
        ORDER BY business_date DESC, report_events.position DESC LIMIT $limit`)
      .all({
        ...{ kind, limit: limit + 1, from: range.from, ...key },
        ...{ day: after?.day ?? range.to, before: after?.number ?? Number.MAX_SAFE_INTEGER },
      });
    const rows = found.slice(0, limit).map((row) => eventOf(row, kind));
    const last = found.length > limit ? rows.at(-1) : undefined;
    return { rows, next: last === undefined ? null : { day: last.businessDate, number: last.position } };
  }

  return { sales, events };
}

function saleOf(row: SaleRow): ReportSale {
  return {
    ...{ saleId: row.sale_id, saleNumber: row.sale_number, businessDate: row.business_date },
    ...{ completedAt: row.completed_at, cashierName: row.cashier_name, lineCount: row.line_count },
    ...{ grossFen: row.gross_fen, discountFen: row.discount_fen, totalFen: row.total_fen },
    tenderKinds: (["cash", "wechat", "static-code"] as const).filter((kind) => row.kinds.split(",").includes(kind)),
  };
}

/** Lines whose names are told of what was thrown away. */
const namedLines = 3;

function eventOf(row: EventRow, kind: EventKind): ReportEvent {
  const { position, business_date: businessDate, amount_fen: amountFen, cashier_name: cashierName } = row;
  const known = { position, kind, businessDate, amountFen, cashierName };
  // Written by the till alone, in a journal that is chained and checked.
  const body = JSON.parse(row.body) as unknown;
  if (kind !== "void") {
    const { given, saleId, saleNumber, refundNo, reason, soldBy } = body as SaleRefund; // as above
    const isOurs = kind === "refund" && soldBy === undefined;
    return {
      ...{ ...known, at: given?.at ?? "", saleId: isOurs ? saleId : null, number: saleNumber === "" ? refundNo : saleNumber },
      ...{ wordsZh: reason, wordsEn: reason },
    };
  }
  const { at, line, lines = line === undefined ? [] : [line] } = body as VoidedBody; // as above
  const words = (name: (one: CartLine) => string): string =>
    lines.slice(0, namedLines).map(name).join(", ") + (lines.length > namedLines ? ` … ${lines.length}` : "");
  return {
    ...{ ...known, at, saleId: null, number: "", amountFen: voidedFen(lines) },
    ...{ wordsZh: words(({ nameZh, nameEn }) => nameZh || nameEn), wordsEn: words(({ nameZh, nameEn }) => nameEn || nameZh) },
  };
}

interface VoidedBody {
  readonly at: string;
  readonly line?: CartLine;
  readonly lines?: readonly CartLine[];
}
