import { createHash } from "node:crypto";
import Database from "better-sqlite3";

/** What may be there once of each thing that is done; a number that is too high is something done twice. */
const tallies = {
  sales: "SELECT count(*) FROM sales",
  salesFen: "SELECT total(total_fen) FROM sales",
  payments: "SELECT count(*) FROM attempts WHERE state = 'paid'",
  refunds: "SELECT count(*) FROM refunds",
  refundsFen: "SELECT total(amount_fen) FROM refunds WHERE state = 'succeeded'",
  returns: "SELECT count(*) FROM returns",
  looseReturns: "SELECT count(*) FROM loose_returns",
  held: "SELECT count(*) FROM drafts WHERE state = 'held'",
  linesOfDrafts: "SELECT total(json_array_length(body, '$.cart.lines')) FROM drafts",
  cashMoves: "SELECT count(*) FROM cash_moves",
  stockMoves: "SELECT count(*) FROM stock_moves",
  stockMilli: "SELECT total(quantity_milli) FROM stock_moves",
  deliveries: "SELECT count(*) FROM goods_receipts WHERE state = 'booked'",
  takes: "SELECT count(*) FROM stock_takes WHERE state = 'booked'",
  members: "SELECT count(*) FROM members WHERE is_deleted = 0",
  shifts: "SELECT count(*) FROM shifts",
  closedShifts: "SELECT count(*) FROM z_reports",
} as const;

export type Tally = Readonly<Record<keyof typeof tallies, number>>;

/** Each query counts what may not be: an act is all of its rows or none. */
const halves: Readonly<Record<string, string>> = {
  "sales and their entries differ": `SELECT (SELECT count(*) FROM journal WHERE kind = 'sale-completed') <> (SELECT count(*) FROM sales)`,
  "sales without all their lines": `
    SELECT count(*) FROM sales s WHERE line_count <> (SELECT count(*) FROM sale_lines l WHERE l.number = s.number)`,
  "tenders do not pay their sales": `SELECT count(*) FROM sales s WHERE
    total_fen <> (SELECT total(amount_fen) FROM tenders t WHERE t.number = s.number)`,
  "day totals are not their sales": `
    SELECT (SELECT total(sales_fen) FROM day_totals) <> (SELECT total(total_fen) FROM sales)`,
  "shift totals are not their sales": `
    SELECT (SELECT total(sale_count) FROM shift_totals) <> (SELECT count(*) FROM sales)`,
  "day totals are not their refunds": `SELECT (SELECT total(refund_cash_fen + refund_wechat_fen) FROM day_totals)
    < (SELECT total(amount_fen) FROM refunds WHERE state = 'succeeded')`,
  "sales without a receipt": `
    SELECT count(*) FROM sales s WHERE NOT EXISTS (SELECT 1 FROM print_jobs p WHERE p.job_id = s.print_job_id)`,
  "drafts of finished sales": "SELECT count(*) FROM drafts JOIN sales USING (sale_id)",
  "paid attempts of no sale": `
    SELECT count(*) FROM attempts a WHERE state = 'paid'
      AND NOT EXISTS (SELECT 1 FROM tenders t WHERE t.out_trade_no = a.out_trade_no)
      AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.sale_id = a.sale_id)`,
  "returns without their lines": `
    SELECT count(*) FROM returns r WHERE NOT EXISTS (SELECT 1 FROM returned_lines l WHERE l.return_id = r.return_id)`,
  "exchanges without their credit": `
    SELECT count(*) FROM loose_returns r WHERE exchange_sale_id IS NOT NULL
      AND body ->> '$.exchange.creditFen' <> (SELECT total(amount_fen) FROM tenders t WHERE t.tender_id = r.return_id)`,
  "goods without a receipt and their entries differ": `
    SELECT (SELECT count(*) FROM journal WHERE kind = 'return-without-receipt') <> (SELECT count(*) FROM loose_returns)`,
  "levels are not their moves": `SELECT count(*) FROM stock_levels l WHERE
    level_milli <> (SELECT total(quantity_milli) FROM stock_moves m WHERE m.sku = l.sku)`,
  "closed shifts and Zs differ": `
    SELECT (SELECT count(*) FROM shifts WHERE closed_at IS NOT NULL) <> (SELECT count(*) FROM z_reports)`,
  "a deleted member with a name": `
    SELECT count(*) FROM members WHERE is_deleted = 1 AND (name <> '' OR phone IS NOT NULL OR code IS NOT NULL)`,
};

/**
 * Every row of every table, or of these, in a number: two files with the same one hold the same. Opening recovers what a power
 * cut left.
 */
export function digestOf(path: string, only?: readonly string[]): string {
  const db = new Database(path);
  try {
    return digest(db, only);
  } finally {
    db.close();
  }
}

/** A file as it is found: its rows in a number, what was done, what of it is half, and what is damaged. */
export function lookAtBooks(path: string): {
  readonly digest: string;
  readonly tally: Tally;
  /** Entries of the journal, each of which belongs to a change. */
  readonly entries: number;
  readonly half: readonly string[];
  readonly damage: string | null;
} {
  const db = new Database(path);
  try {
    const check = String(db.pragma("quick_check", { simple: true }));
    const foreign = db.prepare("SELECT count(*) FROM pragma_foreign_key_check").pluck().get();
    const half = Object.entries(halves).filter(([, sql]) => db.prepare(sql).pluck().get() !== 0);
    return {
      digest: digest(db),
      tally: tallyOf(db),
      entries: db.prepare<[], number>("SELECT count(*) FROM journal").pluck().get() ?? 0,
      half: half.map(([words]) => words),
      damage: check === "ok" ? (foreign === 0 ? null : "broken references") : check,
    };
  } finally {
    db.close();
  }
}

function tallyOf(db: Database.Database): Tally {
  const counted = Object.entries(tallies).map(([name, sql]) => [name, db.prepare(sql).pluck().get()]);
  // Names are the table's own, each with the number its query counts.
  return Object.fromEntries(counted) as Tally;
}

function digest(db: Database.Database, only?: readonly string[]): string {
  const hash = createHash("sha256");
  const tables = db
    .prepare<[], { readonly name: string; readonly sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .all()
    .filter(({ name }) => only?.includes(name) ?? true);
  hash.update(String(db.pragma("user_version", { simple: true })));
  for (const { name, sql } of tables) {
    hash.update(`\n${name} ${sql}`);
    for (const row of db.prepare<[], unknown[]>(`SELECT * FROM "${name}"`).raw().iterate())
      hash.update(
        `\n${JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value))}`,
      );
  }
  return hash.digest("hex");
}
