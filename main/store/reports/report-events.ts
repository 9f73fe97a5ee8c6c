import type Database from "better-sqlite3";
import type { Cursor, DayRange, EventKind, Page, Pick, ReportEvent } from "#contract/reports/report.ts";
import type { CartLine } from "#core/cart/cart.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import { voidedFen } from "#core/report/shares.ts";

interface EventRow {
  readonly position: number;
  readonly business_date: string;
  readonly amount_fen: number;
  readonly cashier_name: string;
  readonly body: string;
  /** Of its entry. */
  readonly entry_kind: string;
}

const eventMatches: Readonly<Partial<Record<Pick["by"], string>>> = {
  ...{ hour: "hour = $key", tender: "tender = $key", cashier: "report_events.cashier_id = $key" },
};

/** Refunds given and things thrown away, newest first, each as the journal tells it. */
export function reportEvents(
  db: Database.Database,
): (range: DayRange, kind: EventKind, pick: Pick, after: Cursor | null, limit: number) => Page<ReportEvent> {
  return (range, kind, pick, after, limit) => {
    const key = "key" in pick ? { key: pick.key } : {};
    // Refunds and voids are few: what is not meant is passed over inside the statement, by its index's rows alone.
    const found = db
      .prepare<[object], EventRow>(`
        SELECT report_events.position, business_date, amount_fen, CAST(body AS TEXT) AS body, journal.kind AS entry_kind,
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
  };
}

/** Lines whose names are told of what was thrown away. */
const namedLines = 3;

function eventOf(row: EventRow, kind: EventKind): ReportEvent {
  const { position, business_date: businessDate, amount_fen: amountFen, cashier_name: cashierName } = row;
  const known = { position, kind, businessDate, amountFen, cashierName };
  // Written by the till alone, in a journal that is chained and checked.
  const body = JSON.parse(row.body) as unknown;
  if (row.entry_kind === "return-without-receipt") {
    const { at, returnNumber, reason } = body as LooseReturn; // as above
    return { ...known, at, saleId: null, number: returnNumber, wordsZh: reason, wordsEn: reason };
  }
  if (kind !== "void") {
    const { given, saleId, saleNumber, refundNo, reason, soldBy } = body as SaleRefund; // as above
    const isOurs = kind === "refund" && soldBy === undefined;
    return {
      ...{
        ...known,
        at: given?.at ?? "",
        saleId: isOurs ? saleId : null,
        number: saleNumber === "" ? refundNo : saleNumber,
      },
      ...{ wordsZh: reason, wordsEn: reason },
    };
  }
  const { at, line, lines = line === undefined ? [] : [line] } = body as VoidedBody; // as above
  const words = (name: (one: CartLine) => string): string =>
    lines.slice(0, namedLines).map(name).join(", ") + (lines.length > namedLines ? ` … ${lines.length}` : "");
  return {
    ...{ ...known, at, saleId: null, number: "", amountFen: voidedFen(lines) },
    ...{
      wordsZh: words(({ nameZh, nameEn }) => nameZh || nameEn),
      wordsEn: words(({ nameZh, nameEn }) => nameEn || nameZh),
    },
  };
}

interface VoidedBody {
  readonly at: string;
  readonly line?: CartLine;
  readonly lines?: readonly CartLine[];
}
