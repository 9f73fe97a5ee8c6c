import type { SqlRow, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { type DayShare, nothingOf } from "./day-totals.ts";
import type { ReviewNote, ReviewReason } from "./review.ts";
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

/**
 * Rows of the sales, and their shares of the days. A sale whose id was sold before, in this or an earlier epoch, is
 * flagged and changes nothing; one with a receipt number that was used before is a sale like any other, and flagged.
 */
export async function insertSales(
  tx: Tx,
  place: TerminalPlace,
  ordinal: number,
  entries: readonly SaleEntry[],
): Promise<{ readonly days: readonly DayShare[]; readonly notes: readonly ReviewNote[] }> {
  const notes: ReviewNote[] = [];
  const flag = ({ epoch, seq }: SaleEntry, reason: ReviewReason, detail: string) =>
    notes.push({ epoch, seq, reason, detail });
  const fresh: SaleEntry[] = [];
  const known = await knownAmong(tx, place, entries, "sale_id", ({ saleId }) => saleId);
  const numbers = await knownAmong(tx, place, entries, "sale_number", ({ saleNumber }) => saleNumber);
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
  return { days: fresh.map((entry) => shareOf(entry, ordinal)), notes };
}

/** Which of the entries' ids or numbers are stored already. */
async function knownAmong(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  entries: readonly SaleEntry[],
  column: "sale_id" | "sale_number",
  valueOf: (sale: ToldSale) => string,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const places = entries.map(() => "?").join(", ");
  const rows = await tx.rows<{ value: string }>(
    `SELECT ${column} AS value FROM sales WHERE store_code = ? AND terminal_id = ? AND ${column} IN (${places})`,
    [storeCode, terminalId, ...entries.map(({ sale }) => valueOf(sale))],
  );
  return new Set(rows.map(({ value }) => value));
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
