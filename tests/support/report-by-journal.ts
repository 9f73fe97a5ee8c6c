import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Sale } from "#core/sale/sale.ts";
import { journalBodies } from "./journal-bodies.ts";

/** A whole till's report, added up from its journal in the plainest way there is, with nothing of the product's. */
export function reportByJournal(dataDir: string) {
  // The till's own entries, read by their names alone.
  const sales = journalBodies(dataDir, "sale-completed") as readonly Sale[];
  const refunds = journalBodies(dataDir, "refund-settled") as readonly SaleRefund[]; // as above
  const voids = [...journalBodies(dataDir, "line-voided"), ...journalBodies(dataDir, "sale-voided")];
  const given = refunds.filter((refund) => refund.given !== null && refund.kind !== "charge");
  let [net, gross, cash, wechat, refunded] = [0, 0, 0, 0, 0];
  const items = new Map<string, number>();
  const categories = new Map<string, number>();
  const taxes = new Map<string, number>();
  const cashiers = new Map<string, number>();
  const hours = new Map<string, number>();
  const add = (to: Map<string, number>, key: string, fen: number): unknown => to.set(key, (to.get(key) ?? 0) + fen);
  for (const sale of sales) {
    net += sale.totalFen;
    gross += sale.grossFen;
    add(cashiers, sale.cashierId, sale.totalFen);
    add(hours, sale.completedAt.slice(11, 13), sale.totalFen);
    for (const tender of sale.tenders) {
      if (tender.kind === "cash") cash += tender.amountFen;
      if (tender.kind === "wechat") wechat += tender.amountFen;
    }
    for (const line of sale.lines) {
      add(items, line.sku ?? "", line.netFen);
      add(categories, line.categoryId ?? "", line.netFen);
      add(taxes, line.taxClass, line.netFen);
    }
  }
  for (const refund of given) refunded += refund.amountFen;
  return {
    ...{ net, gross, cash, wechat, refunded, saleCount: sales.length, refundCount: given.length },
    ...{ voidCount: voids.length, discount: gross - net },
    ...{ items, categories, taxes, cashiers, hours, numbers: sales.map(({ saleNumber }) => saleNumber) },
  };
}

/** "1,234.50" of fen. */
export function inYuan(fen: number): string {
  const [whole = "0", decimals = "00"] = plainYuan(fen).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
}

/** "1234.50" of fen. */
export function plainYuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
