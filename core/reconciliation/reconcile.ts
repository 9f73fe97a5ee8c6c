import { isOnDay } from "./beijing-day.ts";
import type { BillPayment, BillRefund, TradeBill } from "./bill.ts";
import type { Finding, LocalPayment, LocalRefund } from "./finding.ts";
import { isByOtherTill } from "#core/refund/sale-refund.ts";
import { matchPayments } from "./match-payments.ts";
import { matchRefunds } from "./match-refunds.ts";

export interface ReconciliationFacts {
  /** The bill's day, YYYY-MM-DD in Beijing, whatever the shop's own business day. */
  readonly day: string;
  /** Null for the gateway's "no statement exists". */
  readonly bill: TradeBill | null;
  /** At least every attempt made, paid or reversed on the day and on the day before, and all unfinished ones. */
  readonly payments: readonly LocalPayment[];
  /** At least every refund asked for or accepted on the day and on the day before, and all unfinished ones. */
  readonly refunds: readonly LocalRefund[];
  /** Numbers of payments and refunds that the day before left to this bill (`wait-for-next-bill`). */
  readonly awaited: ReadonlySet<string>;
  /** The bill is the whole merchant's: whether this number was made by the till or shop that reconciles. */
  readonly isOurs: (outTradeNo: string) => boolean;
}

export interface Reconciliation {
  readonly day: string;
  /** Payments first, then refunds; in the bill's order, then what the bill lacks. */
  readonly findings: readonly Finding[];
  /** Rows of other tills or systems of the same merchant. */
  readonly othersCount: number;
  /** Fen; sums of what is ours, in the bill and here. */
  readonly billPaidFen: number;
  readonly billRefundedFen: number;
  readonly herePaidFen: number;
  readonly hereRefundedFen: number;
  /** False where the gateway says nothing happened on a day with successes of ours: the bill itself is doubtful. */
  readonly isEmptyDayRight: boolean;
}

/**
 * Compares a day's bill with what the till knows, number by number: every row that is ours and every success here is in
 * exactly one finding. The bill's day is the day of success, so what crossed midnight is told apart from what is missing.
 * Source: WeChat Pay bill rules; no bill exists for a day on which nothing was paid or refunded.
 */
export function reconcile(facts: ReconciliationFacts): Reconciliation {
  const { day, bill, payments, refunds, awaited, isOurs } = facts;
  // A refund is whose who gave it: another till's of our payment is its own affair, ours of another's payment is ours.
  const refundsHere = new Set(refunds.map(({ outRefundNo }) => outRefundNo));
  const byOffice = new Set(payments.flatMap(({ isCarried, outTradeNo }) => (isCarried ? [`${outTradeNo}R1`] : [])));
  const rows = (bill?.rows ?? []).filter((row) =>
    // What was abandoned here head office gives back, and it alone (docs/CARRIED.md).
    row.kind === "refund" && byOffice.has(row.outRefundNo) && !refundsHere.has(row.outRefundNo)
      ? false
      : row.kind !== "refund" || (!isByOtherTill(row.outRefundNo) && !refundsHere.has(row.outRefundNo))
        ? isOurs(row.outTradeNo)
        : refundsHere.has(row.outRefundNo),
  );
  const paid = rows.filter((row): row is BillPayment => row.kind === "payment");
  const givenBack = rows.filter((row): row is BillRefund => row.kind !== "payment");
  const findings = [
    ...matchPayments({ day, awaited }, paid, givenBack, payments),
    ...matchRefunds({ day, awaited }, givenBack, refunds),
  ];
  const paidHere = payments.filter(({ state, successAt }) => state === "paid" && isOnDay(successAt, day));
  const refundedHere = refunds.filter((refund) => isRefundedHere(refund) && isOnDay(refund.acceptedAt, day));
  return {
    day,
    findings,
    othersCount: (bill?.rows.length ?? 0) - rows.length,
    billPaidFen: sum(paid.map((row) => row.totalFen)),
    billRefundedFen: sum(givenBack.filter((row) => row.isAlive).map((row) => row.refundFen)),
    herePaidFen: sum(paidHere.map((payment) => payment.amountFen)),
    hereRefundedFen: sum(refundedHere.map((refund) => refund.amountFen)),
    isEmptyDayRight: bill !== null || (paidHere.length === 0 && refundedHere.length === 0),
  };
}

/** What the next day's reconciliation has to be told as `awaited`. */
export function awaitedNumbers(reconciliation: Reconciliation): ReadonlySet<string> {
  const waiting = reconciliation.findings.filter((finding) => finding.action === "wait-for-next-bill");
  return new Set(waiting.map((finding) => finding.outRefundNo ?? finding.outTradeNo));
}

/** What still needs somebody: everything but agreement and the crossing of midnight that is already settled. */
export function openFindings(reconciliation: Reconciliation): readonly Finding[] {
  return reconciliation.findings.filter((finding) => finding.action !== "none");
}

/** The gateway accepted it, as far as the till knows. */
function isRefundedHere(refund: LocalRefund): boolean {
  return refund.state === "succeeded" || refund.state === "processing" || refund.state === "abnormal";
}

/** A merchant's day may be larger than any one amount a till handles. */
function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
