import { places, type SqlRow, type Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { type DayShare, nothingOf } from "./day-totals.ts";
import type { ReviewNote, ReviewReason } from "./review.ts";
import { type SoldBy, soldByWhom } from "./sold-twice.ts";
import type { ToldSale } from "./told-sale.ts";

export interface SaleEntry {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly sale: ToldSale;
}

// What a sale tells of itself, in the order of these, is laid out in told-sale.ts.
const saleColumns = [
  ...["store_code", "terminal_id", "sale_id", "epoch", "seq", "sale_number", "shift_id", "cashier_id", "cashier_name"],
  ...["completed_at", "business_date", "line_count", "gross_fen", "discount_fen", "total_fen", "change_fen"],
];
const lineColumns = [
  ...["store_code", "terminal_id", "sale_id", "line_number", "sku", "name_zh", "name_en", "category_id", "unit"],
  ...["unit_price_fen", "quantity_milli", "gross_fen", "discount_fen", "net_fen"],
];
const tenderColumns = [
  ...["store_code", "terminal_id", "sale_id", "tender_id", "kind", "amount_fen", "received_fen", "change_fen"],
  ...["out_trade_no", "transaction_id", "taking"],
];

export interface InsertedSales {
  readonly days: readonly DayShare[];
  readonly notes: readonly ReviewNote[];
  /** Those that another till of the shop has rung up too. */
  readonly soldElsewhere: readonly SoldBy[];
}

/**
 * Rows of the sales, and their shares of the days. A sale whose id was sold before, in this or an earlier epoch, is
 * flagged and changes nothing; one with a receipt number that was used before is a sale like any other, and flagged.
 */
export async function insertSales(
  tx: Tx,
  place: TerminalPlace,
  ordinal: number,
  entries: readonly SaleEntry[],
): Promise<InsertedSales> {
  const notes: ReviewNote[] = [];
  const flag = ({ epoch, seq }: SaleEntry, reason: ReviewReason, detail: string) =>
    notes.push({ epoch, seq, reason, detail });
  const fresh: SaleEntry[] = [];
  const { known, elsewhere } = await soldAmong(tx, place, entries);
  const numbers = await numbersAmong(tx, place, entries);
  for (const entry of entries) {
    const { saleId, saleNumber, terminalId: soldBy } = entry.sale;
    if (soldBy !== place.terminalId) flag(entry, "other-terminal", soldBy);
    else if (known.has(saleId)) flag(entry, "sale-id-repeated", saleId);
    else {
      known.add(saleId);
      const { unsound: trouble } = entry.sale;
      if (trouble !== null) flag(entry, trouble === "lines" ? "unreadable-body" : "sums-differ", trouble);
      if (numbers.has(saleNumber)) flag(entry, "sale-number-repeated", saleNumber);
      numbers.add(saleNumber);
      if (trouble !== "lines") fresh.push(entry);
    }
  }
  const { storeCode, terminalId } = place;
  await tx.insert(
    { table: "sales", columns: saleColumns },
    fresh.map((entry) => saleValues(place, entry)),
  );
  await tx.insert(
    { table: "sale_lines", columns: lineColumns },
    fresh.flatMap(({ sale }) => sale.lines.map((line) => [storeCode, terminalId, sale.saleId, ...line])),
  );
  await tx.insert(
    { table: "tenders", columns: tenderColumns },
    fresh.flatMap(({ sale }) => sale.tenders.map((tender) => [storeCode, terminalId, sale.saleId, ...tender])),
  );
  return { days: fresh.map((entry) => shareOf(entry, ordinal)), notes, soldElsewhere: elsewhere };
}

/** Which of the sales are stored already: this till's own, and those that others of the shop have rung up. */
async function soldAmong(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  entries: readonly SaleEntry[],
): Promise<{ readonly known: Set<string>; readonly elsewhere: readonly SoldBy[] }> {
  const sold = await soldByWhom(
    tx,
    storeCode,
    entries.map(({ sale }) => sale.saleId),
  );
  const elsewhere = sold.filter((one) => one.terminalId !== terminalId);
  const known = sold.filter((one) => one.terminalId === terminalId);
  return { known: new Set(known.map(({ saleId }) => saleId)), elsewhere };
}

/** Which of the sales' receipt numbers this till has used before. */
async function numbersAmong(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  entries: readonly SaleEntry[],
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const rows = await tx.rows<{ sale_number: string }>(
    `SELECT sale_number FROM sales WHERE store_code = ? AND terminal_id = ? AND sale_number IN (${places(entries)})`,
    [storeCode, terminalId, ...entries.map(({ sale }) => sale.saleNumber)],
  );
  return new Set(rows.map((row) => row.sale_number));
}

function saleValues({ storeCode, terminalId }: TerminalPlace, { epoch, seq, sale }: SaleEntry): SqlRow {
  return [storeCode, terminalId, sale.saleId, epoch, seq, sale.saleNumber, ...sale.row];
}

function shareOf({ seq, hash, sale }: SaleEntry, ordinal: number): DayShare {
  const { businessDate, totalFen: salesFen, discountFen, cashFen, wechatFen, staticCodeFen } = sale;
  return {
    ...nothingOf(businessDate),
    ...{ saleCount: 1, salesFen, cashFen, wechatFen, staticCodeFen, discountFen },
    lastSale: { ordinal, seq, hash },
  };
}
