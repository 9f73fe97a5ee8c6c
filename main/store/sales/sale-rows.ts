import type Database from "better-sqlite3";
import type { Sale, SaleLine } from "#core/sale/sale.ts";
import { memberPoints } from "./member-points.ts";
import { spentCoupons } from "./spent-coupons.ts";
import { givenAwayFen } from "./totals.ts";

/** Writes one sale's rows: only inside its transaction, after its journal entry. */
export type InsertSale = (sale: Sale, number: number, journalPosition: number, printJobId: string) => void;

export function saleRows(db: Database.Database): InsertSale {
  const insertSale = db.prepare(`
    INSERT INTO sales (number, sale_id, sale_number, shift_id, cashier_id, cashier_name, completed_at, business_date,
      line_count, gross_fen, discount_fen, total_fen, change_fen, journal_position, print_job_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertLine = db.prepare(`
    INSERT INTO sale_lines (number, line_number, sku, name_zh, name_en, category_id, unit, unit_price_fen,
      quantity_milli, gross_fen, discount_fen, net_fen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertTender = db.prepare(`
    INSERT INTO tenders (number, tender_id, kind, amount_fen, received_fen, change_fen, out_trade_no, transaction_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);

  const { spend } = spentCoupons({ db });
  const points = memberPoints({ db });

  function writeLine(number: number, line: SaleLine): void {
    const { lineNumber, sku, nameZh, nameEn, categoryId, unit, unitPriceFen, quantity, grossFen, netFen } = line;
    const discountFen = line.grossFen - line.netFen;
    insertLine.run(
      ...[number, lineNumber, sku, nameZh, nameEn, categoryId, unit],
      ...[unitPriceFen, quantity, grossFen, discountFen, netFen],
    );
  }

  return (sale, number, journalPosition, printJobId) => {
    insertSale.run(
      ...[number, sale.saleId, sale.saleNumber, sale.shiftId, sale.cashierId, sale.cashierName],
      ...[sale.completedAt, sale.businessDate, sale.lines.length, sale.grossFen, givenAwayFen(sale), sale.totalFen],
      ...[sale.changeFen, journalPosition, printJobId],
    );
    for (const line of sale.lines) writeLine(number, line);
    spend(sale, number);
    points.bookSale(sale);
    for (const tender of sale.tenders) {
      const { tenderId, kind, amountFen } = tender;
      if (kind === "cash")
        insertTender.run(number, tenderId, kind, amountFen, tender.receivedFen, tender.changeFen, null, null);
      else if (kind === "static-code") insertTender.run(number, tenderId, kind, amountFen, null, null, null, null);
      else insertTender.run(number, tenderId, kind, amountFen, null, null, tender.outTradeNo, tender.transactionId);
    }
  };
}
