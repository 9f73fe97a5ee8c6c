import Database from "better-sqlite3";
import type { DayRange, ItemSums, NamedSums, RangeReport, RangeSums } from "#contract/reports/report.ts";
import { addSums, type Dimension, noSums, type Sums } from "#core/report/shares.ts";

/** Longest wait while the till checkpoints its log. */
const busyTimeoutMs = 5_000;
/** So many months are drawn as months and no longer as days. */
const leastMonths = 3;

/** The sums of sales.db through a connection that cannot write, for a process that is not the till. */
export interface ReportBooks {
  readonly db: Database.Database;
  range(range: DayRange): RangeReport;
  /** Enough of it to compare with. */
  sums(range: DayRange): RangeSums;
  /** Those that brought or moved the most. */
  items(range: DayRange, by: "net" | "quantity", limit: number): readonly ItemSums[];
  close(): void;
}

interface SumsRow {
  readonly key: string;
  readonly name: string | null;
  readonly sale_count: number;
  readonly piece_count: number;
  readonly quantity_milli: number;
  readonly gross_fen: number;
  readonly discount_fen: number;
  readonly net_fen: number;
  readonly refund_count: number;
  readonly refund_fen: number;
  readonly void_count: number;
  readonly void_fen: number;
  readonly taxed_fen: number;
  readonly tax_fen: number;
  readonly refund_taxed_fen: number;
  readonly refund_tax_fen: number;
}

interface ItemRow extends SumsRow {
  readonly name_zh: string | null;
  readonly name_en: string | null;
  readonly unit: "piece" | "kg" | null;
}

const sumColumns = `
  sum(sale_count) AS sale_count, sum(piece_count) AS piece_count, sum(quantity_milli) AS quantity_milli,
  sum(gross_fen) AS gross_fen, sum(discount_fen) AS discount_fen, sum(net_fen) AS net_fen,
  sum(refund_count) AS refund_count, sum(refund_fen) AS refund_fen,
  sum(void_count) AS void_count, sum(void_fen) AS void_fen,
  sum(taxed_fen) AS taxed_fen, sum(tax_fen) AS tax_fen,
  sum(refund_taxed_fen) AS refund_taxed_fen, sum(refund_tax_fen) AS refund_tax_fen`;

/** Throws what SQLite throws: the job that asked for it ends. */
export function openReportBooks(path: string): ReportBooks {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  const inRange = "business_date BETWEEN $from AND $to";
  const byKey = db.prepare<[DayRange & { readonly dimension: Dimension }], SumsRow>(`
    SELECT key, NULL AS name, ${sumColumns} FROM report_totals WHERE dimension = $dimension AND ${inRange} GROUP BY key`);
  // Date and hour in one pass: the two folds of it cost nothing beside reading its rows.
  const byTime = (date: string) =>
    db.prepare<[DayRange], SumsRow & { readonly date: string }>(`
      SELECT ${date} AS date, key, NULL AS name, ${sumColumns} FROM report_totals
      WHERE dimension = 'hour' AND ${inRange} GROUP BY ${date}, key`);
  const [byDay, byMonth] = [byTime("business_date"), byTime("substr(business_date, 1, 7)")];
  // Of a million goods the most are sold once and told of never: which are the best is found by one sum, and the others are
  // added up of these alone, day by day as their key leads to them.
  const items = (order: string) =>
    db.prepare<[DayRange & { readonly limit: number }], ItemRow>(`
      WITH RECURSIVE day (at) AS (SELECT $from UNION ALL SELECT date(at, '+1 day') FROM day WHERE at < $to),
        best AS MATERIALIZED (
          SELECT key FROM report_totals WHERE dimension = 'item' AND ${inRange}
          GROUP BY key ORDER BY sum(${order}) DESC, key LIMIT $limit),
        sums AS (
          SELECT key, NULL AS name, ${sumColumns} FROM best CROSS JOIN day CROSS JOIN report_totals USING (key)
          WHERE dimension = 'item' AND business_date = at GROUP BY key)
      SELECT sums.*, name_zh, name_en, unit FROM sums LEFT JOIN sold_items ON sku = key ORDER BY sums.${order} DESC, key`);
  const itemsBy = { net: items("net_fen"), quantity: items("piece_count") };
  const charges = db.prepare<[DayRange], { readonly count: number; readonly fen: number }>(`
    SELECT count(*) AS count, coalesce(sum(amount_fen), 0) AS fen FROM report_events
    WHERE kind = 'charge' AND ${inRange}`);
  const cashierName = db.prepare<[string], string>("SELECT name FROM cashiers WHERE cashier_id = ?").pluck();

  const of = (dimension: Dimension, { from, to }: DayRange): NamedSums[] =>
    byKey.all({ dimension, from, to }).map(named);
  const sums = ({ from, to }: DayRange): RangeSums => {
    const byHour = of("hour", { from, to });
    return { from, to, byHour, total: byHour.reduce<Sums>(addSums, noSums) };
  };
  return {
    db,
    sums,
    range({ from, to }) {
      const range = { from, to };
      const times = (monthsIn(range) >= leastMonths ? byMonth : byDay).all(range);
      const byHour = folded(times.map(named));
      return {
        ...{ from, to, byHour, total: byHour.reduce<Sums>(addSums, noSums) },
        byDate: folded(times.map((row) => ({ ...named(row), key: row.date }))),
        tenders: of("tender", range).toSorted(mostFirst),
        categories: of("category", range).toSorted(mostFirst),
        cashiers: of("cashier", range)
          .map((row) => ({ ...row, name: cashierName.get(row.key) ?? null }))
          .toSorted(mostFirst),
        taxes: of("tax", range).toSorted(mostFirst),
        charges: charges.get(range) ?? { count: 0, fen: 0 },
      };
    },
    items: ({ from, to }, by, limit) =>
      itemsBy[by].all({ from, to, limit }).map((row) => {
        const { name: _name, ...known } = named(row);
        return { ...known, nameZh: row.name_zh, nameEn: row.name_en, unit: row.unit };
      }),
    close: () => void db.close(),
  };
}

function named(row: SumsRow): NamedSums {
  return {
    ...{ key: row.key, name: row.name, saleCount: row.sale_count, pieceCount: row.piece_count },
    ...{
      quantityMilli: row.quantity_milli,
      grossFen: row.gross_fen,
      discountFen: row.discount_fen,
      netFen: row.net_fen,
    },
    ...{ refundCount: row.refund_count, refundFen: row.refund_fen },
    ...{ voidCount: row.void_count, voidFen: row.void_fen },
    ...{ taxedFen: row.taxed_fen, taxFen: row.tax_fen },
    ...{ refundTaxedFen: row.refund_taxed_fen, refundTaxFen: row.refund_tax_fen },
  };
}

/** Rows of one key as one, in the order of their keys. */
function folded(rows: readonly NamedSums[]): readonly NamedSums[] {
  const known = new Map<string, NamedSums>();
  for (const row of rows) {
    const before = known.get(row.key);
    known.set(row.key, before === undefined ? row : { ...row, ...addSums(before, row) });
  }
  return [...known.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function mostFirst(a: NamedSums, b: NamedSums): number {
  return b.netFen - a.netFen || (a.key < b.key ? -1 : 1);
}

/** Calendar months a range touches. */
function monthsIn({ from, to }: DayRange): number {
  const monthOf = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return monthOf(to) - monthOf(from) + 1;
}
