import { join } from "node:path";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { openConnection } from "#main/store/connection.ts";
import { openSalesStore, salesFile } from "#main/store/sales/open-sales-store.ts";
import type { AcknowledgedSale } from "./disk-op.ts";

export interface Findings {
  /** Promised sales that are not there, or not as promised. */
  readonly lost: readonly string[];
  /** Why the file cannot be used or trusted, or null. */
  readonly corrupt: string | null;
  /** Parts of sales without the rest, in words. */
  readonly half: readonly string[];
}

/** Each query counts what may not be: one sale is all of its rows or none. */
const halves: Readonly<Record<string, string>> = {
  "journal entries and sales differ":
    "SELECT (SELECT count(*) FROM journal WHERE kind = 'sale-completed') <> (SELECT count(*) FROM sales)",
  "numbers have a gap": "SELECT coalesce(max(number), 0) <> count(*) FROM sales",
  "sales without all their lines":
    "SELECT count(*) FROM sales s WHERE line_count <> (SELECT count(*) FROM sale_lines l WHERE l.number = s.number)",
  "tenders do not pay their sales":
    "SELECT count(*) FROM sales s WHERE total_fen <> (SELECT coalesce(sum(amount_fen), 0) FROM tenders t WHERE t.number = s.number)",
  "day totals differ":
    "SELECT (SELECT coalesce(sum(sales_fen), 0) FROM day_totals) <> (SELECT coalesce(sum(total_fen), 0) FROM sales)",
  "shift totals differ":
    "SELECT (SELECT coalesce(sum(sale_count), 0) FROM shift_totals) <> (SELECT count(*) FROM sales)",
  "hour totals differ":
    "SELECT (SELECT coalesce(sum(sales_fen), 0) FROM hour_totals) <> (SELECT coalesce(sum(total_fen), 0) FROM sales)",
  "sales without a receipt":
    "SELECT count(*) FROM sales s WHERE NOT EXISTS (SELECT 1 FROM print_jobs p WHERE p.job_id = s.print_job_id)",
  "drafts of finished sales": "SELECT count(*) FROM drafts JOIN sales USING (sale_id)",
  "paid attempts of no sale":
    "SELECT count(*) FROM attempts a WHERE state = 'paid' AND NOT EXISTS (SELECT 1 FROM tenders t WHERE t.out_trade_no = a.out_trade_no)",
};

/** Opens what is left with the till's own store, as the next start would, and looks for every promise. */
export function examineFiles(directory: string, promised: readonly AcknowledgedSale[]): Findings {
  const path = join(directory, "sales.db");
  const opened = openSalesStore({
    path,
    terminalId: sampleTerminalId,
    now: Date.now,
    newId: () => crypto.randomUUID(),
  });
  if (!opened.ok)
    return { lost: promised.map(({ saleId }) => saleId), corrupt: JSON.stringify(opened.fault), half: [] };
  const store = opened.value;
  const lost = promised.filter((promise) => {
    const found = store.sale(promise.saleId);
    const isKept =
      found?.journalHash === promise.journalHash &&
      found.sale.saleNumber === promise.saleNumber &&
      found.sale.totalFen === promise.totalFen;
    return !isKept;
  });
  const chain = store.verifyWholeChain();
  store.close();
  const { half, damage } = examineRows(path);
  const corrupt = chain.ok ? damage : `journal ${chain.fault.kind} at ${chain.fault.seq}`;
  return { lost: lost.map(({ saleId }) => saleId), corrupt, half };
}

function examineRows(path: string): { readonly half: readonly string[]; readonly damage: string | null } {
  const connection = openConnection(path, salesFile);
  if (!connection.ok) return { half: [], damage: JSON.stringify(connection.fault) };
  const db = connection.value;
  const check = String(db.pragma("quick_check", { simple: true }));
  const foreign = db.prepare("SELECT count(*) FROM pragma_foreign_key_check").pluck().get();
  const half = Object.entries(halves).filter(([, sql]) => db.prepare(sql).pluck().get() !== 0);
  db.close();
  const damage = check === "ok" ? (foreign === 0 ? null : "broken references") : check;
  return { half: half.map(([words]) => words), damage };
}
