import type { ReturnsStore } from "#main/till/ports/returns-store.ts";
import type { SaleSummary } from "#main/till/ports/sales-store.ts";
import { type SummaryRow, summaryColumns, summaryOf } from "./sale-lists.ts";
import type { SalesDatabase } from "./sales-database.ts";

/** Looks through one business day, which the index bounds: a busy till's is some 2,000 sales, a few milliseconds. */
export function searchSales({ db }: SalesDatabase): Pick<ReturnsStore, "searchSales"> {
  const find = db.prepare<[object], SummaryRow>(`
    ${summaryColumns}
    WHERE business_date = $day
      AND ($total IS NULL OR total_fen = $total)
      AND ($item = '' OR EXISTS (SELECT 1 FROM sale_lines WHERE sale_lines.number = sales.number
        AND (instr(lower(name_zh), $item) > 0 OR instr(lower(name_en), $item) > 0 OR lower(sku) = $item)))
      AND ($last = '' OR EXISTS (SELECT 1 FROM tenders WHERE tenders.number = sales.number
        AND (substr(transaction_id, -4) = $last OR substr(out_trade_no, -4) = $last)))
    ORDER BY number DESC LIMIT $limit`);
  return {
    searchSales({ businessDate, totalFen, item, lastFour }, limit): readonly SaleSummary[] {
      const asked = { day: businessDate, total: totalFen, item: item.trim().toLowerCase(), last: lastFour, limit };
      return find.all(asked).map(summaryOf);
    },
  };
}
