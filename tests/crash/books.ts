import { join } from "node:path";
import Database from "better-sqlite3";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { LedgerOrder } from "#simulators/gateway/ledger-view.ts";
import { readLedger } from "#tests/support/books.ts";
import type { Shop } from "#tests/support/shop.ts";

/** A sale that the screen called done: from then on it must exist, once, for ever. */
export interface Acknowledged {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: number;
}

/** What people saw: the first of the three books. */
export interface Seen {
  readonly sales: readonly Acknowledged[];
  /** Refunds that the screen said were given back. */
  readonly givenBack: readonly { readonly refundNo: string; readonly amountFen: number }[];
  /** Baskets that were rung up and paid to their end, each by its sale's id. */
  readonly baskets: readonly string[];
}

/** What the till has stored: the second. */
export interface Stored {
  readonly sales: readonly Acknowledged[];
  readonly tenders: readonly {
    readonly saleId: string;
    readonly tenderId: string;
    readonly kind: "cash" | "wechat";
    readonly amountFen: number;
    readonly outTradeNo: string | null;
  }[];
  readonly attempts: readonly { readonly outTradeNo: string; readonly saleId: string; readonly state: string }[];
  readonly refunds: readonly {
    readonly refundNo: string;
    readonly requestId: string;
    readonly tenderId: string;
    readonly kind: "cash" | "wechat";
    readonly state: string;
    readonly amountFen: number;
  }[];
  readonly days: Totals;
  readonly shifts: Totals;
  /** Which sales and which refunds' ends the journal tells of, entry by entry. */
  readonly journal: {
    readonly isWhole: boolean;
    readonly sales: readonly string[];
    readonly refunds: readonly string[];
  };
  readonly unfinished: number;
}

/** Sums the till keeps beside its sales, over all days or all shifts. */
export interface Totals {
  readonly saleCount: number;
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly refundCount: number;
  readonly refundCashFen: number;
  readonly refundWechatFen: number;
}

/** What the gateway did: the third. */
export type Charged = Pick<
  LedgerOrder,
  "outTradeNo" | "amountFen" | "chargedFen" | "refundedFen" | "refunds" | "violations"
>;

export interface Books {
  readonly seen: Seen;
  readonly stored: Stored;
  readonly charged: readonly Charged[];
}

/** Reads the other two books; the till must have ended. */
export async function readThreeBooks(shop: Shop, seen: Seen): Promise<Books> {
  const { orders } = await readLedger(shop);
  return { seen, stored: readStored(join(shop.dataDir, "sales.db")), charged: orders };
}

function readStored(path: string): Stored {
  const store = openSalesStore({ path, terminalId: "T01", now: Date.now, newId: () => "unused" });
  if (!store.ok) throw new Error(`the books do not open: ${JSON.stringify(store.fault)}`);
  const unfinished = store.value.unfinishedAttempts().length + store.value.unfinishedRefunds().length;
  const isWhole = store.value.verifyWholeChain().ok;
  store.value.close();

  const db = new Database(path, { readonly: true });
  const all = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  const totals = (table: string): Totals =>
    db
      .prepare<[], Totals>(
        `SELECT total(sale_count) AS saleCount, total(cash_fen) AS cashFen, total(wechat_fen) AS wechatFen,
           total(refund_count) AS refundCount, total(refund_cash_fen) AS refundCashFen,
           total(refund_wechat_fen) AS refundWechatFen FROM ${table}`,
      )
      .get() ?? noTotals;
  const told = (kind: string, key: string): string[] =>
    all<{ readonly body: Uint8Array }>(`SELECT body FROM journal WHERE kind = '${kind}' ORDER BY position`)
      // Our own entries, whose whole chain was verified above.
      .map(({ body }) => JSON.parse(Buffer.from(body).toString("utf8")) as Record<string, unknown>)
      .map((body) => String(body[key]));
  try {
    return {
      sales: all("SELECT sale_id AS saleId, sale_number AS saleNumber, total_fen AS totalFen FROM sales"),
      tenders: all(`
        SELECT sale_id AS saleId, tender_id AS tenderId, kind, amount_fen AS amountFen, out_trade_no AS outTradeNo
        FROM tenders JOIN sales USING (number)`),
      attempts: all("SELECT out_trade_no AS outTradeNo, sale_id AS saleId, state FROM attempts"),
      refunds: all(`
        SELECT refund_no AS refundNo, body ->> 'requestId' AS requestId, tender_id AS tenderId, kind, state,
          amount_fen AS amountFen FROM refunds`),
      days: totals("day_totals"),
      shifts: totals("shift_totals"),
      journal: { isWhole, sales: told("sale-completed", "saleId"), refunds: told("refund-settled", "refundNo") },
      unfinished,
    };
  } finally {
    db.close();
  }
}

const noTotals: Totals = {
  ...{ saleCount: 0, cashFen: 0, wechatFen: 0 },
  ...{ refundCount: 0, refundCashFen: 0, refundWechatFen: 0 },
};
