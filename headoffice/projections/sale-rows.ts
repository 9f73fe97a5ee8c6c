import type { SqlRow, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { SaleBody } from "./bodies.ts";
import { type DayShare, nothingOf } from "./day-totals.ts";
import type { ReviewNote, ReviewReason } from "./review.ts";

export interface SaleEntry {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly sale: SaleBody;
}

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
    const { saleId, saleNumber, terminalId } = entry.sale;
    if (terminalId !== place.terminalId) flag(entry, "other-terminal", terminalId);
    else if (known.has(saleId)) flag(entry, "sale-id-repeated", saleId);
    else {
      known.add(saleId);
      const trouble = unsoundness(entry.sale);
      if (trouble !== null) flag(entry, trouble === "lines" ? "unreadable-body" : "sums-differ", trouble);
      if (numbers.has(saleNumber)) flag(entry, "sale-number-repeated", saleNumber);
      numbers.add(saleNumber);
      if (trouble !== "lines") fresh.push(entry);
    }
  }
  await tx.insert(
    { table: "sales", columns: saleColumns },
    fresh.map((entry) => saleValues(place, entry)),
  );
  await tx.insert(
    { table: "sale_lines", columns: lineColumns },
    fresh.flatMap((entry) => lineValues(place, entry)),
  );
  await tx.insert(
    { table: "tenders", columns: tenderColumns },
    fresh.flatMap((entry) => tenderValues(place, entry)),
  );
  return { days: fresh.map((entry) => shareOf(entry, ordinal)), notes };
}

/** Which of the entries' ids or numbers are stored already. */
async function knownAmong(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  entries: readonly SaleEntry[],
  column: "sale_id" | "sale_number",
  valueOf: (sale: SaleBody) => string,
): Promise<Set<string>> {
  if (entries.length === 0) return new Set();
  const places = entries.map(() => "?").join(", ");
  const rows = await tx.rows<{ value: string }>(
    `SELECT ${column} AS value FROM sales WHERE store_code = ? AND terminal_id = ? AND ${column} IN (${places})`,
    [storeCode, terminalId, ...entries.map(({ sale }) => valueOf(sale))],
  );
  return new Set(rows.map(({ value }) => value));
}

/** `lines`: two lines or tenders share their key, so that they cannot be kept apart. Else which sums differ; null: none. */
function unsoundness(sale: SaleBody): string | null {
  const { lines, tenders, totalFen, grossFen } = sale;
  const isTwice = (keys: readonly (string | number)[]) => new Set(keys).size < keys.length;
  if (isTwice(lines.map(({ lineNumber }) => lineNumber)) || isTwice(tenders.map(({ tenderId }) => tenderId))) {
    return "lines";
  }
  let [netFen, tenderedFen] = [0, 0];
  for (const line of lines) netFen += line.netFen;
  for (const tender of tenders) tenderedFen += tender.amountFen;
  if (netFen !== totalFen) return "lines and total";
  if (tenderedFen !== totalFen) return "tenders and total";
  const givenFen = discountOf(sale);
  return grossFen - givenFen === totalFen ? null : "discounts and total";
}

function saleValues({ storeCode, terminalId }: TerminalPlace, { epoch, seq, sale }: SaleEntry): SqlRow {
  return [
    ...[storeCode, terminalId, sale.saleId, epoch, seq, sale.saleNumber, sale.shiftId, sale.cashierId],
    ...[sale.cashierName, sale.completedAt, sale.businessDate, sale.lines.length, sale.grossFen, discountOf(sale)],
    ...[sale.totalFen, sale.changeFen],
  ];
}

function lineValues({ storeCode, terminalId }: TerminalPlace, { sale }: SaleEntry): readonly SqlRow[] {
  return sale.lines.map((line) => [
    ...[storeCode, terminalId, sale.saleId, line.lineNumber, line.sku, line.nameZh, line.nameEn, line.categoryId],
    ...[line.unit, line.unitPriceFen, line.quantity, line.grossFen, line.grossFen - line.netFen, line.netFen],
  ]);
}

function tenderValues({ storeCode, terminalId }: TerminalPlace, { sale }: SaleEntry): readonly SqlRow[] {
  return sale.tenders.map((tender) => {
    const start = [storeCode, terminalId, sale.saleId, tender.tenderId, tender.kind, tender.amountFen];
    switch (tender.kind) {
      case "cash":
        return [...start, tender.receivedFen, tender.changeFen, null, null, null];
      case "wechat":
        return [...start, null, null, tender.outTradeNo, tender.transactionId, null];
      case "static-code":
        return [...start, null, null, null, null, "open"];
    }
  });
}

function shareOf({ seq, hash, sale }: SaleEntry, ordinal: number): DayShare {
  let [cashFen, wechatFen, staticCodeFen] = [0, 0, 0];
  for (const { kind, amountFen } of sale.tenders) {
    if (kind === "cash") cashFen += amountFen;
    else if (kind === "wechat") wechatFen += amountFen;
    else staticCodeFen += amountFen;
  }
  return {
    ...nothingOf(sale.businessDate),
    ...{ saleCount: 1, salesFen: sale.totalFen, cashFen, wechatFen, staticCodeFen, discountFen: discountOf(sale) },
    lastSale: { ordinal, seq, hash },
  };
}

/** What the shop gave up of the full price: line and sale discounts, promotions and 抹零 together. */
function discountOf({ lineDiscountFen, saleDiscountFen, roundingFen, promotionFen = 0 }: SaleBody): number {
  return lineDiscountFen + promotionFen + saleDiscountFen + roundingFen;
}
