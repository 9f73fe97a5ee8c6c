import { join } from "node:path";
import Database from "better-sqlite3";
import type { LedgerView } from "#simulators/gateway/ledger-view.ts";
import type { Shop } from "./shop.ts";

/** What the till has stored about money, read from its file while it runs or after its end. */
export interface Books {
  readonly sales: readonly { readonly saleNumber: string; readonly totalFen: number; readonly changeFen: number }[];
  readonly tenders: readonly {
    readonly kind: string;
    readonly amountFen: number;
    readonly outTradeNo: string | null;
  }[];
  readonly attempts: readonly {
    readonly outTradeNo: string;
    readonly kind: string;
    readonly state: string;
    readonly amountFen: number;
  }[];
}

export function readBooks(dataDir: string): Books {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  const all = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  try {
    return {
      sales: all(
        "SELECT sale_number AS saleNumber, total_fen AS totalFen, change_fen AS changeFen FROM sales ORDER BY number",
      ),
      tenders: all("SELECT kind, amount_fen AS amountFen, out_trade_no AS outTradeNo FROM tenders ORDER BY number"),
      attempts: all(
        "SELECT out_trade_no AS outTradeNo, kind, state, amount_fen AS amountFen FROM attempts ORDER BY created_at_ms",
      ),
    };
  } finally {
    db.close();
  }
}

export async function readLedger(shop: Shop): Promise<LedgerView> {
  return (await shop.control("GET", "/gateway/ledger")) as LedgerView;
}

/** What WeChat Pay has of the customer's money and what the till has booked, by payment number; equal when all is well. */
export async function moneyByPayment(
  shop: Shop,
): Promise<{ readonly charged: Record<string, number>; readonly booked: Record<string, number> }> {
  const { orders } = await readLedger(shop);
  const kept = orders.map((order) => [order.outTradeNo, order.chargedFen - order.refundedFen] as const);
  const { tenders } = readBooks(shop.dataDir);
  const booked = tenders.flatMap(({ outTradeNo, amountFen }) =>
    outTradeNo === null ? [] : [[outTradeNo, amountFen] as const],
  );
  return { charged: Object.fromEntries(kept.filter(([, fen]) => fen > 0)), booked: Object.fromEntries(booked) };
}
