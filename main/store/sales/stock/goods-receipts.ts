import { assert } from "#core/result.ts";
import type { GoodsReceipt, ReceiptDraft } from "#core/stock/goods-receipt.ts";
import type { ReceiptState, StockStore, StoredReceipt } from "#main/till/ports/stock-store.ts";
import type { Journal } from "../journal.ts";
import type { Printing } from "../printing.ts";
import type { SalesDatabase } from "../sales-database.ts";

interface ReceiptRow {
  readonly place: number;
  readonly state: ReceiptState;
  readonly body: string;
}

type Receipts = Pick<
  StockStore,
  | "goodsReceipts"
  | "goodsReceipt"
  | "openReceipts"
  | "saveReceiptDraft"
  | "dropReceiptDraft"
  | "bookReceipt"
  | "reverseReceipt"
>;

/** 收货: written down with every scan, booked in one entry, taken back by another. */
export function goodsReceipts({ db, change }: SalesDatabase, journal: Journal, printing: Printing): Receipts {
  const sql = statements(db);

  function stored(receiptId: string): StoredReceipt | null {
    const row = sql.one.get(receiptId);
    return row === undefined ? null : storedOf(row);
  }

  return {
    goodsReceipts: (limit, before) => sql.list.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(storedOf),
    goodsReceipt: stored,
    openReceipts: () => sql.openCount.get() ?? 0,
    saveReceiptDraft(draft) {
      change(() => {
        const { changes } = sql.save.run(draft.receiptId, JSON.stringify(draft));
        assert(changes === 1, `receipt ${draft.receiptId} is not booked yet`);
      });
    },
    dropReceiptDraft: (receiptId) => void change(() => sql.drop.run(receiptId)),
    bookReceipt(receiptId, build, slip) {
      return change(() => {
        const found = stored(receiptId);
        assert(found !== null, `receipt ${receiptId} exists`);
        // Written below alone.
        if (found.state !== "draft") return found.receipt as GoodsReceipt;
        // What was sold before anybody knew how much there was has made the sum of moves fall below nothing.
        const receipt = build(found.receipt, (sku) => {
          const level = sql.level.get(sku);
          return level === undefined || level.is_known === 1 || level.level_milli === 0 ? 0 : -level.level_milli;
        });
        assert(receipt.receiptId === receiptId && receipt.lines.length > 0, "the receipt that was asked for");
        journal.append({ kind: "goods-received", body: receipt });
        sql.end.run("booked", JSON.stringify(receipt), receiptId);
        const job = slip(receipt);
        if (job !== null) printing.add(job);
        return receipt;
      });
    },
    reverseReceipt(reversal) {
      change(() => {
        const found = stored(reversal.receiptId);
        if (found?.state === "reversed") return;
        assert(found?.state === "booked", `receipt ${reversal.receiptId} is booked`);
        journal.append({ kind: "goods-receipt-reversed", body: reversal });
        sql.end.run("reversed", JSON.stringify(found.receipt), reversal.receiptId);
      });
    },
  };
}

function storedOf({ place, state, body }: ReceiptRow): StoredReceipt {
  // Written above alone, in a database whose pages are checked.
  return { place, state, receipt: JSON.parse(body) as ReceiptDraft | GoodsReceipt };
}

function statements(db: SalesDatabase["db"]) {
  return {
    list: db.prepare<[number, number], ReceiptRow>(
      "SELECT place, state, body FROM goods_receipts WHERE place < ? ORDER BY place DESC LIMIT ?",
    ),
    one: db.prepare<[string], ReceiptRow>("SELECT place, state, body FROM goods_receipts WHERE receipt_id = ?"),
    openCount: db.prepare<[], number>("SELECT count(*) FROM goods_receipts WHERE state = 'draft'").pluck(),
    save: db.prepare(`
      INSERT INTO goods_receipts (receipt_id, state, body) VALUES (?, 'draft', ?)
      ON CONFLICT (receipt_id) DO UPDATE SET body = excluded.body WHERE state = 'draft'`),
    drop: db.prepare("DELETE FROM goods_receipts WHERE receipt_id = ? AND state = 'draft'"),
    end: db.prepare("UPDATE goods_receipts SET state = ?, body = ? WHERE receipt_id = ?"),
    level: db.prepare<[string], { readonly level_milli: number; readonly is_known: number }>(
      "SELECT level_milli, is_known FROM stock_levels WHERE sku = ?",
    ),
  };
}
