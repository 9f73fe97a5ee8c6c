import { join } from "node:path";
import Database from "better-sqlite3";

/** What head office has stored, read from its file while it runs or after its end. */
export interface OfficeBooks {
  /** In the order of their numbers. */
  readonly sales: readonly { readonly saleNumber: string; readonly totalFen: number }[];
  readonly tenders: readonly { readonly kind: string; readonly amountFen: number }[];
  /** Every entry of the journal, epoch after epoch in the order they were begun. */
  readonly entries: readonly { readonly epoch: string; readonly seq: number; readonly hash: string }[];
  /** Kept apart, in no total: what stands behind a fork. */
  readonly apart: readonly { readonly kind: string; readonly hash: string }[];
  /** Of payments that customers carry: what head office knows of the money of each number. */
  readonly carried: Readonly<Record<string, string>>;
  /** Why a person should look at something, those that nobody has signed off. */
  readonly reviews: readonly string[];
}

/** Of one till. @param dataDir as `openHeadOfficeProcess` was given it */
export function readOfficeBooks(dataDir: string, terminalId: string): OfficeBooks {
  const db = new Database(join(dataDir, "office", "office.db"), { readonly: true });
  const all = <T>(sql: string): T[] => db.prepare<[string], T>(sql).all(terminalId);
  try {
    return {
      sales: all(
        "SELECT sale_number AS saleNumber, total_fen AS totalFen FROM sales WHERE terminal_id = ? ORDER BY sale_number",
      ),
      tenders: all("SELECT kind, amount_fen AS amountFen FROM tenders WHERE terminal_id = ? ORDER BY sale_id"),
      entries: all(
        `SELECT epoch, journal_events.seq, journal_events.hash FROM journal_events
         JOIN epochs USING (store_code, terminal_id, epoch) WHERE terminal_id = ? ORDER BY ordinal, journal_events.seq`,
      ),
      apart: all("SELECT kind, hash FROM quarantined_entries WHERE terminal_id = ? ORDER BY epoch, seq"),
      carried: Object.fromEntries(
        all<{ number: string; money: string }>(
          "SELECT out_trade_no AS number, money FROM carried_orders WHERE terminal_id = ?",
        ).map(({ number, money }) => [number, money]),
      ),
      reviews: db
        .prepare<[string], string>("SELECT reason FROM review_items WHERE terminal_id = ? AND settled_ms IS NULL")
        .pluck()
        .all(terminalId),
    };
  } finally {
    db.close();
  }
}
