import Database from "better-sqlite3";
import { beijingDay, beijingTimeOf } from "#core/reconciliation/beijing-day.ts";
import { dayAfter } from "#core/reconciliation/bill-day.ts";
import type { LocalPayment, LocalRefund } from "#core/reconciliation/finding.ts";
import type { SaleRefund } from "#core/refund/sale-refund.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { StoredFinding } from "#main/till/ports/reconciliation-store.ts";
import { findingRows } from "./findings.ts";

/** sales.db through a connection of its own that cannot write, for a process that is not the till. */
export interface Books {
  /** What the gateway says was paid on the day, the day before and the day after. */
  paidAround(day: string): readonly LocalPayment[];
  payment(outTradeNo: string): LocalPayment | null;
  /** Refunds the gateway accepted on the day, the day before and the day after. */
  refundsAround(day: string): readonly LocalRefund[];
  refund(outRefundNo: string): LocalRefund | null;
  /** As the page shows them. */
  findings(day: string, after: number, limit: number): readonly StoredFinding[];
  saleNumber(saleId: string): string | null;
  close(): void;
}

/** Longest wait while the till checkpoints its log. */
const busyTimeoutMs = 5_000;

/** Throws what SQLite throws: the job that asked for it ends. */
export function openBooks(path: string): Books {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  // One picture of both tables, however long the comparison takes and whatever is sold meanwhile.
  db.exec("BEGIN");
  // The gateway's times all end with +08:00, so their order is that of their letters.
  const paid = db.prepare<[string, string], BodyRow>(`
    SELECT body FROM attempts WHERE state = 'paid'
      AND json_extract(body, '$.paid.successTime') >= ? AND json_extract(body, '$.paid.successTime') < ?`);
  const attempt = db.prepare<[string], BodyRow>("SELECT body FROM attempts WHERE out_trade_no = ?");
  const accepted = db.prepare<[string, string], BodyRow>(`
    SELECT body FROM refunds WHERE kind <> 'cash'
      AND json_extract(body, '$.gateway.facts.createTime') >= ? AND json_extract(body, '$.gateway.facts.createTime') < ?`);
  const refund = db.prepare<[string], BodyRow>("SELECT body FROM refunds WHERE refund_no = ? AND kind <> 'cash'");
  const saleNumber = db.prepare<[string], string>("SELECT sale_number FROM sales WHERE sale_id = ?").pluck();
  const givenBack = chargesGivenBack(db);
  const rows = findingRows(db);
  const around = (day: string) => [dayAfter(day, -1), dayAfter(day, 2)] as const;
  // Written by attempt-rows.ts alone, in a database whose pages and journal are checked.
  const paymentOf = (row: BodyRow): LocalPayment => localPayment(JSON.parse(row.body) as Attempt, givenBack);

  return {
    paidAround: (day) => paid.all(...around(day)).map(paymentOf),
    payment(outTradeNo) {
      const row = attempt.get(outTradeNo);
      return row === undefined ? null : paymentOf(row);
    },
    refundsAround: (day) => accepted.all(...around(day)).flatMap(refundOf),
    refund(outRefundNo) {
      const row = refund.get(outRefundNo);
      return row === undefined ? null : (refundOf(row)[0] ?? null);
    },
    findings: (day, after, limit) => rows.everyOne(day, after, limit),
    saleNumber: (saleId) => saleNumber.get(saleId) ?? null,
    close: () => void db.close(),
  };
}

interface BodyRow {
  readonly body: string;
}

/** Payments that no sale books and whose refund is done or on its way, by their numbers. */
function chargesGivenBack(db: Database.Database): ReadonlySet<string> {
  const numbers = db
    .prepare<[], string>(
      "SELECT json_extract(body, '$.gateway.outTradeNo') FROM refunds WHERE kind = 'charge' AND state NOT IN ('closed', 'refused')",
    )
    .pluck();
  return new Set(numbers.all());
}

function localPayment(attempt: Attempt, givenBack: ReadonlySet<string>): LocalPayment {
  const { outTradeNo, saleId, amountFen, state, createdAtMs, paid } = attempt;
  return {
    ...{ outTradeNo, saleId, amountFen },
    state: stateInBooks(attempt),
    ...(attempt.kind === "carried" ? { isCarried: true } : {}),
    createdDay: beijingDay(createdAtMs),
    successAt: paid === null ? null : beijingTimeOf(paid.successTime),
    reversedDay: state === "reversed" ? beijingDay(reversedAtMs(attempt)) : null,
    isGivenBack: state !== "paid" && givenBack.has(outTradeNo),
  };
}

function stateInBooks({ state }: Attempt): LocalPayment["state"] {
  return state === "paid" || state === "failed" || state === "reversed" || state === "abandoned" ? state : "unfinished";
}

/** When a reverse was last accepted; without one, when the till began to undo: the gateway gave it back by itself. */
function reversedAtMs({ undoAcceptedAtMs, undoingSinceMs, createdAtMs }: Attempt): number {
  return undoAcceptedAtMs ?? undoingSinceMs ?? createdAtMs;
}

function refundOf(row: BodyRow): readonly LocalRefund[] {
  // Written by refund-rows.ts alone, in a database whose pages and journal are checked.
  const { refundNo, saleId, amountFen, state, gateway } = JSON.parse(row.body) as SaleRefund;
  if (gateway === null) return [];
  const createTime = gateway.facts?.createTime ?? null;
  const acceptedAt = createTime === null ? null : beijingTimeOf(createTime);
  return [{ outRefundNo: refundNo, outTradeNo: gateway.outTradeNo, saleId, amountFen, state, acceptedAt }];
}
