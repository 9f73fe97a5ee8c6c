import type Database from "better-sqlite3";
import type { CartLine } from "#core/cart/cart.ts";
import {
  hourOf,
  type Share,
  sharesOfLooseReturn,
  sharesOfRefund,
  sharesOfSale,
  sharesOfVoid,
  voidedFen,
} from "#core/report/shares.ts";
import type { LooseReturn } from "#core/returns/loose-return.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { JournalDraft } from "#main/till/ports/sales-store.ts";

/** The body of `line-voided` and of `sale-voided`; the day is absent in those written before reports counted them. */
interface VoidBody {
  readonly at?: string;
  readonly businessDate?: string;
  readonly cashierId?: string;
  readonly line?: CartLine;
  readonly lines?: readonly CartLine[];
}

/** What one entry of the journal adds to the reports, and to which day; null for one that adds nothing. */
export interface Counted {
  readonly businessDate: string;
  readonly shares: readonly Share[];
}

/** Bodies are as the till writes them, or has written them into a journal that is chained and checked. */
export function countEntry({ kind, body }: JournalDraft): Counted | null {
  if (kind === "sale-completed") {
    const sale = body as Sale; // written by sales.ts alone
    return { businessDate: sale.businessDate, shares: sharesOfSale(sale) };
  }
  if (kind === "refund-settled") {
    const refund = body as SaleRefund; // written by refunds.ts alone
    if (refund.given === null) return null;
    return { businessDate: refund.given.businessDate, shares: sharesOfRefund(refund) };
  }
  if (kind === "return-without-receipt") {
    const given = body as LooseReturn; // written by loose-returns.ts alone
    return { businessDate: given.businessDate, shares: sharesOfLooseReturn(given) };
  }
  if (kind !== "line-voided" && kind !== "sale-voided") return null;
  const { at, businessDate, cashierId = "", line, lines = line === undefined ? [] : [line] } = body as VoidBody; // voiding.ts
  if (at === undefined || businessDate === undefined) return null;
  return { businessDate, shares: sharesOfVoid({ at, cashierId, lines }) };
}

/**
 * Keeps the sums of the reports: called inside the transaction that writes the entry, so that a sale and its sums are on
 * disk together or not at all.
 */
export function reportTotals(db: Database.Database): (entry: JournalDraft, position: number) => void {
  const add = sharesWriter(db);
  // A name that stays as it is costs no page.
  const nameItem = db.prepare(`
    INSERT INTO sold_items (sku, name_zh, name_en, unit) VALUES (?, ?, ?, ?)
    ON CONFLICT (sku) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en, unit = excluded.unit
    WHERE (name_zh, name_en, unit) <> (excluded.name_zh, excluded.name_en, excluded.unit)`);
  const addEvent = db.prepare(`
    INSERT INTO report_events (position, business_date, kind, hour, tender, cashier_id, amount_fen)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);

  return (entry, position) => {
    const counted = countEntry(entry);
    if (counted === null) return;
    const { businessDate, shares } = counted;
    for (const share of shares) add(businessDate, share);
    if (entry.kind === "sale-completed") {
      const { lines } = entry.body as Sale; // as above
      for (const { sku, nameZh, nameEn, unit } of lines) if (sku !== null) nameItem.run(sku, nameZh, nameEn, unit);
    } else if (entry.kind === "refund-settled") {
      const { kind, given, cashierId, amountFen } = entry.body as SaleRefund; // as above
      const of = kind === "charge" ? "charge" : "refund";
      addEvent.run(position, businessDate, of, hourOf(given?.at ?? ""), kind, cashierId, amountFen);
    } else if (entry.kind === "return-without-receipt") {
      const { at, cashierId, amountFen, lines } = entry.body as LooseReturn; // as above
      for (const { sku, nameZh, nameEn, unit } of lines) nameItem.run(sku, nameZh, nameEn, unit);
      addEvent.run(position, businessDate, "refund", hourOf(at), "cash", cashierId, amountFen);
    } else {
      const { at, cashierId = "", line, lines = line === undefined ? [] : [line] } = entry.body as VoidBody; // as above
      addEvent.run(position, businessDate, "void", hourOf(at ?? ""), "", cashierId, voidedFen(lines));
    }
  };
}

/** Adds to what is kept of a key on a day. */
export function sharesWriter(db: Database.Database): (businessDate: string, share: Share) => void {
  const add = db.prepare(`
    INSERT INTO report_totals (dimension, business_date, key, sale_count, piece_count, quantity_milli, gross_fen,
      discount_fen, net_fen, refund_count, refund_fen, void_count, void_fen,
      taxed_fen, tax_fen, refund_taxed_fen, refund_tax_fen)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (dimension, business_date, key) DO UPDATE SET
      sale_count = sale_count + excluded.sale_count, piece_count = piece_count + excluded.piece_count,
      quantity_milli = quantity_milli + excluded.quantity_milli, gross_fen = gross_fen + excluded.gross_fen,
      discount_fen = discount_fen + excluded.discount_fen, net_fen = net_fen + excluded.net_fen,
      refund_count = refund_count + excluded.refund_count, refund_fen = refund_fen + excluded.refund_fen,
      void_count = void_count + excluded.void_count, void_fen = void_fen + excluded.void_fen,
      taxed_fen = taxed_fen + excluded.taxed_fen, tax_fen = tax_fen + excluded.tax_fen,
      refund_taxed_fen = refund_taxed_fen + excluded.refund_taxed_fen,
      refund_tax_fen = refund_tax_fen + excluded.refund_tax_fen`);
  return (businessDate, share) => {
    add.run(
      ...[share.dimension, businessDate, share.key, share.saleCount, share.pieceCount, share.quantityMilli],
      ...[share.grossFen, share.discountFen, share.netFen],
      ...[share.refundCount, share.refundFen, share.voidCount, share.voidFen],
      ...[share.taxedFen, share.taxFen, share.refundTaxedFen, share.refundTaxFen],
    );
  };
}
