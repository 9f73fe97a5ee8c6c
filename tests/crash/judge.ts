import { join } from "node:path";
import Database from "better-sqlite3";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Shop } from "#tests/support/shop.ts";
import type { Acknowledged } from "./cycle.ts";

export interface Verdict {
  readonly acknowledged: number;
  /** Acknowledged sales that are not in the books, money taken that no sale accounts for, breaks in the journal. */
  readonly lost: number;
  /** Sales, numbers or payments that are in the books twice, or charged by the gateway more than once. */
  readonly duplicated: number;
  /** Payments whose end is still not known. */
  readonly unresolved: number;
}

interface LedgerOrder {
  readonly outTradeNo: string;
  readonly chargedFen: number;
  readonly refundedFen: number;
}

/** Compares three books: what the screen acknowledged, what the till stored, what the gateway charged. */
export async function judge(shop: Shop, acknowledged: readonly Acknowledged[]): Promise<Verdict> {
  const path = join(shop.dataDir, "sales.db");
  const { orders } = (await shop.control("GET", "/gateway/ledger")) as { readonly orders: readonly LedgerOrder[] };
  const store = openSalesStore({ path, terminalId: "T01", now: Date.now, newId: () => "unused" });
  if (!store.ok) throw new Error(`the books do not open: ${JSON.stringify(store.fault)}`);
  const unresolved = store.value.unfinishedAttempts().length;
  const isChainWhole = store.value.verifyWholeChain().ok;
  store.value.close();

  const db = new Database(path, { readonly: true });
  const sales = db
    .prepare("SELECT sale_id AS saleId, sale_number AS saleNumber, total_fen AS totalFen FROM sales")
    .all() as Acknowledged[];
  const tenders = db
    .prepare("SELECT out_trade_no AS outTradeNo, amount_fen AS amountFen FROM tenders WHERE out_trade_no IS NOT NULL")
    .all() as {
    readonly outTradeNo: string;
    readonly amountFen: number;
  }[];
  db.close();

  const byId = new Map(sales.map((sale) => [sale.saleId, sale]));
  const missing = acknowledged.filter((sale) => {
    const stored = byId.get(sale.saleId);
    return stored?.saleNumber !== sale.saleNumber || stored.totalFen !== sale.totalFen;
  });
  const booked = new Map(tenders.map((tender) => [tender.outTradeNo, tender.amountFen]));
  const unbooked = orders.filter(
    (order) => order.chargedFen - order.refundedFen !== (booked.get(order.outTradeNo) ?? 0),
  );
  const charged = new Set(orders.map((order) => order.outTradeNo));
  const unpaid = tenders.filter((tender) => !charged.has(tender.outTradeNo));
  return {
    acknowledged: acknowledged.length,
    lost: missing.length + unbooked.length + unpaid.length + (isChainWhole ? 0 : 1),
    duplicated: repeats(sales.map((sale) => sale.saleNumber)) + repeats(tenders.map((tender) => tender.outTradeNo)),
    unresolved,
  };
}

function repeats(values: readonly string[]): number {
  return values.length - new Set(values).size;
}
