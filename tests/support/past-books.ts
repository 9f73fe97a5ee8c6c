import { join } from "node:path";
import { sampleReceipt, sampleSale } from "#bench/support/sample-sale.ts";
import { fen } from "#core/money/fen.ts";
import { type SaleRefund } from "#core/refund/sale-refund.ts";
import { newRefund } from "#core/refund/step-refund.ts";
import type { RefundState } from "#core/refund/refund.ts";
import { assert } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { newAttempt } from "#core/tender/step-attempt.ts";
import { openConnection } from "#main/store/connection.ts";
import { migrate } from "#main/store/migrate.ts";
import {
  assembleSalesStore,
  type OpenSalesStore,
  salesFile,
  salesMigrations,
} from "#main/store/sales/open-sales-store.ts";

/** One payment of a day gone by, as the till's own books have it. */
export interface PastPayment {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly atMs: number;
  readonly state: "paid" | "failed" | "reversed" | "unfinished";
  /** When the reverse was accepted; of a reversed one. */
  readonly reversedAtMs?: number;
  readonly refund?: {
    readonly outRefundNo: string;
    readonly amountFen: number;
    readonly atMs: number;
    readonly state: "succeeded" | "unknown";
  };
  /** Books a finished sale of so many lines for it; a payment with a refund has one of one line anyhow. */
  readonly saleLines?: number;
}

/**
 * Writes a past day into the sales.db of a till that stands still: through the store itself, but in one transaction instead
 * of ten thousand. An open shift is expected.
 */
export function writePastBooks(
  dataDir: string,
  till: { readonly terminalId: string; readonly shiftId: string },
  payments: readonly PastPayment[],
): void {
  const path = join(dataDir, "sales.db");
  const opened = openConnection(path, salesFile);
  assert(opened.ok, "sales.db opens");
  const migrated = migrate(opened.value, { path, applicationId: salesFile.applicationId }, salesMigrations, () => {});
  assert(migrated.ok, "sales.db has its shape");
  let ids = 0;
  const newId = (): string => `past-${String((ids += 1)).padStart(8, "0")}`;
  const db = opened.value;
  const store = assembleSalesStore(
    { db, change: (work) => work() },
    { terminalId: till.terminalId, now: Date.now, newId },
  );
  db.exec("BEGIN IMMEDIATE");
  for (const payment of payments) writePayment(store, till, payment);
  db.exec("COMMIT");
  store.close();
}

/** What a past sale of so many lines costs. */
export function pastSaleFen(lineCount = 1): number {
  return sampleSale({ saleId: "price", saleNumber: "-", lineCount }).totalFen;
}

function writePayment(
  store: OpenSalesStore,
  till: { readonly terminalId: string; readonly shiftId: string },
  payment: PastPayment,
): void {
  const { outTradeNo, atMs, state } = payment;
  const amountFen = fen(payment.amountFen);
  const saleId = `sale of ${outTradeNo}`;
  const tenderId = `tender of ${outTradeNo}`;
  const made = newAttempt({ kind: "codepay", outTradeNo, saleId, tenderId, amountFen, nowMs: atMs });
  const begun: Attempt = { ...made, state: "pending", sentAtMs: atMs, deadlineAtMs: atMs + 45_000 };
  store.createAttempt(begun);
  if (state === "unfinished") return;
  const settled = endOf(begun, payment);
  if (state !== "paid" || (payment.refund === undefined && payment.saleLines === undefined)) {
    return store.settleAttempt(settled, null);
  }
  const lineCount = payment.saleLines ?? 1;
  assert(amountFen === pastSaleFen(lineCount), "a past sale costs what its lines cost");
  const completedAt = localIso(atMs, 480);
  const tender = { kind: "wechat", tenderId, amountFen, method: "codepay", outTradeNo } as const;
  const sale = sampleSale({
    ...{
      saleId,
      saleNumber: "-",
      lineCount,
      shiftId: till.shiftId,
      completedAt,
      businessDate: completedAt.slice(0, 10),
    },
    tenders: [{ ...tender, transactionId: `42${outTradeNo}`, payerTotalFen: amountFen }],
  });
  store.commitSale(saleId, (saleNumber) => ({ ...sale, saleNumber }), settled, sampleReceipt);
  if (payment.refund !== undefined) writeRefund(store, payment, payment.refund, store.saleNumberOf(saleId) ?? "");
}

function endOf(begun: Attempt, { atMs, state, reversedAtMs = atMs }: PastPayment): Attempt {
  if (state === "failed") {
    return { ...begun, state: "failed", refused: { reason: "code-expired", code: "AUTH_CODE_EXPIRED" } };
  }
  if (state === "reversed") {
    return { ...begun, state: "reversed", undoingSinceMs: atMs, undoTries: 1, undoAcceptedAtMs: reversedAtMs };
  }
  const facts = { transactionId: `42${begun.outTradeNo}`, payerTotalFen: begun.amountFen };
  return { ...begun, state: "paid", paid: { ...facts, successTime: localIso(atMs, 480) } };
}

function writeRefund(
  store: OpenSalesStore,
  { outTradeNo, amountFen: totalFen }: PastPayment,
  refund: NonNullable<PastPayment["refund"]>,
  saleNumber: string,
): void {
  const { outRefundNo, atMs } = refund;
  const saleId = `sale of ${outTradeNo}`;
  const tenderId = `tender of ${outTradeNo}`;
  const money = { saleId, tenderId, amountFen: fen(refund.amountFen), reason: "" };
  const gateway = newRefund({
    ...{ ...money, outRefundNo, outTradeNo, transactionId: null, totalFen: fen(totalFen), nowMs: atMs },
  });
  const asked: SaleRefund = {
    ...{ ...money, refundNo: outRefundNo, requestId: outRefundNo, kind: "wechat", saleNumber },
    ...{
      cashierId: "c1",
      cashierName: "林小雨",
      approvedBy: "m1",
      state: "requested",
      gateway,
      given: null,
      handled: null,
    },
    ...{ requestedAt: localIso(atMs, 480), requestedAtMs: atMs },
  };
  store.createRefund(asked);
  const time = localIso(atMs, 480);
  const facts = {
    refundId: `50${outRefundNo}`,
    payerRefundFen: fen(refund.amountFen),
    createTime: time,
    successTime: time,
  };
  const state: RefundState = refund.state;
  if (state === "unknown") return store.saveRefund({ ...gateway, state, sendTries: 1 });
  store.settleRefund(
    { ...gateway, state: "succeeded", facts },
    { at: time, businessDate: time.slice(0, 10) },
    () => "[]",
  );
}
