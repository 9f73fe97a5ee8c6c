import type Database from "better-sqlite3";
import type { Refund } from "#core/refund/refund.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";

interface RefundRow {
  readonly body: string;
}

/** The refunds' table, row by row; the rules are in refunds.ts and in the table's own triggers. */
export interface RefundRows {
  insert(refund: SaleRefund): void;
  update(refund: SaleRefund): void;
  find(refundNo: string): SaleRefund | null;
  /** Oldest first. */
  ofSale(saleId: string): readonly SaleRefund[];
  /** Oldest first. */
  ofCharge(outTradeNo: string): readonly SaleRefund[];
  unfinished(): readonly SaleRefund[];
  /** Newest first. */
  undelivered(limit: number): readonly SaleRefund[];
}

export function refundRows(db: Database.Database): RefundRows {
  const insert = db.prepare(`
    INSERT INTO refunds
      (refund_no, sale_id, tender_id, other_sale_id, other_tender_id, out_trade_no, kind, state, amount_fen,
       requested_at_ms, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const update = db.prepare("UPDATE refunds SET state = ?, body = ? WHERE refund_no = ?");
  const one = db.prepare<[string], RefundRow>("SELECT body FROM refunds WHERE refund_no = ?");
  const ofSale = db.prepare<[{ readonly id: string }], RefundRow>(
    "SELECT body FROM refunds WHERE sale_id = $id OR other_sale_id = $id ORDER BY position",
  );
  const ofCharge = db.prepare<[string], RefundRow>(
    "SELECT body FROM refunds WHERE out_trade_no = ? AND kind = 'charge' ORDER BY position",
  );
  const unfinished = db.prepare<[], RefundRow>(
    "SELECT body FROM refunds WHERE state NOT IN ('succeeded', 'closed', 'refused') ORDER BY position",
  );

  // Word for word the condition of its index.
  const undelivered = db.prepare<[number], RefundRow>(`
    SELECT body FROM refunds WHERE state IN ('succeeded', 'closed', 'refused')
      AND body ->> '$.gateway.needsManager' AND body ->> '$.handled' IS NULL
    ORDER BY position DESC LIMIT ?`);

  return {
    insert(refund) {
      const { refundNo, kind, state, amountFen, requestedAtMs } = refund;
      const sold = [refund.saleId, refund.tenderId] as const;
      const none = [null, null] as const;
      const of =
        kind === "charge"
          ? ([...none, ...none, refund.gateway?.outTradeNo] as const)
          : refund.soldBy === undefined
            ? ([...sold, ...none, null] as const)
            : ([...none, ...sold, null] as const);
      insert.run(refundNo, ...of, kind, state, amountFen, requestedAtMs, JSON.stringify(refund));
    },
    update(refund) {
      update.run(refund.state, JSON.stringify(refund), refund.refundNo);
    },
    find(refundNo) {
      const row = one.get(refundNo);
      return row === undefined ? null : refundOf(row);
    },
    ofSale: (saleId) => ofSale.all({ id: saleId }).map(refundOf),
    ofCharge: (outTradeNo) => ofCharge.all(outTradeNo).map(refundOf),
    unfinished: () => unfinished.all().map(refundOf),
    undelivered: (limit) => undelivered.all(limit).map(refundOf),
  };
}

function refundOf(row: RefundRow): SaleRefund {
  // Written by this file and nobody else, in a database whose pages and journal are checked.
  const stored = JSON.parse(row.body) as Stored;
  const { gateway } = stored;
  return {
    ...stored,
    handled: stored.handled ?? null,
    gateway: gateway === null ? null : completed(gateway),
  };
}

function completed({ onward, lastSentAtMs, asksSinceSend, ...refund }: StoredRefund): Refund {
  return {
    ...refund,
    onward: onward ?? null,
    lastSentAtMs: lastSentAtMs ?? refund.createdAtMs,
    asksSinceSend: asksSinceSend ?? 0,
  };
}

/**
 * Refunds stored before a stuck one could be sent on, before one could be seen to otherwise or before their last request
 * was timed say nothing of that.
 */
type Stored = Omit<SaleRefund, "gateway" | "handled"> & {
  readonly handled?: SaleRefund["handled"];
  readonly gateway: StoredRefund | null;
};
type Added = "onward" | "lastSentAtMs" | "asksSinceSend";
type StoredRefund = Omit<Refund, Added> & Partial<Pick<Refund, Added>>;
