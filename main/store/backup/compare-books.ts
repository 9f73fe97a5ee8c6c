import Database from "better-sqlite3";

/** The books that are here beside those that would come back. */
export interface HereBooks {
  readonly saleCount: number;
  readonly lastSaleNumber: string | null;
  readonly lostSales: number;
  readonly lostSalesFen: number;
  readonly lostRefunds: number;
  readonly lostEntries: number;
  /** Entries that head office has acknowledged and the other books have not. */
  readonly officeHasMore: number;
  /** Last numbers given here, 0 for none. */
  readonly saleNumber: number;
  readonly attemptNumber: number;
}

/** Longest wait while the till writes. */
const busyTimeoutMs = 5_000;

/** What the books at `here` have that those at `back` have not; null where nobody can read the ones that are here. */
export function compareBooks(back: string, here: string): HereBooks | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(back, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    db.prepare("ATTACH ? AS here").run(here);
    const row = db
      .prepare<[], HereBooks>(`
        SELECT (SELECT count(*) FROM here.sales) AS saleCount,
          (SELECT sale_number FROM here.sales ORDER BY number DESC LIMIT 1) AS lastSaleNumber,
          count(*) AS lostSales, coalesce(sum(total_fen), 0) AS lostSalesFen,
          (SELECT count(*) FROM here.refunds WHERE refund_no NOT IN (SELECT refund_no FROM main.refunds)) AS lostRefunds,
          (SELECT count(*) FROM here.journal AS j WHERE NOT EXISTS
            (SELECT 1 FROM main.journal AS m WHERE m.epoch = j.epoch AND m.seq = j.seq AND m.hash = j.hash)) AS lostEntries,
          (SELECT coalesce(sum(max(0, hq_acked - coalesce((SELECT max(seq) FROM main.journal AS m WHERE m.epoch = p.epoch), 0))), 0)
            FROM here.sync_positions AS p) AS officeHasMore,
          (SELECT next_sale_number - 1 FROM here.meta) AS saleNumber,
          (SELECT next_attempt_number - 1 FROM here.meta) AS attemptNumber
        FROM here.sales WHERE sale_id NOT IN (SELECT sale_id FROM main.sales)`)
      .get();
    return row ?? null;
  } catch (error) {
    // A file that is no database, or not there, or damaged somewhere on the way: nothing is known of it.
    if (error instanceof Database.SqliteError) return null;
    throw error;
  } finally {
    db?.close();
  }
}

/** What the numbers of books say, for where they go on: the last given, and the busiest business day's sales. */
export function numbersIn(path: string): {
  readonly saleNumber: number;
  readonly attemptNumber: number;
  readonly mostInDay: number;
} {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const row = db
      .prepare<[], { saleNumber: number; attemptNumber: number; mostInDay: number }>(`
        SELECT next_sale_number - 1 AS saleNumber, next_attempt_number - 1 AS attemptNumber,
          coalesce((SELECT max(n) FROM (SELECT count(*) AS n FROM sales GROUP BY business_date)), 0) AS mostInDay
        FROM meta`)
      .get();
    return row ?? { saleNumber: 0, attemptNumber: 0, mostInDay: 0 };
  } finally {
    db.close();
  }
}
