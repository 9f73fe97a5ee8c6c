import { findingsAtOnce, type JobFault, type ReconcileJob, type ReconcileResult } from "#contract/worker/messages.ts";
import type { BillRow, TradeBill } from "#core/reconciliation/bill.ts";
import type { LocalPayment, LocalRefund } from "#core/reconciliation/finding.ts";
import { accountDay, type FundFlowRow } from "#core/reconciliation/fund-flow.ts";
import { ownNumbers } from "#core/reconciliation/own-numbers.ts";
import { reconcile, type Reconciliation } from "#core/reconciliation/reconcile.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { createFundFlowReader } from "#main/payments/bill/fund-flow-bill.ts";
import { createTradeBillReader } from "#main/payments/bill/trade-bill.ts";
import { type Books, openBooks } from "#main/store/sales/open-books.ts";
import { type ReadBill, readAndKeep } from "./read-and-keep.ts";
import type { Hands } from "./workbench.ts";

/** Reads a day's bills, compares them with sales.db and hands the findings over, some at a time. */
export async function reconcileDay(job: ReconcileJob, hands: Hands): Promise<Result<ReconcileResult, JobFault>> {
  const beganMs = performance.now();
  const { day, mchid, keep } = job;
  const trade = await readOne<BillRow>("trade", job, keep?.trade ?? null, hands, (line) =>
    createTradeBillReader({ mchid, day }, line),
  );
  if (!trade.ok) return trade;
  const tradeReadMs = performance.now();
  const fundFlow = await readOne<FundFlowRow>("fund-flow", job, keep?.fundFlow ?? null, hands, (line) =>
    createFundFlowReader(day, line),
  );
  if (!fundFlow.ok) return fundFlow;

  const fundFlowReadMs = performance.now();
  const bill = trade.value === null ? null : { rows: trade.value.rows };
  const compared = compare(job, bill);
  const result: ReconcileResult = {
    ...{ trade: hashesOf(trade.value), fundFlow: hashesOf(fundFlow.value) },
    rowCount: bill?.rows.length ?? 0,
    othersCount: compared.othersCount,
    billPaidFen: compared.billPaidFen,
    billRefundedFen: compared.billRefundedFen,
    herePaidFen: compared.herePaidFen,
    hereRefundedFen: compared.hereRefundedFen,
    isEmptyDayRight: compared.isEmptyDayRight,
    account: fundFlow.value === null ? null : accountDay(fundFlow.value.rows, bill),
    took: {
      tradeMs: tradeReadMs - beganMs,
      fundFlowMs: fundFlowReadMs - tradeReadMs,
      matchMs: performance.now() - fundFlowReadMs,
    },
  };
  const { findings } = compared;
  for (let at = 0; at < findings.length; at += findingsAtOnce) {
    await hands.give(findings.slice(at, at + findingsAtOnce));
    await hands.pause(at / findings.length);
  }
  return ok(result);
}

/** Null where the job names none. */
async function readOne<R>(
  which: "trade" | "fund-flow",
  job: ReconcileJob,
  keepAt: string | null,
  hands: Hands,
  createReader: Parameters<typeof readAndKeep<R>>[2],
): Promise<Result<ReadBill<R> | null, JobFault>> {
  const source = which === "trade" ? job.trade : job.fundFlow;
  if (source === null) return ok(null);
  const read = await readAndKeep<R>(source, keepAt, createReader, (share) => hands.pause(share));
  return read.ok ? read : fail({ ...read.fault, which });
}

function hashesOf(bill: ReadBill<unknown> | null): ReconcileResult["trade"] {
  return bill === null ? null : { sha1: bill.sha1, keptSha1: bill.keptSha1 };
}

function compare(job: ReconcileJob, bill: TradeBill | null): Reconciliation {
  const books = openBooks(job.salesDb);
  try {
    const awaited = new Set(job.awaited);
    const known = new Map(books.paidAround(job.day).map((payment) => [payment.outTradeNo, payment]));
    const made = ownNumbers(job.till, job.day);
    // A payment of this till keeps its number when the shop is given another code.
    const isOurs = (outTradeNo: string): boolean => made(outTradeNo) || known.has(outTradeNo);
    const own = (bill?.rows ?? []).filter((row) => isOurs(row.outTradeNo));
    const payments = withNamed(known, [...own.map((row) => row.outTradeNo), ...awaited], books.payment);
    const refunds = refundsFor(books, job.day, [...own.map((row) => refundNoOf(row)), ...awaited]);
    return reconcile({ day: job.day, bill, payments, refunds, awaited, isOurs });
  } finally {
    books.close();
  }
}

function withNamed(
  known: ReadonlyMap<string, LocalPayment>,
  numbers: readonly string[],
  find: Books["payment"],
): readonly LocalPayment[] {
  const all = new Map(known);
  for (const number of numbers) {
    const payment = all.has(number) ? null : find(number);
    if (payment !== null) all.set(number, payment);
  }
  return [...all.values()];
}

function refundsFor(books: Books, day: string, numbers: readonly (string | null)[]): readonly LocalRefund[] {
  const all = new Map(books.refundsAround(day).map((refund) => [refund.outRefundNo, refund]));
  for (const number of numbers) {
    const refund = number === null || all.has(number) ? null : books.refund(number);
    if (refund !== null) all.set(refund.outRefundNo, refund);
  }
  return [...all.values()];
}

function refundNoOf(row: BillRow): string | null {
  return row.kind === "refund" ? row.outRefundNo : null;
}
